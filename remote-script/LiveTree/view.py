"""What is selected and shown in Live."""
from functools import partial

from .dirty import DISCRETE
from .live import is_alive, read
from .plain import plain



class View(object):
    """Reads the selection; the device of the selected track is followed by one listener that moves along."""

    def __init__(self, registry, dirty, reader, listeners, ephemeral, looks, slots, application):
        self._registry = registry
        self._dirty = dirty
        self._reader = reader
        self._listeners = listeners
        self._ephemeral = ephemeral
        self._looks = looks
        self._slots = slots
        self._application = application
        self._track_view = []  # token of the selected track's view
        self._app_view = []
        self._slot = None  # highlighted slot
        self._missing = False

    def begin(self, song):
        """Listens to the application's view."""
        view = read(self._application, 'view')
        token = self._listeners.add(
            view, 'focused_document_view', partial(self._dirty.mark, song, 'document_view', DISCRETE),
        )
        if token is not None:
            self._app_view.append(token)
        self.document(song)

    def document(self, song):
        """Session or Arranger."""
        shown = plain(read(read(self._application, 'view'), 'focused_document_view'))
        if isinstance(shown, str):
            self._ephemeral.put('view', song, shown)

    def selection(self, song):
        """Selected track, scene, device, and the clip in the detail view. False when one was not read yet."""
        view = self._reader.source(song, 'view')
        self._missing = False
        track = read(view, 'selected_track')
        self._follow(song, track)
        found = {
            'track': self._find('track', track),
            'scene': self._find('scene', read(view, 'selected_scene')),
            'device': self._find('device', self._device_of(track)),
            'clip': self._find('clip', read(view, 'detail_clip')),
        }
        self._looks.select(found['device'], found['clip'])
        value = dict((key, {'handle': thing.handle} if thing is not None else None) for key, thing in found.items())
        self._ephemeral.put('selection', song, value)
        self._look_at_slot(read(view, 'highlighted_clip_slot'))
        return not self._missing

    def _device_of(self, track):
        return read(read(track, 'view'), 'selected_device') if is_alive(track) else None

    def _find(self, kind, obj):
        if not is_alive(obj):
            return None
        thing = self._registry.find(kind, obj)
        self._missing = self._missing or thing is None or not thing.filled
        return thing

    def _follow(self, song, track):
        self._listeners.remove_all(self._track_view)
        view = read(track, 'view') if is_alive(track) else None
        if is_alive(view):
            token = self._listeners.add(
                view, 'selected_device', partial(self._dirty.mark, song, 'selection', DISCRETE),
            )
            if token is not None:
                self._track_view.append(token)

    def _look_at_slot(self, obj):
        """A slot's stop button changes by a menu on it, so the slot left behind is read again."""
        new = self._registry.find_slot(obj) if is_alive(obj) else None
        for slot in (self._slot, new):
            if slot is not None and not slot.gone and is_alive(slot.obj):
                self._slots.read_stop(slot)
        self._slot = new

    def close(self):
        self._listeners.remove_all(self._track_view)
        self._listeners.remove_all(self._app_view)
