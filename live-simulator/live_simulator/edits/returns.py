"""Edits of returns; every mixer has a send for each."""
from ..model import parts
from .copying import mark_made
from .order import without
from .pick import CannotPick
from .registry import edit
from .tracks import new_track

MOST_RETURNS = 12


def is_return(track):
    return track.role == 'return'


def _mixers(world):
    return [t.kids['mixer_device'] for t in world.song.kids['tracks'] + world.song.kids['return_tracks']]


@edit
def add_return(world, pick):
    """One more return; one more send on every mixer."""
    returns = world.song.kids['return_tracks']
    if len(returns) >= MOST_RETURNS:
        raise CannotPick('enough returns')
    with world.gesture('insert return'):
        track = new_track(world, pick, 'return', None)
        track.v['name'] = 'Return'
        for mixer in _mixers(world):
            send = mark_made(parts.make_send(world, len(returns)))
            world.set_kids(mixer, 'sends', mixer.kids['sends'] + [send])
        own = track.kids['mixer_device']
        world.adopt_list(own, 'sends', own.kids['sends'] + [mark_made(parts.make_send(world, len(returns)))])
        world.set_kids(world.song, 'return_tracks', returns + [track])
    return track


@edit
def delete_return(world, pick):
    """track: a return; its send goes from every mixer"""
    track = pick.track(is_return)
    returns = world.song.kids['return_tracks']
    at = returns.index(track)
    with world.gesture('delete return'):
        world.set_kids(world.song, 'return_tracks', without(returns, [track]))
        for mixer in _mixers(world):
            sends = mixer.kids['sends']
            world.set_kids(mixer, 'sends', sends[:at] + sends[at + 1:])
    return track


@edit
def move_return(world, pick):
    """track, index; the sends follow"""
    track = pick.track(is_return)
    returns = world.song.kids['return_tracks']
    at, rest = returns.index(track), without(returns, [track])
    to = min(pick.whole('index', 0, len(rest)), len(rest))
    with world.gesture('move return'):
        world.set_kids(world.song, 'return_tracks', rest[:to] + [track] + rest[to:])
        for mixer in _mixers(world):
            sends = list(mixer.kids['sends'])
            sends.insert(to, sends.pop(at))
            world.set_kids(mixer, 'sends', sends)
    return track

