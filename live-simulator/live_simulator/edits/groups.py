"""Edits of groups of tracks."""
from .order import inside, place, without
from .pick import CannotPick
from .registry import edit
from .tracks import MOST_TRACKS, enter_group, insert_tracks, is_group, new_track


@edit
def group_tracks(world, pick):
    """track, count: it and its next siblings come into a new group"""
    first = pick.track()
    flat, group = world.song.kids['tracks'], first.v.get('group')
    siblings = [t for t in flat if t.v.get('group') == group]
    at = siblings.index(first)
    members = siblings[at:at + pick.whole('count', 1, 4)]
    if len(flat) >= MOST_TRACKS or _depth(world, first) > 4:
        raise CannotPick('enough tracks')
    with world.gesture('group tracks'):
        made = new_track(world, pick, 'group', group)
        made.v.update({'_auto': 'Group', 'fold_state': False})
        insert_tracks(world, place(world, first), [made])
        for member in members:
            enter_group(world, member, made.uid)
    return made


def _depth(world, track):
    depth, group = 0, world.by_uid.get(track.v.get('group'))
    while group is not None:
        depth, group = depth + 1, world.by_uid.get(group.v.get('group'))
    return depth


@edit
def ungroup_tracks(world, pick):
    """track: a group; what it held stays"""
    group = pick.track(lambda t: t.where == 'tracks' and is_group(t))
    with world.gesture('ungroup tracks'):
        outer = group.v.get('group')
        held = [t for t in inside(world, group) if t.v.get('group') == group.uid]
        if not held:
            raise CannotPick('an empty group')
        for member in held:
            enter_group(world, member, outer)
        world.set_kids(world.song, 'tracks', without(world.song.kids['tracks'], [group]))
    return None


@edit
def fold_group(world, pick):
    """track: a group, folded: else the other state"""
    group = pick.track(lambda t: t.where == 'tracks' and is_group(t))
    with world.gesture('fold', undo=False):
        world.set(group, 'fold_state', bool(pick.value('folded', not group.v.get('fold_state'))), undo=False)
    return group
