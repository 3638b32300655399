"""What one change brings about elsewhere: other listeners that fire, values that follow (docs/live-api.md, 4.4)."""
from .names import automatic_base
from .session import is_plain_slot  # noqa: F401

# A change of one value tells listeners of others on the same object.
ALSO = {
    ('Clip', 'loop_start'): ('position',),
    ('Clip', '_envelopes'): ('has_envelopes',),
    ('Scene', 'tempo_enabled'): ('tempo',),
    ('Scene', 'time_signature_enabled'): ('time_signature_numerator', 'time_signature_denominator'),
    ('Song', 'scale_name'): ('scale_intervals', 'scale_information'),
    ('Song', 'root_note'): ('scale_information',),
    ('Song', 'scale_mode'): ('scale_information',),
    ('Track', '_auto'): ('name',),
    ('DeviceParameter', 'value'): ('display_value',),
    ('Track', '_playing'): ('playing_slot_index',),
    ('Track', '_fired'): ('fired_slot_index',),
}
HOOKS = {}


def hook(lom, name):
    def register(function):
        HOOKS[(lom, name)] = function
        return function
    return register


def after_set(world, obj, name, old, value):
    lom = _family(obj.lom)
    for other in ALSO.get((lom, name), ()):
        world.tell(obj, other)
    if name == 'color_index':
        world.tell(obj, 'color')
    follow = HOOKS.get((lom, name))
    if follow is not None:
        follow(world, obj, old, value)


def _family(lom):
    if lom.endswith('Device') and lom not in ('MixerDevice', 'ChainMixerDevice'):
        return 'Device'
    return 'Chain' if lom == 'DrumChain' else lom


@hook('Track', 'mute')
@hook('Chain', 'mute')
def _mute(world, owner, old, value):
    mixer = owner.kids['mixer_device']
    name = 'chain_activator' if mixer.lom == 'ChainMixerDevice' else 'track_activator'
    world.set(mixer.kids[name], 'value', 0.0 if value else 1.0, undo=False)


@hook('Track', 'solo')
def _solo(world, track, old, value):
    """Soloing fires muted_via_solo on all others."""
    world.soloed = None
    for other in world.song.kids['tracks'] + world.song.kids['return_tracks']:
        world.tell(other, 'muted_via_solo')


@hook('Chain', 'solo')
def _chain_solo(world, chain, old, value):
    for other in chain.parent.kids.get('chains', ()):
        world.tell(other, 'muted_via_solo')


@hook('Track', 'fold_state')
@hook('Track', 'group')
def _visible(world, track, old, value):
    world.tell(world.song, 'visible_tracks')


@hook('Chain', 'in_note')
def _in_note(world, chain, old, value):
    """A chain that changes its note changes the pads of both."""
    rack = chain.parent
    for note in {old, value}:
        if rack is not None and 'drum_pads' in rack.kids and note is not None and 0 <= note < 128:
            world.tell(rack.kids['drum_pads'][note], 'chains')
            world.tell(rack.kids['drum_pads'][note], 'name')


@hook('DeviceParameter', 'value')
def _value(world, parameter, old, value):
    owner = parameter.parent
    if value is None or owner is None:
        return
    if parameter.where == 'parameters':
        _device_parameter(world, owner, parameter, old, value)
    elif parameter.where in ('track_activator', 'chain_activator'):
        world.set(owner.parent, 'mute', value < 0.5, undo=False)
    elif parameter.where == 'song_tempo':
        world.set(world.song, 'tempo', value, undo=False)


def _device_parameter(world, device, parameter, old, value):
    if device.kids['parameters'][0] is parameter and (old is None or (old >= 0.5) != (value >= 0.5)):
        tell_active(world, device)
    targets = parameter.v.get('_targets')
    if targets and not world.replaying:
        share = _share(parameter, value)
        for uid in targets:
            target = world.by_uid.get(uid)
            if target is not None:
                low, high = target.v.get('min', 0.0), target.v.get('max', 1.0)
                world.set(target, 'value', low + (high - low) * share)


def _share(parameter, value):
    low, high = parameter.v.get('min', 0.0), parameter.v.get('max', 127.0)
    return (value - low) / (high - low) if high > low else 0.0


def tell_active(world, device):
    """is_active of a device and of all inside it."""
    world.tell(device, 'is_active')
    for name in ('chains', 'return_chains'):
        for chain in device.kids.get(name) or ():
            for inner in chain.kids.get('devices', ()):
                tell_active(world, inner)


