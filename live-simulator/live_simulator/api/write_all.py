"""Writers that do more than store a value."""
from ..model import names
from .writers import writes


@writes('Track.name')
def write_name(track, value):
    with track.world.gesture('rename'):
        names.rename(track.world, track, value)


def lagging(ticks):
    """A write that is readable only after so many ticks (docs/live-api.md, 4.4)."""
    def register(name):
        def write(song, value):
            song.world.defer(ticks, lambda: _apply(song, name, value))
        return write
    return register


def _apply(song, name, value):
    world = song.world
    if not song.alive:
        return
    with world.gesture('set ' + name, undo=False):
        if name == 'is_playing':
            (world.transport.start if value else world.transport.stop)()
        elif name == 'current_song_time':
            world.transport.jump(value)
        else:
            world.set(song, name, value)


for _name in ('current_song_time', 'loop', 'loop_start', 'loop_length', 'punch_in', 'punch_out', 'is_playing'):
    writes('Song.' + _name)(lagging(1)(_name))
writes('Song.record_mode')(lagging(3)('record_mode'))


@writes('Song.tempo')
def write_tempo(song, value):
    if not 20.0 <= value <= 999.0:
        raise RuntimeError('Invalid tempo')
    with song.world.gesture('tempo'):
        song.world.set(song, 'tempo', value)


@writes('DeviceParameter.value', 'DeviceParameter.display_value')
def write_value(parameter, value):
    v = parameter.v
    if not v.get('min', 0.0) <= value <= v.get('max', 1.0):
        raise RuntimeError('Invalid value. Check the parameters range with min/max')
    with parameter.world.gesture('parameter'):
        if v.get('automation_state') == 1:
            parameter.world.set(parameter, 'automation_state', 2)
        parameter.world.set(parameter, 'value', float(value))


def _reference(cls, name, select=None):
    @writes('%s.%s' % (cls, name))
    def write(obj, target):
        with obj.world.gesture('select', undo=False):
            obj.world.set(obj, name, None if target is None else target.uid, undo=False)


for _name in ('selected_track', 'selected_scene', 'selected_chain', 'detail_clip'):
    _reference('Song.View', _name)
_reference('Song', 'appointed_device')
_reference('RackDevice.View', 'selected_chain')
_reference('RackDevice.View', 'selected_drum_pad')
_reference('Clip', 'groove')


@writes('Song.View.highlighted_clip_slot')
def write_slot(view, slot):
    if slot is not None:
        with view.world.gesture('select', undo=False):
            view.world.selection.track(slot.parent)
            view.world.selection.scene(view.world.by_uid.get(slot.v['_scene']))


def enable_tempo(scene, name, value):
    """Writing a tempo or signature of a scene also enables it, its partner set to 4 (docs/live-api.md, 4.4)."""
    world = scene.world
    switch = 'tempo_enabled' if name == 'tempo' else 'time_signature_enabled'
    other = {'time_signature_numerator': 'time_signature_denominator',
             'time_signature_denominator': 'time_signature_numerator'}.get(name)
    if other and not scene.v.get(switch):
        world.set(scene, other, 4)
    world.set(scene, name, value)
    world.set(scene, switch, True)


for _name in ('tempo', 'time_signature_numerator', 'time_signature_denominator'):
    def _write(scene, value, name=_name):
        with scene.world.gesture('scene ' + name):
            enable_tempo(scene, name, value)
    writes('Scene.' + _name)(_write)


def _routing(member):
    @writes('Track.' + member)
    def write(track, route):
        with track.world.gesture('routing'):
            track.world.set(track, member, route.display_name)


for _name in ('input_routing_type', 'input_routing_channel', 'output_routing_type', 'output_routing_channel'):
    _routing(_name)


@writes('Track.arm')
def write_arm(track, value):
    with track.world.gesture('arm', undo=False):
        track.world.set(track, 'arm', value, undo=False)


@writes('Clip.is_playing')
def write_clip_playing(clip, value):
    from ..edits.launch import fire_clip, stop_track
    if clip.where == 'clip':
        fire_clip(clip.world, clip.parent) if value else stop_track(clip.world, clip.parent.parent)


@writes('Clip.position')
def write_position(clip, value):
    length = clip.v.get('loop_end', 4.0) - clip.v.get('loop_start', 0.0)
    with clip.world.gesture('loop'):
        clip.world.set(clip, 'loop_end', value + length)
        clip.world.set(clip, 'loop_start', value)
