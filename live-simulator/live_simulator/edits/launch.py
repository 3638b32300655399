"""Launching, stopping, recording. What is launched plays a little later, as the quantisation has it."""
from ..model import notes
from .clips import new_clip, some_slot
from .pick import CannotPick
from .registry import edit

LAUNCH_SECONDS = 0.15


def _tell_slot(world, track, scene_uid):
    """The slot and its clip tell that they fire, play or stop."""
    slot = track.kids['slots'].get(scene_uid)
    if slot is None:
        return
    world.tell(slot, 'is_triggered')
    clip = slot.kids.get('clip')
    if clip is not None:
        world.tell(clip, 'playing_status')
    for group in _groups(world, track):
        other = group.kids['slots'].get(scene_uid)
        if other is not None:
            world.tell(other, 'playing_status')
            world.tell(other, 'is_triggered')


def _groups(world, track):
    from ..model.effects import groups_over
    return groups_over(world, track)


def _state(world, track, key, value):
    was = track.v.get(key, -1)
    world.set(track, key, value, undo=False)
    for uid in (was, value):
        if uid >= 0:
            _tell_slot(world, track, uid)


def fire_clip(world, slot, delay=LAUNCH_SECONDS):
    """The slot blinks now and plays after a moment; an empty one on an armed track records."""
    track, scene_uid = slot.parent, slot.v['_scene']
    with world.gesture('launch', undo=False):
        world.transport.start()
        _state(world, track, '_fired', scene_uid if slot.kids.get('clip') or track.v.get('arm') else -2)
    world.later(delay, lambda: _now(world, track, scene_uid))


def _now(world, track, scene_uid):
    if not track.alive or scene_uid not in world.by_uid:
        return
    with world.gesture('play', undo=False):
        slot = world.slot(track, world.by_uid[scene_uid])
        if slot.kids.get('clip') is None and track.v.get('arm'):
            _begin_recording(world, track, slot)
        _end_recording(world, track, slot)
        _state(world, track, '_fired', -1)
        _state(world, track, '_playing', scene_uid if slot.kids.get('clip') is not None else -1)


def _begin_recording(world, track, slot):
    from .pick import Picker
    clip = new_clip(world, Picker(world, {}), track.role == 'midi', 4.0)
    clip.v['is_recording'] = True
    if track.role == 'midi':
        clip.v['notes'] = []
    world.set_kids(slot, 'clip', clip, undo=False)
    world.journal.push('record', [('kid', slot, 'clip', None, clip)])
    world.later(1.0, lambda: _record_more(world, clip, 3))


def _record_more(world, clip, rounds):
    """Notes come in while it records; then it stops by itself."""
    clip = world.current(clip)
    if clip is None or not clip.v.get('is_recording'):
        return
    with world.gesture('recording', undo=False):
        if clip.role == 'midi':
            notes.add(clip, [{'pitch': 60, 'start_time': 3.0 - rounds, 'duration': 0.5}])
        if rounds <= 0:
            _stop_recording(world, clip)
    if rounds > 0:
        world.later(0.3, lambda: _record_more(world, clip, rounds - 1))


def _stop_recording(world, clip):
    """The length just after recording is off, and right a moment later (docs/live-api.md, 4.4)."""
    world.set(clip, 'is_recording', False, undo=False)
    world.set(clip, 'loop_end', 3.97, undo=False)

    def right():
        if clip.alive:
            with world.gesture('recorded', undo=False):
                world.set(clip, 'loop_end', 4.0, undo=False)
                world.set(clip, 'end_marker', 4.0, undo=False)

    world.defer(2, right)


def _end_recording(world, track, but):
    for slot in list(track.kids['slots'].values()):
        clip = slot.kids.get('clip')
        if slot is not but and clip is not None and clip.v.get('is_recording'):
            _stop_recording(world, clip)


def stop_track(world, track):
    """Stops what plays on a track, after a moment."""
    with world.gesture('stop', undo=False):
        if track.v.get('_playing', -1) >= 0:
            _state(world, track, '_fired', -2)

    def now():
        if track.alive:
            with world.gesture('stopped', undo=False):
                _end_recording(world, track, None)
                _state(world, track, '_fired', -1)
                _state(world, track, '_playing', -1)

    world.later(LAUNCH_SECONDS, now)


@edit
def launch_slot(world, pick):
    """track, scene (uids); else any slot, most with a clip"""
    want = pick.chance(0.9)
    track, scene = some_slot(world, pick, lambda clip: (clip is not None) == want)
    fire_clip(world, world.slot(track, scene))
    return track


@edit
def launch_clip(world, pick):
    """clip: a session clip"""
    clip = pick.object('clip', 'clip', lambda c: c.where == 'clip')
    fire_clip(world, clip.parent)
    return clip


@edit
def stop_clips_of_track(world, pick):
    """track"""
    track = pick.track(lambda t: t.role in ('audio', 'midi'))
    stop_track(world, track)
    return track


@edit
def launch_scene(world, pick):
    """scene: all its clips; tracks without one stop; its tempo holds"""
    scene = pick.object('scene', 'scene')
    with world.gesture('launch scene', undo=False):
        world.set(scene, 'is_triggered', True, undo=False)
        if scene.v.get('tempo_enabled'):
            world.set(world.song, 'tempo', float(scene.v.get('tempo') or 120.0), undo=False)
    for track in world.song.kids['tracks']:
        slot = track.kids['slots'].get(scene.uid)
        if slot is not None and slot.kids.get('clip') is not None:
            fire_clip(world, slot)
        elif track.v.get('_playing', -1) >= 0:
            stop_track(world, track)

    def over():
        if scene.alive:
            with world.gesture('scene launched', undo=False):
                world.set(scene, 'is_triggered', False, undo=False)

    world.later(LAUNCH_SECONDS, over)
    return scene


@edit
def stop_all_clips(world, pick):
    """Stops everything that plays."""
    for track in world.song.kids['tracks']:
        if track.v.get('_playing', -1) >= 0:
            stop_track(world, track)
    return None


@edit
def record_clip(world, pick):
    """track, scene: arms the track and launches an empty slot"""
    track, scene = some_slot(world, pick, lambda clip: clip is None)
    if world.clip_at(track, scene) is not None:
        raise CannotPick('the slot holds a clip')
    with world.gesture('arm', undo=False):
        world.set(track, 'arm', True, undo=False)
    fire_clip(world, world.slot(track, scene))
    return track