@hook('Song', 'tempo')
def _tempo(world, song, old, value):
    world.transport.rebase(old or 120.0)
    world.set(song.kids['master_track'].kids['mixer_device'].kids['song_tempo'], 'value', value, undo=False)


@hook('Scene', '_fired')
def _fired(world, scene, old, value):
    world.set(scene, 'is_triggered', value, undo=False)


# --- lists -------------------------------------------------------------------------------------

def event_of(obj, name):
    """The listener family of an owned object or list."""
    return 'has_clip' if obj.lom == 'ClipSlot' and name == 'clip' else name


def after_kids(world, obj, name, old, new):
    follow = LISTS.get((_family(obj.lom), name))
    if follow is not None:
        follow(world, obj, old, new)


def _tracks(world, song, old, new):
    """Automatic names carry the number; the view shows other tracks."""
    world.soloed = None
    was = {track.uid: index for index, track in enumerate(old)}
    world.names.forget()
    world.tell(song, 'visible_tracks')
    for index, track in enumerate(new):
        if track.v.get('_auto') and was.get(track.uid) != index:
            world.tell(track, 'name')


def _returns(world, song, old, new):
    world.soloed = None
    world.names.forget()
    for index, track in enumerate(new):
        if index >= len(old) or old[index].uid != track.uid:
            world.tell(track, 'name')


def _scenes(world, song, old, new):
    """A row more, less or elsewhere is another list of slots on every track."""
    world.rows = None
    for track in song.kids['tracks']:
        world.tell(track, 'clip_slots')
        for key, event in (('_playing', 'playing_slot_index'), ('_fired', 'fired_slot_index')):
            if track.v.get(key, -1) >= 0:
                world.tell(track, event)


def _clip(world, slot, old, new):
    for event in ('controls_other_clips', 'playing_status', 'color', 'color_index'):
        for group in groups_over(world, slot.parent):
            other = group.kids['slots'].get(slot.v['_scene'])
            if other is not None:
                world.tell(other, event)


def groups_over(world, track):
    """The group tracks around a track, from the inside."""
    uid = track.v.get('group')
    while uid is not None:
        group = world.by_uid.get(uid)
        if group is None:
            return
        yield group
        uid = group.v.get('group')


def _chains(world, rack, old, new):
    for chain in set(old) ^ set(new):
        note = chain.v.get('in_note')
        if 'drum_pads' in rack.kids and note is not None and 0 <= note < 128:
            world.tell(rack.kids['drum_pads'][note], 'chains')


def _devices(world, track, old, new):
    """An instrument gives a MIDI track its sound, and its automatic name."""
    if track.role != 'midi':
        return
    had, has = instruments(old), instruments(new)
    if bool(had) != bool(has):
        world.tell(track, 'has_audio_output')
        world.tell(track, 'has_midi_output')
    if track.v.get('_auto') in ['MIDI'] + [device.v.get('name') for device in had]:
        world.set(track, '_auto', automatic_base(track))


def instruments(devices):
    return [device for device in devices if device.v.get('type') == 1]


LISTS = {('Song', 'tracks'): _tracks, ('Track', 'devices'): _devices, ('Song', 'return_tracks'): _returns, ('Song', 'scenes'): _scenes,
         ('ClipSlot', 'clip'): _clip, ('Device', 'chains'): _chains}


def before_kill(world, obj):
    """A scene takes its slots along; those with content come back with it (undo)."""
    if obj.lom == 'Scene':
        for track in world.song.kids['tracks']:
            slot = track.kids['slots'].pop(obj.uid, None)
            if slot is not None:
                if not is_plain_slot(slot) and world.step is not None:
                    world.step.append(('slot', track, obj.uid, slot, None))
                world.kill(slot)
    elif obj.lom == 'Track':
        world.selection.leave_track(obj)


def after_replay(world, obj, name):
    """Undoing a change of warping builds the clip anew (docs/live-api.md, 5)."""
    if obj.lom == 'Clip' and name == 'warping' and obj.where == 'clip':
        slot = obj.parent
        world.kill(obj)
        slot.kids['clip'] = world.revive(obj)
        slot.kids['clip'].parent, slot.kids['clip'].where = slot, 'clip'
        world.tell(slot, 'has_clip')


FLOODS = {('Song', 'current_song_time'), ('Clip', 'playing_position'), ('DeviceParameter', 'value'),
          ('DeviceParameter', 'display_value')}


def on_listen(world, obj, event):
    if (obj.lom, event) in FLOODS or event.endswith(('meter_left', 'meter_right', 'meter_level')):
        world.transport.watched.add((obj, event))
