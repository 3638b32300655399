"""A small Set for when no file is given: a description made by hand."""
import itertools


def small(tracks=4, scenes=3):
    """A few tracks with devices and clips, a return, a main track, scenes, a locator."""
    uid = itertools.count(1)

    def node(kind, props, **lists):
        return {'uid': next(uid), 'kind': kind, 'props': props, 'lists': lists}

    def parameter(name, value, low=0.0, high=1.0, items=()):
        return node('parameter', {'name': name, 'original_name': name, 'value': float(value), 'min': low, 'max': high,
                                  'is_quantized': bool(items), 'value_items': list(items), 'is_enabled': True,
                                  'state': 0, 'automation_state': 0})

    def device(name, class_name, kind):
        return node('device', {'name': name, 'class_name': class_name, 'class_display_name': name, 'type': kind},
                    parameters=[parameter('Device On', 1, items=('Off', 'On')), parameter('Dry/Wet', 0.5),
                                parameter('Freq', 440.0, 20.0, 20000.0)])

    rows = [node('scene', {'name': '', 'color_index': None}) for _ in range(scenes)]
    made = []
    for index in range(tracks):
        midi = index % 2 == 0
        notes = [{'note_id': n + 1, 'pitch': 60 + n, 'start_time': float(n), 'duration': 0.5, 'velocity': 100.0,
                  'mute': False, 'probability': 1.0, 'velocity_deviation': 0.0, 'release_velocity': 64.0}
                 for n in range(4)] if midi else None
        clip = {'name': 'Clip %d' % index, 'color_index': index, 'is_midi_clip': midi, 'looping': True,
                'loop_start': 0.0, 'loop_end': 4.0, 'start_marker': 0.0, 'end_marker': 4.0,
                'scene': rows[index % scenes]['uid']}
        if midi:
            clip['notes'] = notes
        else:
            clip.update({'warping': True, 'file_path': '/samples/%d.wav' % index})
        devices = [device('Operator', 'Operator', 1)] if midi else [device('EQ Eight', 'Eq8', 2)]
        made.append(node('track', {'name': '%s %d' % ('Keys' if midi else 'Vox', index), 'color_index': index,
                                   'has_midi_input': midi, 'has_audio_input': not midi, 'is_foldable': False,
                                   'mute': False, 'solo': False, 'arm': False, 'volume': 0.85, 'panning': 0.0,
                                   'group': None},
                         devices=devices, clips=[node('clip', clip)], slots=[], arrangement=[], takeLanes=[],
                         sends=[node('send', {'value': 0.0})]))
    returns = [node('track', {'name': 'A-Reverb', 'color_index': 13, 'volume': 0.85},
                    devices=[device('Reverb', 'Reverb', 2), device('Glue', 'PluginDevice', 2)],
                    sends=[node('send', {'value': 0.0})])]
    main = [node('track', {'name': 'Main', 'color_index': 12}, devices=[])]
    return node('song', {'tempo': 120.0, 'signature_numerator': 4, 'signature_denominator': 4}, tracks=made,
                returns=returns, main=main, scenes=rows, locators=[node('locator', {'name': 'Start', 'time': 0.0})])
