"""Properties that no table can say: handles of other things, counts, and the notes of drum chains before 12.3."""
from functools import partial

from .dirty import DISCRETE
from .live import ABSENT, is_alive, members, read
from .plain import plain

ALL_NOTES = -1
PADS = 128


class Extras(object):
    """Called once when a thing is filled, and again for what changed."""

    def __init__(self, registry, dirty, listeners, statement):
        self._registry = registry
        self._dirty = dirty
        self._listeners = listeners
        self._statement = statement

    def __call__(self, thing):
        if thing.kind == 'track':
            self.group(thing)
        elif thing.kind == 'device':
            self.count(thing)
        elif thing.kind == 'chain':
            self.note(thing)
        elif thing.kind == 'clip' and thing.props.get('is_midi_clip') is True:
            self._statement.prop(thing, 'notes_changes', thing.props.get('notes_changes', 0))

    def group(self, track):
        """The group a track lies in, as a handle, or None. True when it changed."""
        found = read(track.obj, 'group_track')
        group = self._registry.find('track', found) if is_alive(found) else None
        value = {'handle': group.handle} if group is not None else None
        if 'group_track' in track.props or value is not None or track.filled:
            return self._statement.prop(track, 'group_track', value)
        track.props['group_track'] = None
        return False

    def count(self, device):
        """How many parameters Live shows of a device."""
        found = members(device.obj, 'parameters')
        return self._statement.prop(device, 'parameter_count', ABSENT if found is ABSENT else len(found))

    # drum chains before 12.3: no in_note, so it is derived from the pads that hold the chain

    def note(self, chain):
        """The note of a drum chain that does not tell it itself."""
        rack = chain.parent
        if 'out_note' not in chain.props or self._tells(chain) or rack is None or rack.kind != 'device':
            return False
        notes = self._pad_notes(rack).get(chain.key[1], ())
        value = notes[0] if len(notes) == 1 else ALL_NOTES if len(notes) == PADS else ABSENT
        return self._statement.prop(chain, 'in_note', value)

    def moved(self, device):
        """A drum rack has pads where it lies in a track, none inside another rack."""
        if device.props.get('can_have_drum_pads') is True:
            self._dirty.mark(device, 'pads', DISCRETE)

    def _tells(self, chain):
        return read(chain.obj, 'in_note') is not ABSENT

    def _pad_notes(self, rack):
        """{pointer of a chain: notes of the pads that hold it}, read once a pump."""
        held = rack.flag('pads')
        if held is None:
            held = self._read_pads(rack)
            rack.set_flag('pads', held)
            self._dirty.mark(rack, 'pads', DISCRETE)
        return held

    def _read_pads(self, rack):
        notes = {}
        found = members(rack.obj, 'drum_pads')
        for pad in () if found is ABSENT else found:
            chains = members(pad, 'chains')
            for chain in () if chains is ABSENT else chains:
                notes.setdefault(plain(read(chain, '_live_ptr')), []).append(plain(read(pad, 'note')))
                self._watch(rack, pad)
        return notes

    def _watch(self, rack, pad):
        watched = rack.flag('watched pads')
        if watched is None:
            watched = set()
            rack.set_flag('watched pads', watched)
            self._listen(rack, rack.obj, 'visible_drum_pads')
        pointer = read(pad, '_live_ptr')
        if pointer not in watched:
            watched.add(pointer)
            self._listen(rack, pad, 'chains')

    def _listen(self, rack, subject, event):
        token = self._listeners.add(subject, event, partial(self._dirty.mark, rack, 'pads', DISCRETE))
        if token is not None:
            rack.tokens.append(token)

    def pads(self, rack):
        """Something about the pads changed: the notes of all chains of the rack again."""
        found = [self._registry.by_handle.get(handle) for handle in rack.lists.get('chains', ())]
        chains = [each for each in found if each is not None and each.filled]
        if chains and self._tells(chains[0]):
            return
        rack.set_flag('pads', self._read_pads(rack))
        for chain in chains:
            self.note(chain)
        rack.set_flag('pads', None)
