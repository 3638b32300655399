"""Description -> model. A description is what docs/protocol-script.md states, nested, with raw values."""
from . import parts
from .names import adopt_name

MIXER_PROPS = set(parts.MIXER) | set(parts.MAIN) | {'crossfade_assign', 'panning_mode', 'volume_text',
                                                    'cue_volume_text'}
# Said by the place or kind of an object, so not kept as a value.
DERIVED = {'is_foldable', 'has_midi_input', 'has_audio_input', 'has_audio_output', 'group_track', 'value_text',
           'is_midi_clip', 'scene', 'volume_text', 'parameter_count', 'can_have_chains', 'can_have_drum_pads',
           'is_active', 'on', 'notes_changes'}


def build(world, description):
    """Makes world.song; all uids of the description are kept."""
    world.forget()
    world.next_uid = _highest(description) + 1
    song = world.make('Song', 'song', '', description['uid'], _values(description))
    world.song = song
    lists = description.get('lists', {})
    world.adopt(song, 'view', world.make('Song.View'))
    world.adopt(song, 'groove_pool', world.make('GroovePool')).kids['grooves'] = []
    for name in ('tracks', 'return_tracks', 'scenes', 'cue_points'):
        song.kids[name] = []
    world.adopt_list(song, 'scenes', [_scene(world, n) for n in lists.get('scenes', ())])
    world.adopt_list(song, 'cue_points', [_locator(world, n) for n in lists.get('locators', ())])
    world.adopt_list(song, 'return_tracks', [_track(world, n, 'return') for n in lists.get('returns', ())])
    main = (lists.get('main') or [{'uid': None, 'props': {'name': 'Main'}, 'lists': {}}])[0]
    world.adopt(song, 'master_track', _track(world, main, 'main'))
    world.adopt_list(song, 'tracks', [_track(world, n, None) for n in lists.get('tracks', ())])
    song.kids['master_track'].v['_typed'] = not song.kids['master_track'].v.pop('_auto_name')
    _finish(world, song)
    return song


def _finish(world, song):
    for name in ('tracks', 'return_tracks'):
        for track in song.kids[name]:
            adopt_name(track, track.v.pop('_auto_name'))
    for track in song.kids['tracks'] + song.kids['return_tracks']:
        _fill_sends(world, track.kids['mixer_device'], len(song.kids['return_tracks']))
    tempo = song.kids['master_track'].kids['mixer_device'].kids['song_tempo']
    tempo.v['value'] = float(song.v.setdefault('tempo', 120.0))
    first = (song.kids['tracks'] or [song.kids['master_track']])[0]
    song.kids['view'].v['selected_track'] = first.uid
    if song.kids['scenes']:
        song.kids['view'].v['selected_scene'] = song.kids['scenes'][0].uid


def _highest(node):
    """The highest uid anywhere in a description."""
    best, stack = 0, [node]
    while stack:
        one = stack.pop()
        best = max(best, one['uid'] or 0)
        for held in one.get('lists', {}).values():
            stack.extend(held)
    return best


def _values(node):
    return {k: v for k, v in node.get('props', {}).items() if k not in DERIVED}


def role_of(props):
    if props.get('is_foldable'):
        return 'group'
    return 'midi' if props.get('has_midi_input') else 'audio'


def _track(world, node, role):
    props = node.get('props', {})
    role = role or role_of(props)
    values = {k: v for k, v in _values(node).items() if k not in MIXER_PROPS}
    values['group'] = props.get('group', node.get('group'))
    values['_auto_name'] = bool(node.get('auto_name'))
    track = world.make('Track', 'track', role, node['uid'], values)
    mixer = parts.make_track_parts(world, track, props)
    lists = node.get('lists', {})
    world.adopt_list(mixer, 'sends', _sends(world, lists))
    world.adopt_list(track, 'devices', [device(world, n) for n in lists.get('devices', ())])
    world.adopt_list(track, 'arrangement_clips', [clip(world, n, role) for n in lists.get('arrangement', ())])
    world.adopt_list(track, 'take_lanes', [_lane(world, n, role) for n in lists.get('takeLanes', ())])
    _slots(world, track, lists)
    return track


def _sends(world, lists):
    return [parts.make_send(world, i, n['uid'], _values(n)) for i, n in enumerate(lists.get('sends', ()))]


def _fill_sends(world, mixer, count):
    """As many sends as returns, whatever the description says."""
    sends = mixer.kids['sends']
    sends += [parts.make_send(world, i) for i in range(len(sends), count)]
    world.adopt_list(mixer, 'sends', sends[:count])


def _slots(world, track, lists):
    for node in lists.get('slots', ()):
        scene = world.by_uid[node['props']['scene']]
        slot = world.slot(track, scene)
        world.name_slot(slot, node['uid'])
        slot.v['has_stop_button'] = node['props'].get('has_stop_button', True)
    for node in lists.get('clips', ()):
        scene = world.by_uid[node['props']['scene']]
        world.adopt(world.slot(track, scene), 'clip', clip(world, node, track.role))


def clip(world, node, role):
    props = node.get('props', {})
    midi = props.get('is_midi_clip', role == 'midi')
    return parts.make_clip(world, node['uid'], _values(node), midi)


def _lane(world, node, role):
    lane = world.make('TakeLane', 'takeLane', '', node['uid'], _values(node)) \
        if 'TakeLane' in world.surface.classes else world.make('LomObject', 'takeLane', '', node['uid'], _values(node))
    clips = [clip(world, n, role) for n in node.get('lists', {}).get('clips', ())]
    world.adopt_list(lane, 'arrangement_clips', clips)
    return lane


def device(world, node):
    """A device with its parameters and chains, to any depth."""
    props = node.get('props', {})
    made = parts.make_device(world, node['uid'], _values(node))
    made.v['_typed'] = not node.get('auto_name')
    lists = node.get('lists', {})
    parameters = [world.make('DeviceParameter', 'parameter', '', n['uid'], _values(n))
                  for n in lists.get('parameters', ())]
    if not parameters:
        on = parts.parameter_values('Device On', 0.0, 1.0, 1.0 if props.get('on', True) else 0.0, True)
        parameters = [world.make('DeviceParameter', 'parameter', '', None, on)]
    world.adopt_list(made, 'parameters', parameters)
    if made.role:
        returns = [chain(world, n, 'Chain') for n in lists.get('returnChains', ())]
        world.adopt_list(made, 'return_chains', returns)
        lom = 'DrumChain' if made.role == 'drum' else 'Chain'
        world.adopt_list(made, 'chains', [chain(world, n, lom) for n in lists.get('chains', ())])
        for one in made.kids['chains']:
            _fill_sends(world, one.kids['mixer_device'], len(returns))
    return made


def chain(world, node, lom):
    props = node.get('props', {})
    values = {k: v for k, v in _values(node).items() if k not in ('volume', 'panning', 'chain_activator')}
    values['_typed'] = not node.get('auto_name')
    made = world.make(lom, 'chain', '', node['uid'], values)
    parts.make_chain_parts(world, made, props)
    lists = node.get('lists', {})
    world.adopt_list(made.kids['mixer_device'], 'sends', _sends(world, lists))
    world.adopt_list(made, 'devices', [device(world, n) for n in lists.get('devices', ())])
    return made


def _scene(world, node):
    return world.make('Scene', 'scene', '', node['uid'], _values(node))


def _locator(world, node):
    return world.make('CuePoint', 'locator', '', node['uid'], _values(node))
