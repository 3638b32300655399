"""Model -> description: a walk of its own over the objects, without wrappers and without the script."""
from ..api import read_clip, read_device, read_session, read_track
from ..api.read_color import color_reader
from .motion import value_now
from .texts import send_text, text_for, volume_text

SONG = ('tempo signature_numerator signature_denominator root_note scale_name scale_mode loop loop_start loop_length '
        'punch_in punch_out metronome clip_trigger_quantization midi_recording_quantization').split()
SONG_EMPTY = {'tempo': 120.0, 'signature_numerator': 4, 'signature_denominator': 4, 'root_note': 0,
              'scale_name': 'Major', 'scale_mode': False, 'loop': False, 'loop_start': 0.0, 'loop_length': 4.0,
              'punch_in': False, 'punch_out': False, 'metronome': False, 'clip_trigger_quantization': 4,
              'midi_recording_quantization': 0}
CLIP = ('name muted looping loop_start loop_end start_marker end_marker launch_mode launch_quantization legato '
        'velocity_amount signature_numerator signature_denominator').split()
CLIP_EMPTY = {'name': '', 'muted': False, 'looping': False, 'loop_start': 0.0, 'loop_end': 4.0, 'start_marker': 0.0,
              'end_marker': 4.0, 'launch_mode': 0, 'launch_quantization': 0, 'legato': False, 'velocity_amount': 0.0,
              'signature_numerator': 4, 'signature_denominator': 4}
AUDIO = {'warping': False, 'warp_mode': 0, 'pitch_coarse': 0, 'pitch_fine': 0.0, 'gain': 0.4, 'file_path': ''}
# Playing and selecting: no part of the Set.
EPHEMERAL = {'appointed_device', 'is_playing', 'record_mode', 'is_triggered', 'is_recording', 'playing_position'}
ROUTES = ('input_routing_type', 'input_routing_channel', 'output_routing_type', 'output_routing_channel')


def _node(obj, props, lists):
    node = {'uid': obj.uid, 'kind': obj.kind, 'props': props, 'lists': lists}
    if obj.made_from is not None or obj.v.get('_made'):
        node['made_from'] = obj.made_from
    if obj.kind in ('track', 'device', 'chain'):
        node['auto_name'] = not obj.v.get('_typed', True)
    return node


def _moved(node, parameters):
    """Says which of the properties automation or a macro moves now: a Live that is asked twice answers differently."""
    moved = [name for name, each in parameters.items()
             if each is not None and (each.v.get('automation_state') == 1 or not each.v.get('is_enabled', True))]
    if moved:
        node['moved'] = moved
    return node


def _own(obj, *leave):
    """What the object holds that Live's API does not show but a Set keeps, as it was given."""
    return {k: v for k, v in obj.v.items() if not k.startswith('_') and k not in leave and k not in EPHEMERAL}


def truth(world):
    """The whole Set as a description (live-simulator/README.md, "The description")."""
    song = world.song
    props = _own(song)
    props.update({name: song.v.get(name, SONG_EMPTY[name]) for name in SONG})
    lists = {
        'tracks': [_track(world, t) for t in song.kids['tracks']],
        'returns': [_track(world, t) for t in song.kids['return_tracks']],
        'main': [_track(world, song.kids['master_track'])],
        'scenes': [_scene(s) for s in song.kids['scenes']],
        'locators': [_node(c, _own(c), {}) for c in song.kids['cue_points']],
    }
    return _node(song, props, lists)


def _color(obj, props):
    props['color_index'] = obj.v.get('color_index')
    props['color'] = color_reader(obj)


def _track(world, track):
    props = _own(track)
    _color(track, props)
    props['name'] = world.names.shown(track)
    props['group'] = track.v.get('group')
    props['is_foldable'] = track.role == 'group'
    props['has_midi_input'] = track.role == 'midi'
    props['has_audio_input'] = read_track.has_audio_input(track)
    props['has_audio_output'] = read_track.has_audio_output(track)
    props['is_frozen'] = bool(track.v.get('is_frozen'))
    if track.role != 'main':
        props.update({name: bool(track.v.get(name)) for name in ('mute', 'solo')})
        props.update({name: read_track.routing_name(track, name) for name in ROUTES[2:]})
    if track.role in ('audio', 'midi'):
        props['arm'] = bool(track.v.get('arm'))
        props['current_monitoring_state'] = track.v.get('current_monitoring_state', 1)
        props.update({name: read_track.routing_name(track, name) for name in ROUTES[:2]})
    if track.role == 'group':
        props['fold_state'] = bool(track.v.get('fold_state'))
    _mixer(track, props)
    names = ('volume', 'panning', 'left_split_stereo', 'right_split_stereo', 'cue_volume', 'crossfader')
    mixer = track.kids['mixer_device'].kids
    return _moved(_node(track, props, _track_lists(world, track)), {name: mixer.get(name) for name in names})


