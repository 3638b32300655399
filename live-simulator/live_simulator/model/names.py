"""Names of tracks as their headers show them: automatic ones carry the number, returns their letter."""
import re


class Names(object):
    """Knows the place of every track; forget() after the order changed."""

    def __init__(self, world):
        self.world = world
        self.places = None

    def forget(self):
        self.places = None

    def place(self, track):
        """Position among the tracks or among the returns, from 0."""
        if self.places is None:
            self.places = {}
            for name in ('tracks', 'return_tracks'):
                for index, one in enumerate(self.world.song.kids[name]):
                    self.places[one.uid] = index
        return self.places.get(track.uid, 0)

    def shown(self, track):
        base = track.v.get('_auto')
        if track.role == 'return':
            return '%s-%s' % (letter(self.place(track)), base or track.v.get('name', ''))
        return '%d-%s' % (self.place(track) + 1, base) if base else track.v.get('name', '')


def letter(index):
    return chr(ord('A') + index % 26)


def without_prefix(name):
    """A return's name without its letter: what Live keeps of it."""
    return re.sub(r'^[A-Z]-', '', name)


def adopt_name(track, automatic):
    """Turns the shown name of a description into the stored one: automatic names keep only their base."""
    name = track.v.get('name') or ''
    track.v['_typed'] = not automatic
    if track.role == 'return':
        track.v['name'] = without_prefix(name)
    elif automatic:
        found = re.match(r'^\d+-(.+)$', name, re.S)
        if found:
            track.v['_auto'] = found.group(1)


def rename(world, track, name):
    """What typing a name does; an empty one brings the automatic name back."""
    if track.role == 'return':
        name = without_prefix(name)
    auto = automatic_base(track) if name == '' and track.role != 'main' else None
    world.set(track, '_typed', name != '')
    world.set(track, '_auto', auto)
    world.set(track, 'name', name)


def automatic_base(track):
    """The base of an automatic name: the first device with sound, else the kind of track."""
    for device in track.kids.get('devices', ()):
        if device.v.get('type') == 1:
            return device.v.get('name') or 'Instrument'
    return {'audio': 'Audio', 'midi': 'MIDI', 'group': 'Group', 'return': 'Return'}.get(track.role, 'Main')
