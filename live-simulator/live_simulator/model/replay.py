"""Undo and redo carried out: every change again, forwards or backwards, on what stands in the place of dead objects."""
from . import effects
from .journal import MISSING


class Replay(object):
    """The part of the world that plays steps of the journal."""

    def undo(self):
        """Takes back the last step; False when there is none."""
        return self._replay(self.journal.take_undo(), backwards=True)

    def redo(self):
        return self._replay(self.journal.take_redo(), backwards=False)

    def _replay(self, step, backwards):
        if step is None:
            return False
        self.replaying = True
        with self.gesture('undo', undo=False):
            for change in (reversed(step[1]) if backwards else step[1]):
                self._apply(change, backwards)
            self.replaying = False
        return True

    def _apply(self, change, backwards):
        what, obj, name, old, new = change
        value = old if backwards else new
        living = self.current(obj) or (self.slot_again(obj) if obj.lom == 'ClipSlot' else None)
        if living is None:
            self._apply_to_dead(what, obj, name, value)
            return
        obj = living
        if what == 'value':
            self.set(obj, name, value)
            effects.after_replay(self, obj, name)
        elif what == 'slot':
            self.put_slot(obj, name, self._alive(value))
        else:
            self.set_kids(obj, name, self._alive(value))

    def _apply_to_dead(self, what, obj, name, value):
        """An object that comes back later in the same step comes back as it is here."""
        if what == 'kid':
            obj.kids[name] = value
        elif what == 'value' and value is not MISSING:
            obj.v[name] = value

    def _alive(self, held):
        if isinstance(held, list):
            return [self.current(child) or self.revive(child) for child in held]
        return held if held is None else (self.current(held) or self.revive(held))

    def put_slot(self, track, scene_uid, slot):
        """A slot with content comes back with its scene (undo)."""
        slots = track.kids['slots']
        old = slots.pop(scene_uid, None)
        self._leave(track, 'slots', old, slot)
        if slot is not None:
            slots[scene_uid] = slot
            slot.parent, slot.where = track, 'slots'
        self.tell(track, 'clip_slots')