def _mixer(track, props):
    mixer = track.kids['mixer_device']
    for name in ('volume', 'panning', 'left_split_stereo', 'right_split_stereo'):
        props[name] = value_now(mixer.kids[name])
    props['panning_mode'] = mixer.v.get('panning_mode', 0)
    props['volume_text'] = volume_text(props['volume'])
    if track.role == 'main':
        props['cue_volume'] = value_now(mixer.kids['cue_volume'])
        props['crossfader'] = value_now(mixer.kids['crossfader'])
        props['cue_volume_text'] = volume_text(props['cue_volume'])
    else:
        props['crossfade_assign'] = mixer.v.get('crossfade_assign', 1)


def _track_lists(world, track):
    clips, slots = [], []
    for scene in world.song.kids['scenes']:
        slot = track.kids['slots'].get(scene.uid)
        if slot is None:
            continue
        if slot.kids.get('clip') is not None:
            clips.append(_clip(slot.kids['clip'], scene.uid))
        if not slot.v.get('has_stop_button', True):
            slots.append({'uid': slot.uid, 'kind': 'slot', 'lists': {},
                          'props': {'scene': scene.uid, 'has_stop_button': False}})
    return {
        'devices': [_device(d) for d in track.kids['devices']],
        'clips': clips,
        'slots': slots,
        'arrangement': [_clip(c, None) for c in track.kids['arrangement_clips']],
        'takeLanes': [_node(l, _own(l), {'clips': [_clip(c, None) for c in l.kids['arrangement_clips']]})
                      for l in track.kids['take_lanes']],
        'sends': [_send(s) for s in track.kids['mixer_device'].kids['sends']],
    }


def _send(send):
    value = value_now(send)
    props = {'value': value, 'value_text': send_text(value), 'is_enabled': send.v.get('is_enabled', True)}
    return _moved(_node(send, props, {}), {'value': send})


def _clip(clip, scene_uid):
    props = _own(clip, 'position')
    props.update({name: clip.v.get(name, CLIP_EMPTY[name]) for name in CLIP})
    _color(clip, props)
    props['is_midi_clip'] = clip.role == 'midi'
    if clip.role == 'audio':
        props.update({name: clip.v.get(name, value) for name, value in AUDIO.items()})
    if scene_uid is not None:
        props['scene'] = scene_uid
    else:
        props['start_time'] = read_clip.start_time(clip)
        props['end_time'] = read_clip.end_time(clip)
    return _node(clip, props, {})


def _device(device):
    props = _own(device)
    props['class_display_name'] = read_device.class_display_name(device)
    props['type'] = device.v.get('type', 0)
    props['on'] = read_device.is_on(device)
    props['is_active'] = read_device.is_active(device)
    props['can_have_chains'] = bool(device.role)
    props['can_have_drum_pads'] = device.role == 'drum'
    props['parameter_count'] = len(device.kids['parameters'])
    lists = {'parameters': [_parameter(p) for p in device.kids['parameters']]}
    if device.role:
        props['visible_macro_count'] = device.v.get('visible_macro_count', 8)
        lists['chains'] = [_chain(c) for c in device.kids['chains']]
        lists['returnChains'] = [_chain(c) for c in device.kids['return_chains']]
    switch = device.kids['parameters'][0] if len(device.kids['parameters']) else None
    return _moved(_node(device, props, lists), {'on': switch})


def _parameter(parameter):
    props = _own(parameter, 'default_value')
    props['value'] = value_now(parameter)
    props['original_name'] = read_device.original_name(parameter)
    props['text'] = text_for(parameter, props['value'])
    return _moved(_node(parameter, props, {}), {'value': parameter})


def _chain(chain):
    props = _own(chain)
    _color(chain, props)
    mixer = chain.kids['mixer_device']
    props.update({name: bool(chain.v.get(name)) for name in ('mute', 'solo')})
    props['volume'] = value_now(mixer.kids['volume'])
    props['panning'] = value_now(mixer.kids['panning'])
    props['volume_text'] = volume_text(props['volume'])
    if chain.lom == 'DrumChain':
        props['in_note'] = read_device.in_note(chain)
        props['out_note'] = read_device.out_note(chain)
        props['choke_group'] = chain.v.get('choke_group', 0)
    lists = {'devices': [_device(d) for d in chain.kids['devices']], 'sends': [_send(s) for s in mixer.kids['sends']]}
    return _moved(_node(chain, props, lists), {name: mixer.kids[name] for name in ('volume', 'panning')})


def _scene(scene):
    props = _own(scene)
    _color(scene, props)
    props['tempo_enabled'] = bool(scene.v.get('tempo_enabled'))
    props['time_signature_enabled'] = bool(scene.v.get('time_signature_enabled'))
    props['tempo'] = read_session.scene_tempo(scene)
    props['time_signature_numerator'] = read_session.scene_numerator(scene)
    props['time_signature_denominator'] = read_session.scene_denominator(scene)
    return _node(scene, props, {})
