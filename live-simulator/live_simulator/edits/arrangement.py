"""Edits of clips in the Arrangement and in take lanes."""
from .clips import new_clip
from .copying import copy_object, mark_made
from .pick import CannotPick
from .registry import edit

MOST_CLIPS = 300


def laid(owner, clip, but=()):
    """The clips of an owner with one more; what lies under it goes (Live would trim it)."""
    start, end = clip.v['start_time'], clip.v['end_time']
    away = set(map(id, but)) | {id(clip)}
    rest = [c for c in owner.kids['arrangement_clips']
            if id(c) not in away and (c.v['end_time'] <= start or c.v['start_time'] >= end)]
    return sorted(rest + [clip], key=lambda c: c.v['start_time'])


def arranged(pick, test=None):
    return pick.object('clip', 'clip', lambda c: c.where == 'arrangement_clips' and (test is None or test(c)))


def plain_track(pick):
    return pick.track(lambda t: t.role in ('audio', 'midi') and len(t.kids['arrangement_clips']) < MOST_CLIPS)


@edit
def draw_arrangement_clip(world, pick):
    """track, start, length"""
    track = plain_track(pick)
    start = float(pick.value('start', lambda: 4.0 * pick.random.randrange(64)))
    length = float(pick.value('length', lambda: pick.random.choice([2, 4, 8])))
    with world.gesture('new arrangement clip'):
        clip = new_clip(world, pick, track.role == 'midi', length)
        clip.v.update({'start_time': start, 'end_time': start + length, 'looping': False})
        world.set_kids(track, 'arrangement_clips', laid(track, clip))
    return clip


@edit
def move_arrangement_clip(world, pick):
    """clip, start, track: on another track Live makes a new object"""
    clip = arranged(pick, lambda c: c.parent.lom == 'Track')
    owner, length = clip.parent, clip.v['end_time'] - clip.v['start_time']
    start = float(pick.value('start', lambda: 4.0 * pick.random.randrange(64)))
    target = pick.track(lambda t: t.role == owner.role) if pick.has('track') or pick.chance(0.2) else owner
    with world.gesture('move arrangement clip'):
        moved = clip
        if target is not owner:
            moved = copy_object(world, clip)
            world.set_kids(owner, 'arrangement_clips', [c for c in owner.kids['arrangement_clips'] if c is not clip])
        world.set(moved, 'end_time', start + length)
        world.set(moved, 'start_time', start)
        world.tell(target, 'arrangement_clips')
        world.set_kids(target, 'arrangement_clips', laid(target, moved))
    return moved


@edit
def resize_arrangement_clip(world, pick):
    """clip, length"""
    clip = arranged(pick)
    length = float(pick.value('length', lambda: pick.random.choice([1, 2, 3, 4, 6, 8])))
    with world.gesture('trim clip'):
        world.set(clip, 'end_time', clip.v['start_time'] + length)
        world.set(clip, 'end_marker', clip.v.get('start_marker', 0.0) + length)
        world.set_kids(clip.parent, 'arrangement_clips', laid(clip.parent, clip))
    return clip


@edit
def split_arrangement_clip(world, pick):
    """clip, at: beats after its start; both halves are new"""
    clip = arranged(pick, lambda c: c.v['end_time'] - c.v['start_time'] >= 1.0)
    start, end = clip.v['start_time'], clip.v['end_time']
    at = start + float(pick.value('at', (end - start) / 2))
    owner = clip.parent
    with world.gesture('split clip'):
        left, right = copy_object(world, clip), copy_object(world, clip)
        left.v['end_time'] = right.v['start_time'] = at
        rest = [c for c in owner.kids['arrangement_clips'] if c is not clip]
        clips = sorted(rest + [left, right], key=lambda c: c.v['start_time'])
        world.set_kids(owner, 'arrangement_clips', clips)
    return left


@edit
def session_to_arrangement(world, pick):
    """clip: a session clip, start"""
    clip = pick.object('clip', 'clip', lambda c: c.where == 'clip')
    track = clip.parent.parent
    if len(track.kids['arrangement_clips']) >= MOST_CLIPS:
        raise CannotPick('enough clips')
    start = float(pick.value('start', lambda: 4.0 * pick.random.randrange(64)))
    with world.gesture('copy to arrangement'):
        made = copy_object(world, clip)
        length = max(0.25, made.v.get('loop_end', 4.0) - made.v.get('loop_start', 0.0))
        made.v.update({'start_time': start, 'end_time': start + length})
        world.set_kids(track, 'arrangement_clips', laid(track, made))
    return made


def _has_lanes(world):
    if 'TakeLane' not in world.surface.classes:
        raise CannotPick('this version has no take lanes')


@edit
def add_take_lane(world, pick):
    """track, name"""
    _has_lanes(world)
    track = pick.track(lambda t: t.role in ('audio', 'midi') and len(t.kids['take_lanes']) < 4)
    with world.gesture('take lane'):
        lane = mark_made(world.make('TakeLane', 'takeLane', '', None, {'name': pick.value('name', 'Take')}))
        world.adopt_list(lane, 'arrangement_clips', [])
        world.set_kids(track, 'take_lanes', track.kids['take_lanes'] + [lane])
    return lane


@edit
def record_take(world, pick):
    """lane: a clip is recorded into it"""
    _has_lanes(world)
    lane = pick.object('lane', 'takeLane')
    with world.gesture('record take'):
        clip = new_clip(world, pick, lane.parent.role == 'midi', 4.0)
        start = 4.0 * pick.random.randrange(32)
        clip.v.update({'start_time': start, 'end_time': start + 4.0})
        world.set_kids(lane, 'arrangement_clips', laid(lane, clip))
    return clip


@edit
def rename_take_lane(world, pick):
    """lane, name"""
    _has_lanes(world)
    lane = pick.object('lane', 'takeLane')
    with world.gesture('rename take lane'):
        world.set(lane, 'name', pick.value('name', 'Take %d' % pick.random.randint(1, 99)))
    return lane


@edit
def delete_take_lane(world, pick):
    """lane"""
    _has_lanes(world)
    lane = pick.object('lane', 'takeLane')
    with world.gesture('delete take lane'):
        world.set_kids(lane.parent, 'take_lanes', [one for one in lane.parent.kids['take_lanes'] if one is not lane])
    return lane
