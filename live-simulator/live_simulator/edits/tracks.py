"""Edits of tracks, groups and returns."""
from ..api.read_track import main_name, routing_name
from ..api.write_all import write_arm
from ..model import names, parts
from .copying import copy_object, mark_tree
from .order import block, place, spot, without
from .pick import CannotPick
from .registry import edit
from .words import any_name

MOST_TRACKS = 400


def any_track(track):
    return True


def is_group(track):
    return track.role == 'group'


def can_arm(track):
    return track.role in ('audio', 'midi')


def not_main(track):
    return track.role != 'main'


@edit
def rename_track(world, pick):
    """track, name"""
    track = pick.track(any_track)
    with world.gesture('rename track'):
        names.rename(world, track, pick.value('name', lambda: any_name(pick.random)))
    return track


def new_track(world, pick, role, group):
    """A track as Live makes it: automatic name, a colour, mixer, as many sends as returns."""
    route = main_name(world) if group is None else 'Group'
    values = {'name': '', '_auto': {'audio': 'Audio', 'midi': 'MIDI'}.get(role), '_typed': False, 'group': group,
              'color_index': pick.random.randrange(70), 'mute': False, 'solo': False, 'arm': False,
              'output_routing_type': route}
    track = world.make('Track', 'track', role, None, values)
    mixer = parts.make_track_parts(world, track, {})
    sends = [parts.make_send(world, i) for i in range(len(world.song.kids['return_tracks']))]
    world.adopt_list(mixer, 'sends', sends)
    mark_tree(track)
    return track


def enter_group(world, track, group):
    """The track lies in that group from now on, and what went to the group or to main before goes where it lies."""
    main = main_name(world)
    if track.v.get('group') != group:
        world.set(track, 'group', group)
        if routing_name(track, 'output_routing_type') in ('Group', 'Main', 'Master'):
            world.set(track, 'output_routing_type', main if group is None else 'Group')


def lag_routing(world, track):
    """The routing lists of a new track are [""] in its first tick (docs/live-api.md, 4.4)."""
    track.v['_new_routing'] = True

    def known():
        track.v.pop('_new_routing', None)
        if track.alive:
            for name in ('available_input_routing_types', 'available_output_routing_types'):
                world.tell(track, name)
            world.notifier.flush()

    world.defer(1, known)


def insert_tracks(world, index, tracks):
    """Puts tracks in at one place."""
    flat = world.song.kids['tracks']
    world.set_kids(world.song, 'tracks', flat[:index] + tracks + flat[index:])


def _add(world, pick, role):
    flat = world.song.kids['tracks']
    if len(flat) >= MOST_TRACKS:
        raise CannotPick('enough tracks')
    index = pick.whole('index', 0, len(flat))
    index = len(flat) if not 0 <= index <= len(flat) else index
    with world.gesture('insert track'):
        track = new_track(world, pick, role, spot(world, index, flat))
        insert_tracks(world, index, [track])
        world.selection.track(track)
    lag_routing(world, track)
    return track


@edit
def add_midi_track(world, pick):
    """index"""
    return _add(world, pick, 'midi')


@edit
def add_audio_track(world, pick):
    """index"""
    return _add(world, pick, 'audio')


@edit
def delete_track(world, pick):
    """track; a group goes with all it holds"""
    track = pick.track()
    gone = block(world, track)
    flat = world.song.kids['tracks']
    if len(gone) == len(flat):
        raise CannotPick('the last track stays')
    with world.gesture('delete track'):
        world.set_kids(world.song, 'tracks', without(flat, gone))
    return track


@edit
def duplicate_track(world, pick):
    """track; the copy stands behind it and is selected"""
    track = pick.track()
    old = block(world, track)
    if len(world.song.kids['tracks']) + len(old) > MOST_TRACKS:
        raise CannotPick('enough tracks')
    with world.gesture('duplicate track'):
        copies = _copies(world, old)
        insert_tracks(world, place(world, old[-1]) + 1, copies)
        world.selection.track(copies[0])
        _unfold_around(world, copies[0])
    return copies[0]


