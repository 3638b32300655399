"""Descriptions of Sets of a given size, for the simulator."""
import itertools


def make_set(tracks=4, scenes=3, clip_share=0.3, devices=2, parameters=8, returns=2):
    """Tracks with devices (every third with a rack), session clips in a share of the slots, returns, a main track."""
    uid = itertools.count(1)

    def node(kind, props, **lists):
        return {'uid': next(uid), 'kind': kind, 'props': props, 'lists': lists}

    def parameter(index):
        quantised = index == 0
        return node('parameter', {
            'name': 'Device On' if quantised else 'Knob %d' % index, 'value': 1.0 if quantised else 0.5, 'min': 0.0,
            'max': 1.0, 'is_quantized': quantised, 'value_items': ['Off', 'On'] if quantised else [],
            'is_enabled': True, 'state': 0, 'automation_state': 0,
        })

    def plain_device(index):
        props = {'name': 'EQ %d' % index, 'class_name': 'Eq8', 'class_display_name': 'EQ Eight', 'type': 2}
        return node('device', props,
                    parameters=[parameter(each) for each in range(parameters)])

    def rack(index):
        chains = [
            node('chain', {'name': 'Chain %d' % each, 'color_index': each, 'volume': 0.85, 'panning': 0.0},
                 devices=[plain_device(each)], sends=[])
            for each in range(2)
        ]
        return node('device', {'name': 'Rack %d' % index, 'class_name': 'AudioEffectGroupDevice',
                               'class_display_name': 'Audio Effect Rack', 'type': 2},
                    parameters=[parameter(each) for each in range(parameters)], chains=chains, returnChains=[])

    def sends():
        return [node('send', {'value': 0.0}) for _ in range(returns)]

    rows = [node('scene', {'name': 'Scene %d' % index, 'color_index': None}) for index in range(scenes)]
    made = []
    step = max(1, int(1 / clip_share)) if clip_share else 0
    for index in range(tracks):
        midi = index % 2 == 0
        clips = []
        for row in range(scenes):
            if step and (index * 7 + row) % step == 0:
                props = {'name': 'Clip %d.%d' % (index, row), 'color_index': 3, 'is_midi_clip': midi, 'looping': True,
                         'loop_start': 0.0, 'loop_end': 4.0, 'start_marker': 0.0, 'end_marker': 4.0,
                         'scene': rows[row]['uid']}
                props.update({'notes': []} if midi else {'warping': True, 'file_path': '/samples/%d.wav' % row})
                clips.append(node('clip', props))
        chain = [rack(each) if (index + each) % 3 == 0 else plain_device(each) for each in range(devices)]
        made.append(node(
            'track',
            {'name': 'Track %d' % index, 'color_index': index % 70, 'has_midi_input': midi, 'has_audio_input': not midi,
             'is_foldable': False, 'mute': False, 'solo': False, 'arm': False, 'volume': 0.85, 'panning': 0.0,
             'group': None},
            devices=chain, clips=clips, slots=[], arrangement=[], takeLanes=[], sends=sends(),
        ))
    back = [node('track', {'name': 'Return %d' % each, 'color_index': 13, 'volume': 0.85}, devices=[plain_device(0)],
                 sends=sends()) for each in range(returns)]
    main = [node('track', {'name': 'Main', 'color_index': 12}, devices=[plain_device(0)])]
    return node('song', {'tempo': 120.0, 'signature_numerator': 4, 'signature_denominator': 4}, tracks=made,
                returns=back, main=main, scenes=rows, locators=[node('locator', {'name': 'Start', 'time': 0.0})])
