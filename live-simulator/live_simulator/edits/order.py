"""Places in the flat list of tracks, where groups stand before their members."""


def inside(world, track):
    """The members of a group at any depth, in order; empty for other tracks."""
    held, found = {track.uid}, []
    for other in world.song.kids['tracks']:
        if other.v.get('group') in held:
            held.add(other.uid)
            found.append(other)
    return found


def block(world, track):
    """A track with all it holds."""
    return [track] + (inside(world, track) if track.role == 'group' else [])


def place(world, track):
    return world.song.kids['tracks'].index(track)


def spot(world, index, tracks):
    """The group that a track gets when it is put before tracks[index]: that of the track standing there."""
    return tracks[index].v.get('group') if index < len(tracks) else None


def chain_list(owner):
    """Name of the list a device or chain lies in."""
    return owner.kids[owner.where]


def without(items, gone):
    """A new list without these objects."""
    away = set(map(id, gone))
    return [item for item in items if id(item) not in away]