def _copies(world, old):
    made = {one.uid: copy_object(world, one) for one in old}
    for copied in made.values():
        copied.v['arm'] = False
        if copied.v.get('group') in made:
            copied.v['group'] = made[copied.v['group']].uid
    return list(made.values())


def _unfold_around(world, track):
    group = world.by_uid.get(track.v.get('group'))
    while group is not None:
        world.set(group, 'fold_state', False, undo=False)
        group = world.by_uid.get(group.v.get('group'))


@edit
def move_track(world, pick):
    """track, index: its place among the tracks without it (and without what it holds), group: uid or None"""
    track = pick.track()
    moved = block(world, track)
    rest = without(world.song.kids['tracks'], moved)
    index = min(pick.whole('index', 0, len(rest)), len(rest))
    group = pick.args['group'] if 'group' in pick.args else spot(world, index, rest)
    with world.gesture('move track'):
        enter_group(world, track, group)
        world.set_kids(world.song, 'tracks', rest[:index] + moved + rest[index:])
    return track


@edit
def color_track(world, pick):
    """track, color_index"""
    track = pick.track(any_track)
    with world.gesture('colour track'):
        world.set(track, 'color_index', pick.whole('color_index', 0, 69))
    return track


@edit
def mute_track(world, pick):
    """track, on: else the other state"""
    track = pick.track(not_main)
    with world.gesture('mute'):
        world.set(track, 'mute', bool(pick.value('on', not track.v.get('mute'))))
    return track


@edit
def solo_track(world, pick):
    """track, on, exclusive"""
    track = pick.track(not_main)
    on = bool(pick.value('on', not track.v.get('solo')))
    with world.gesture('solo'):
        if on and pick.value('exclusive', lambda: pick.chance(0.7)):
            for other in world.song.kids['tracks'] + world.song.kids['return_tracks']:
                if other is not track and other.v.get('solo'):
                    world.set(other, 'solo', False)
        world.set(track, 'solo', on)
    return track


@edit
def arm_track(world, pick):
    """track, on, exclusive; not undoable"""
    track = pick.track(can_arm)
    on = bool(pick.value('on', not track.v.get('arm')))
    if on and pick.value('exclusive', lambda: pick.chance(0.7)):
        for other in world.song.kids['tracks']:
            if other is not track and other.v.get('arm'):
                write_arm(other, False)
    write_arm(track, on)
    return track


@edit
def monitor_track(world, pick):
    """track, state: 0 in, 1 auto, 2 off"""
    track = pick.track(can_arm)
    with world.gesture('monitoring'):
        world.set(track, 'current_monitoring_state', pick.whole('state', 0, 2))
    return track


@edit
def crossfade_track(world, pick):
    """track, assign: 0 A, 1 none, 2 B"""
    track = pick.track(not_main)
    with world.gesture('crossfade'):
        world.set(track.kids['mixer_device'], 'crossfade_assign', pick.whole('assign', 0, 2))
    return track


@edit
def pan_mode_track(world, pick):
    """track, mode: 0 stereo, 1 split stereo"""
    mixer = pick.track(any_track).kids['mixer_device']
    with world.gesture('panning mode'):
        world.set(mixer, 'panning_mode', pick.whole('mode', 0, 1))
    return mixer.parent


@edit
def route_track(world, pick):
    """track, member (output_routing_type …), to: a display name"""
    track = pick.track(can_arm)
    member = pick.value('member', lambda: pick.random.choice(['input_routing_type', 'output_routing_type']))
    with world.gesture('routing'):
        choices = {'input_routing_type': ['Ext. In', 'No Input', 'Resampling'],
                   'output_routing_type': ['Main', 'Sends Only', 'Ext. Out']}
        to = pick.value('to', lambda: pick.random.choice(choices.get(member, ['1', '2', '1/2'])))
        world.set(track, member, to)
        world.set(track, member.replace('_type', '_channel'), '1' if to == 'Ext. In' else '')
    return track


@edit
def freeze_track(world, pick):
    """track, on"""
    track = pick.track(can_arm)
    with world.gesture('freeze'):
        world.set(track, 'is_frozen', bool(pick.value('on', not track.v.get('is_frozen'))))
    return track
