"""What somebody looks at: there, and only there, details have listeners and heavy parts are stated.

Looked at are: what a client observes, the selected device, and the clip in the detail view.
"""
from .kinds import KINDS
from .kinds.clip import notes_of, warp_markers_of
from .kinds.table import DETAIL
from .live import is_alive

HEAVY = {'notes': notes_of, 'warpMarkers': warp_markers_of}
PROPS = {'notes': 'notes', 'warpMarkers': 'warp_markers'}
KEPT = 'keptNotes'  # notes that were edited, read once for whoever has to do it again
MOST_KEPT = 500  # notes of a clip that are read unasked; of more only the number


class Looks(object):
    """Reasons to look, by thing."""

    def __init__(self, registry, reader, listeners, statement, values, later):
        self._registry = registry
        self._reader = reader
        self._listeners = listeners
        self._statement = statement
        self._values = values
        self._later = later  # later(thing): `look` is called for it when there is time
        self._reasons = {}  # handle -> set of reasons
        self.selected_device = None
        self.detail_clip = None

    # from the hub

    def observe(self, handle, facet):
        """A client opened a facet; a handle not read yet is remembered."""
        reasons = self._reasons.setdefault(handle, set())
        if facet not in reasons:
            reasons.add(facet)
            thing = self._registry.by_handle.get(handle)
            if thing is not None and thing.filled:
                self._begin(thing, facet)

    def unobserve(self, handle, facet):
        """The last client closed it."""
        reasons = self._reasons.get(handle, set())
        if facet in reasons:
            reasons.discard(facet)
            thing = self._registry.by_handle.get(handle)
            if thing is not None:
                self._end(thing, facet)
        if not reasons:
            self._reasons.pop(handle, None)

    def unobserve_all(self):
        """The hub is gone: nobody looks any more but Live's own user."""
        for handle, reasons in list(self._reasons.items()):
            for facet in [each for each in reasons if each != 'selected']:
                self.unobserve(handle, facet)

    def observed(self, facet):
        """Things that a client observes in this respect."""
        things = [self._registry.by_handle.get(h) for h, reasons in self._reasons.items() if facet in reasons]
        return [thing for thing in things if thing is not None]

    def has(self, thing, facet):
        return facet in self._reasons.get(thing.handle, ())

    # from Live's selection

    def select(self, device, clip):
        """The device and the clip that Live shows now."""
        self.selected_device = self._swap(self.selected_device, device)
        self.detail_clip = self._swap(self.detail_clip, clip)

    def _swap(self, old, new):
        if old is not new:
            if new is not None:
                self.observe(new.handle, 'selected')
            if old is not None:
                self.unobserve(old.handle, 'selected')
        return new

    # doing it

    def filled(self, thing):
        """A thing has been read: a facet may have been asked for before."""
        for facet in sorted(self._reasons.get(thing.handle, ())):
            self._begin(thing, facet)
        if thing.kind == 'parameter':
            self.look(thing)

    def look(self, thing):
        """Listeners for a parameter whose device is looked at; the notes of a clip that are to be kept."""
        if thing.kind == 'clip':
            self._keep(thing)
        else:
            self._look_at(thing)

    def _keep(self, clip):
        if self.has(clip, KEPT) and not self.has(clip, 'notes') and is_alive(clip.obj):
            self._statement.prop(clip, 'notes', notes_of(clip.obj, MOST_KEPT))

    def _look_at(self, parameter):
        if parameter.filled and self._is_open(parameter.parent):
            self._attach(parameter)
            if self.has(parameter.parent, 'parameters'):
                self._set_text(parameter, True)

    def _is_open(self, device):
        return device is not None and bool(self._reasons.get(device.handle, set()) & {'parameters', 'selected'})

    def _begin(self, thing, facet):
        for parameter in self._parameters(thing, facet):
            self._later(parameter)
        if thing.kind == 'clip' and facet == KEPT:
            self._later(thing)
        elif thing.kind == 'clip':
            self._attach(thing)
            self.heavy(thing)

    def _end(self, thing, facet):
        is_open = self._is_open(thing)
        for parameter in self._parameters(thing, facet):
            if not is_open:
                self._detach(parameter)
            if facet == 'parameters':
                self._set_text(parameter, False)
        if thing.kind == 'clip':
            if facet != KEPT or not self.has(thing, 'notes'):
                # not stated any more; the hub knows by itself that it may be old
                thing.props.pop('notes' if facet == KEPT else PROPS.get(facet), None)
            if not self._reasons.get(thing.handle):
                self._detach(thing)

    def _parameters(self, thing, facet):
        if thing.kind != 'device' or facet not in ('parameters', 'selected'):
            return []
        found = [self._registry.by_handle.get(handle) for handle in thing.lists.get('parameters', ())]
        return [each for each in found if each is not None and each.filled]

    def _attach(self, thing):
        """Listeners first, then everything once more: it may have changed while nobody looked."""
        if thing.details is not None or not is_alive(thing.obj):
            return
        thing.details = []
        self._reader.attach(thing, DETAIL, thing.details)
        self.read_again(thing)

    def _detach(self, thing):
        if thing.details is not None:
            self._listeners.remove_all(thing.details)
            thing.details = None

    def read_again(self, thing):
        """All that only details tell of; returns the properties that differed."""
        changed = self._reader.read_all(thing)
        for value in KINDS[thing.kind].values.values():
            if value.tier == DETAIL:
                self._values.changed(thing, value)
        return changed

    def _set_text(self, parameter, wanted):
        parameter.set_flag('text', wanted)
        if wanted:
            value = KINDS['parameter'].values['value']
            self._reader.state_value(parameter, value, self._reader.value_of(parameter, value))
        else:
            parameter.props.pop('text', None)

    def heavy(self, clip):
        """States the notes or warp markers of a clip while a client observes them."""
        for facet, read in HEAVY.items():
            if self.has(clip, facet) and is_alive(clip.obj):
                self._statement.prop(clip, PROPS[facet], read(clip.obj))

    def forget(self, thing):
        """A thing is gone."""
        self._detach(thing)
        self._reasons.pop(thing.handle, None)
        if self.selected_device is thing:
            self.selected_device = None
        if self.detail_clip is thing:
            self.detail_clip = None
