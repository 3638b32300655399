"""Time in the song: playing, position, and the sources that flood listeners while it runs."""
from .motion import freeze, moving

AUDIO_PERIOD = 1.0 / 80
DISPLAY_PERIOD = 1.0 / 30


class Transport(object):
    """Playing or not, and where. Positions are beats."""

    def __init__(self, world):
        self.world = world
        self.playing = False
        self.from_beat = 0.0
        self.from_time = 0.0
        self.watched = set()
        self.last_display = 0.0

    def position(self):
        if not self.playing:
            return self.from_beat
        return self.from_beat + (self.world.clock.now() - self.from_time) * self._beats_per_second()

    def _beats_per_second(self, tempo=None):
        return (tempo or self.world.song.v.get('tempo') or 120.0) / 60.0

    def rebase(self, old_tempo):
        """The tempo changes: the position stays where it is."""
        if self.playing:
            now = self.world.clock.now()
            self.from_beat += (now - self.from_time) * self._beats_per_second(old_tempo)
            self.from_time = now

    def jump(self, beat):
        self.from_beat, self.from_time = float(beat), self.world.clock.now()
        self.world.tell(self.world.song, 'current_song_time')

    def start(self):
        if not self.playing:
            self.from_time, self.playing = self.world.clock.now(), True
            self.world.set(self.world.song, 'is_playing', True, undo=False)

    def stop(self):
        if self.playing:
            freeze(self.world)
            self.from_beat, self.playing = self.position(), False
            self.world.set(self.world.song, 'is_playing', False, undo=False)

    def flood(self):
        """Called 80 times a second: tells those who listen to what moves all the time."""
        if not self.watched or not self.playing:
            return
        now = self.world.clock.now()
        display = now - self.last_display >= DISPLAY_PERIOD
        if display:
            self.last_display = now
        for entry in list(self.watched):
            self._flood_one(entry, display)
        self.world.notifier.flush()

    def _flood_one(self, entry, display):
        obj, event = entry
        if not obj.alive or not obj.listeners or event not in obj.listeners:
            self.watched.discard(entry)
        elif obj.lom == 'DeviceParameter':
            if display and moving(obj) is not None:
                self.world.tell(obj, event)
        elif obj.lom == 'Clip':
            if obj.where == 'clip' and obj.parent.parent.v.get('_playing') == obj.parent.v['_scene']:
                self.world.tell(obj, event)
        elif display or event == 'current_song_time':
            self.world.tell(obj, event)
