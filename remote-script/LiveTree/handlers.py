"""What a dirty mark makes be read, and what is read again because a neighbour fired.

Properties without a listener of their own hang on a neighbour: groups and folding on the lists of tracks, a
routing's name on the name of the track it leads to (docs/live-api.md, compound changes).
"""
from .dirty import DISCRETE, STRUCTURE
from .kinds import KINDS
from .live import is_alive
from .names import out_of_order

ROUTING = ('input_routing_type', 'input_routing_channel', 'output_routing_type', 'output_routing_channel')
NEW_ROUTING = 0.25  # seconds until the routing of a new track has settled
NEW_SCENE = 0.05  # seconds between two looks whether the slots of a new scene have been read
UNKNOWN_YET = 0.2  # seconds until a selected thing that was not read yet is looked for again
LOOKS = 10  # as often, once the Set is read: a clip of a take lane is not to be found before 12.2


class Handlers(object):
    """Reads marks. `run` gives the parts: registry, dirty, reader, lists, slots, values, looks, view, playing."""

    def __init__(self, run):
        self._run = run
        self._looks = 0
        self._special = {
            ('song', 'folding'): self._folding,
            ('song', 'transport'): run.playing.transport,
            ('song', 'recording'): run.playing.recording,
            ('song', 'selection'): self._selection,
            ('song', 'document_view'): run.view.document,
            ('track', 'grouping'): self._grouping,
            ('track', 'playing'): run.playing.playing_clip,
            ('track', 'fired'): run.playing.fired_clip,
            ('track', 'clip_slots'): self._clip_slots,
            ('track', 'name'): self._track_name,
            ('scene', 'triggered'): run.playing.scene,
            ('clip', 'notes'): self._notes,
            ('clip', 'warp_markers'): run.looks.heavy,
            ('clip', 'recording'): run.playing.clip_recording,
            ('device', 'on'): self._switch,
            ('device', 'pads'): run.extras.pads,
            ('parameter', 'value'): self._parameter,
        }

    def read(self, subject, aspect):
        """Reads one mark."""
        if subject.gone:
            return
        if subject.kind == 'clip slot':
            self._run.slots.read_clip(subject)
            return
        if not is_alive(subject.obj):
            return  # its list tells
        table = KINDS[subject.kind]
        special = self._special.get((subject.kind, aspect))
        if aspect in table.lists:
            self.read_list(subject, aspect)
        elif not subject.filled:
            return  # its first reading is still to come
        elif special is not None:
            special(subject)
        elif aspect in table.values:
            self._run.values.changed(subject, table.values[aspect])
        else:
            self._run.reader.read_aspect(subject, aspect)

    def read_list(self, thing, name):
        """Reads a list, and what depends on it."""
        before = thing.lists.get(name)
        self._run.lists.read(thing, name)
        after = thing.lists.get(name)
        if after is before or after is None:
            return
        if thing.kind == 'song':
            self._song_list(thing, name, before, after)
        elif name == 'devices' and thing.kind == 'track' and before is not None:
            self._run.dirty.mark(thing, 'inputs', DISCRETE)  # an instrument makes a MIDI track sound
        elif name == 'parameters' and thing.filled:
            self._run.extras.count(thing)
        elif name == 'chains' and thing.flag('watched pads') is not None:
            self._run.dirty.mark(thing, 'pads', DISCRETE)

    def _song_list(self, song, name, before, after):
        if name == 'tracks':
            self._folding(song)
        elif name == 'scenes' and before:
            self._moved_scenes(before, after)

    def _moved_scenes(self, before, after):
        """Scenes that were dragged: whose slots are they now? Those that only gave way are not looked at unless a slot
        turns out to be another one (`shifted`): in a large Set that would be each slot of it."""
        for handle in out_of_order(before, after):
            self._scene_slots(self._run.registry.by_handle[handle])

    def shifted(self):
        """Slots stayed where they were when a scene was dragged: those of all scenes again."""
        for handle in self._run.song.lists.get('scenes', ()):
            self._scene_slots(self._run.registry.by_handle[handle])

    def filled(self, thing):
        """After the first reading of a thing."""
        self._run.looks.filled(thing)
        if thing.kind == 'scene':
            self._run.playing.scene(thing)
        elif thing.kind == 'track' and self._run.walk.is_live:
            self._run.dirty.mark_later(thing, 'routing', DISCRETE, NEW_ROUTING)
        elif thing.kind == 'song':
            self._run.view.begin(thing)
            for aspect in ('transport', 'selection'):
                self._run.dirty.mark(thing, aspect, DISCRETE)

    def slots_read(self, track):
        """After the slots of a track were read: which clip plays can be said now."""
        for aspect in ('playing', 'fired'):
            self._run.dirty.mark(track, aspect, DISCRETE)

    def _folding(self, song):
        for handle in song.lists.get('tracks', ()):
            self._run.dirty.mark(self._run.registry.by_handle[handle], 'grouping', STRUCTURE)

    def _grouping(self, track):
        self._run.reader.read_aspect(track, 'grouping')
        self._run.extras.group(track)

    def _selection(self, song):
        is_known = self._run.view.selection(song)
        self._looks = 0 if is_known or self._run.walk.is_walking() else self._looks + 1
        if not is_known and self._looks < LOOKS:
            self._run.dirty.mark_later(song, 'selection', DISCRETE, UNKNOWN_YET)
        elif not is_known:
            self._looks = 0  # what is selected next is looked for as long again

    def _clip_slots(self, track):
        """A new scene was read through the scene; otherwise all slots of the track again."""
        if self._run.slots.unread:
            self._run.dirty.mark_later(track, 'clip_slots', DISCRETE, NEW_SCENE)
        elif not self._run.slots.is_settled(track):
            self._run.walk.live.put(track, 'clip_slots', 1)

    def _scene_slots(self, scene):
        if scene not in self._run.slots.unread:
            self._run.slots.unread.add(scene)
            self._run.walk.live.put(scene, 'scene_slots', 4)

    def _track_name(self, track):
        """A track's name stands in the routings that lead to it."""
        before = track.props.get('name')
        self._run.reader.read_aspect(track, 'name')
        if not before or track.props.get('name') == before:
            return
        song = self._run.song
        for name in ('tracks', 'returns', 'main'):
            for handle in song.lists.get(name, ()):
                other = self._run.registry.by_handle[handle]
                if self._is_routed_by(other.props.get, before):
                    self._run.dirty.mark(other, 'routing', DISCRETE)

    @staticmethod
    def _is_routed_by(value_of, name):
        for prop in ROUTING:
            routing = value_of(prop)
            if routing and name in routing:
                return True
        return False

    def _notes(self, clip):
        """That notes changed is always recorded; the notes themselves only while somebody looks."""
        self._run.statement.prop(clip, 'notes_changes', clip.props.get('notes_changes', 0) + 1)
        self._run.looks.heavy(clip)

    def _switch(self, device):
        """Device On is a parameter too, and as such may be moved by automation: then it is no change."""
        first = self._first_parameter(device)
        if first is not None and first.filled:
            self._parameter(first)
        else:
            self._run.reader.read_aspect(device, 'on')

    def _parameter(self, parameter):
        """A parameter's value; the first one of a device is its switch."""
        value = KINDS['parameter'].values['value']
        self._run.values.changed(parameter, value)
        device = parameter.parent
        if self._first_parameter(device) is parameter and not self._run.reader.is_automated(parameter, value):
            self._run.reader.read_aspect(device, 'on')

    def _first_parameter(self, device):
        handles = device.lists.get('parameters')
        return self._run.registry.by_handle.get(handles[0]) if handles else None
