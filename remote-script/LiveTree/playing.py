"""Transport, playing and fired clips, fired scenes, recording: ephemeral, never a change of the Set."""
from .dirty import DISCRETE
from .kinds.table import RECORDING
from .live import is_alive, read
from .plain import plain

NONE = -1
SETTLE = 0.3  # seconds until the length of a clip just recorded is right (docs/live-api.md)


class Playing(object):
    """Reads what moves while Live plays."""

    def __init__(self, registry, dirty, reader, listeners, ephemeral, song):
        self._registry = registry
        self._dirty = dirty
        self._reader = reader
        self._listeners = listeners
        self._ephemeral = ephemeral
        self._song = song
        self.is_playing = False
        self.is_recording = False

    def transport(self, song):
        """Playing and recording of the song."""
        self.is_playing = read(song.obj, 'is_playing') is True
        recording = read(song.obj, 'record_mode') is True
        self._ephemeral.put('transport', song, {'playing': self.is_playing, 'recording': recording})
        self.recording(song)

    def recording(self, song):
        """Whether Live records or counts in now: then the reading of the Set rests."""
        armed = read(song.obj, 'record_mode') is True or read(song.obj, 'session_record') is True
        self.is_recording = read(song.obj, 'is_counting_in') is True or (armed and self.is_playing)

    def playing_clip(self, track):
        """The clip that plays in a track."""
        clip = self._tell(track, 'playing_clip', 'playing_slot_index')
        if clip is not None:
            self.clip_recording(clip)

    def fired_clip(self, track):
        """The clip that blinks in a track."""
        self._tell(track, 'fired_clip', 'fired_slot_index')

    def _tell(self, track, key, member):
        index = plain(read(track.obj, member))
        if not isinstance(index, int):
            return None
        clip = self._clip_at(track, index) if index >= 0 else None
        value = {'handle': clip.handle} if clip is not None else min(index, NONE)
        if value == NONE:
            self._ephemeral.end(key, track)
        else:
            self._ephemeral.put(key, track, value)
        return clip

    def _clip_at(self, track, index):
        """Live names the clip by its row; the row is looked up at once and never told."""
        scenes = self._song().lists.get('scenes', ())
        slot = (track.slots or {}).get(scenes[index]) if index < len(scenes) else None
        return slot.clip if slot is not None else None

    def scene(self, scene):
        """Whether a scene blinks."""
        if read(scene.obj, 'is_triggered') is True:
            self._ephemeral.put('scene_fired', scene, True)
        else:
            self._ephemeral.end('scene_fired', scene)

    def clip_recording(self, clip):
        """A clip being recorded is listened to until it is done."""
        recording = read(clip.obj, 'is_recording') is True
        tokens = clip.flag('recording')
        if recording and not tokens:
            tokens = []
            clip.set_flag('recording', tokens)
            self._reader.attach(clip, RECORDING, tokens)
            clip.tokens.extend(tokens)
            self._ephemeral.put('recording_clip', clip, True)
        elif not recording and tokens:
            clip.set_flag('recording', None)
            for token in tokens:
                clip.tokens.remove(token)
                self._listeners.remove(token)
            self._ephemeral.end('recording_clip', clip)
            self._dirty.mark_later(clip, 'places', DISCRETE, SETTLE)

    def playhead(self, song):
        """Sampled only while somebody watches."""
        time = plain(read(song.obj, 'current_song_time'))
        if isinstance(time, float) and self.is_playing:
            self._ephemeral.put('playhead', song, time)

    def meter(self, track):
        """Sampled only while somebody watches: left, right, or the one level of a track without audio."""
        if not is_alive(track.obj):
            return
        names = ('output_meter_left', 'output_meter_right', 'output_meter_level')
        values = [plain(read(track.obj, name)) for name in names]
        self._ephemeral.put('meter', track, [value if isinstance(value, float) else None for value in values])
