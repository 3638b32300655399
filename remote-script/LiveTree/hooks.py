"""What the parts that read lists and slots ask of the run."""
from .registry import Slot


class Hooks(object):
    """What lists and slots ask of the run."""

    def __init__(self, run):
        self._run = run

    def arrived(self, thing):
        self._run.walk.arrived(thing)
        if thing.kind == 'scene' and self._run.walk.is_live:
            self._run.slots.unread.add(thing)

    def moved(self, thing):
        if thing.kind == 'device':
            self._run.extras.moved(thing)

    def is_live(self):
        return self._run.walk.is_live

    def shifted(self):
        self._run.handlers.shifted()

    def dropped(self, thing):
        self._run.dropped(thing)

    def follow_clip(self, clip):
        return self._run.slots.follow(clip)

    def later_slot(self, slot):
        self._run.walk.later_slot(slot)

    def new_slot(self, obj, track, scene):
        slot = Slot(obj, track, scene)
        self._run.registry.add_slot(slot)
        return slot

    def may_listen(self):
        return self._run.listeners.count < self._run.max_listeners

    def song(self):
        return self._run.song
