"""Clip slots and the session clips in them. One listener a slot; no index leaves this module.

A slot belongs to a track and a scene. The slots of a new track are read through the track, those of a new scene
through the scene, so that a new scene costs one slot per track and not every slot of the Set.
"""
from functools import partial

from .dirty import DISCRETE, STRUCTURE
from .live import ABSENT, is_alive, members, read

CHUNK = 24  # slots read in one step of the walk


class Slots(object):
    """Reads slots and keeps the track's list `clips` and its list `slots` (those that differ)."""

    def __init__(self, registry, dirty, listeners, statement, lists, hooks):
        self._registry = registry
        self._dirty = dirty
        self._listeners = listeners
        self._statement = statement
        self._lists = lists
        self._hooks = hooks  # arrived(thing), may_listen(), is_live(), song()
        self.swept = set()  # slots without a listener, because of the limit
        self.unread = set()  # new scenes whose slots have not been read

    # reading tables of slots

    def read_track(self, track):
        """Steps that read all slots of a track; gives up between steps when the scenes have changed."""
        if track.slots is None:
            track.slots = {}
        scenes = self._scenes()
        found = members(track.obj, 'clip_slots')
        if found is ABSENT or len(found) != len(scenes):
            self._finish(track, retry=found is not ABSENT and len(found) > 0)
            return
        for index, obj in enumerate(found):
            if index % CHUNK == CHUNK - 1:
                yield
                if track.gone or self._scenes() is not scenes:
                    break
            self._put(track, self._registry.by_handle.get(scenes[index]), obj)
        current = self._scenes()
        self._finish(track, retry=not track.gone and current is not scenes)

    def _finish(self, track, retry):
        """States the clips found so far; a track that has no slots has an empty list."""
        if track.gone:
            return
        self._forget_lost(track)
        self._state_clips(track)
        self._state_slots(track)
        if retry:
            self._dirty.mark_later(track, 'clip_slots', DISCRETE, 0.01)

    def _forget_lost(self, track):
        for slot in [each for each in track.slots.values() if not is_alive(each.obj)]:
            self.forget(slot)

    def read_scene(self, scene):
        """Steps that read the slots of one scene, in all tracks whose slots have been read."""
        found = members(scene.obj, 'clip_slots')
        is_shifted = False
        for index, obj in enumerate(() if found is ABSENT else found):
            if index % CHUNK == CHUNK - 1:
                yield
                if scene.gone:
                    break
            slot = self._registry.find_slot(obj)
            is_shifted = is_shifted or (slot is not None and slot.scene is not scene)
            track = slot.track if slot else self._registry.find('track', read(obj, 'canonical_parent'))
            if track is not None and track.slots is not None and self._put(track, scene, obj):
                self._state_clips(track)
        self.unread.discard(scene)
        if is_shifted:
            self._hooks.shifted()

    def _put(self, track, scene, obj):
        """A slot in its place; a slot known elsewhere has moved with its clip. True when its clip changed."""
        if scene is None or not is_alive(obj):
            return False
        slot = self._registry.find_slot(obj)
        if slot is None:
            slot = self._hooks.new_slot(obj, track, scene)
        elif slot.scene is not scene and slot.track is track:
            if track.slots.get(slot.scene.handle) is slot:
                del track.slots[slot.scene.handle]
            slot.scene = scene
            self._state_scene(slot)
        track.slots[scene.handle] = slot
        return self._fill(slot)

    def _state_scene(self, slot):
        for thing in (slot.clip, slot.thing):
            if thing is not None:
                self._statement.prop(thing, 'scene', {'handle': slot.scene.handle})

    def _fill(self, slot):
        """Listener first for a slot that holds a clip, or is new; empty ones of the first reading come later."""
        if slot.token is None and not self._hooks.is_live() and read(slot.obj, 'has_clip') is not True:
            self._hooks.later_slot(slot)
            return False
        self.listen(slot)
        changed = self._read_clip(slot)
        self.read_stop(slot)
        return changed

    def listen(self, slot):
        """The one listener of a slot, unless the limit of listeners is reached: then the sweep finds it."""
        if slot.token is not None or slot.gone or self._is_group(slot):
            return
        if not self._hooks.may_listen():
            self.swept.add(slot)
            return
        self.swept.discard(slot)
        callback = partial(self._dirty.mark, slot, 'clip', STRUCTURE)
        slot.token = self._listeners.add(slot.obj, 'has_clip', callback)

    def may_listen(self):
        """The limit of listeners is not reached."""
        return self._hooks.may_listen()

    def _is_group(self, slot):
        """Slots of groups never hold a clip."""
        return slot.track.props.get('is_foldable') is True

    def watch_empty(self, slot):
        """Last step of the walk: listener on an empty slot, then a look inside; and its stop button."""
        if slot.gone or not is_alive(slot.obj):
            return
        self.listen(slot)
        if self._read_clip(slot):
            self._state_clips(slot.track)
        self.read_stop(slot)

    # one slot

    def read_clip(self, slot):
        """What lies in a slot now. Clips of the track that died without a word are noticed too."""
        if slot.gone or not is_alive(slot.obj) or slot.track.gone:
            return
        changed = self._read_clip(slot)
        for other in slot.track.slots.values():
            if other.clip is not None and other is not slot and not is_alive(other.clip.obj):
                changed = self._read_clip(other) or changed
        if changed:
            self._state_clips(slot.track)

    def _read_clip(self, slot):
        obj = read(slot.obj, 'clip') if read(slot.obj, 'has_clip') is True else None
        clip = self._adopt(obj, slot) if is_alive(obj) else None
        if slot.clip is clip:
            return False
        left, slot.clip = slot.clip, clip
        if left is not None and left.slot is slot:
            left.slot = None
        return True

    def _adopt(self, obj, slot):
        thing = self._registry.find('clip', obj)
        if thing is not None and thing.slot is slot:
            return thing
        if thing is None:
            thing = self._registry.draw('clip', obj)
            thing.parent, thing.place, thing.slot = slot.track, 'clips', slot
            self._hooks.arrived(thing)
        else:
            self._move(thing, slot)
        self._statement.prop(thing, 'scene', {'handle': slot.scene.handle})
        return thing

    def _move(self, clip, slot):
        self._lists.lost.pop(clip.handle, None)
        if clip.slot is not None and not clip.slot.gone:
            self._dirty.mark(clip.slot, 'clip', STRUCTURE)
        elif clip.place != 'clips' and not clip.parent.gone:
            self._dirty.mark(clip.parent, clip.place, STRUCTURE)
        clip.parent, clip.place, clip.slot = slot.track, 'clips', slot

    def _state_clips(self, track):
        handles = [slot.clip.handle for slot in track.slots.values() if slot.clip is not None]
        self._lists.replace(track, 'clips', list(dict.fromkeys(handles)))

    def read_stop(self, slot):
        """A slot without its stop button differs from the default and becomes a node."""
        differs = read(slot.obj, 'has_stop_button') is False
        if differs == (slot.thing is not None):
            return False
        if differs:
            thing = self._registry.draw('slot', slot.obj)
            thing.parent, thing.place, slot.thing = slot.track, 'slots', thing
            thing.props = {'scene': {'handle': slot.scene.handle}, 'has_stop_button': False}
            self._statement.node(thing)
        else:
            self._lists.drop(slot.thing)
            slot.thing = None
        self._state_slots(slot.track)
        return True

    def _state_slots(self, track):
        handles = [slot.thing.handle for slot in track.slots.values() if slot.thing is not None]
        if handles or 'slots' in track.lists:
            self._lists.replace(track, 'slots', handles)

    # what left

    def forget(self, slot):
        """A slot is dead (its scene or track went), or its track is."""
        if slot.token is not None:
            self._listeners.remove(slot.token)
            slot.token = None
        self._registry.forget_slot(slot)
        self.swept.discard(slot)
        if slot.track.slots is not None and slot.track.slots.get(slot.scene.handle) is slot:
            del slot.track.slots[slot.scene.handle]
        if slot.thing is not None:
            self._lists.drop(slot.thing)
            slot.thing = None

    def scene_dropped(self, scene, tracks):
        """The slots of a scene that is gone."""
        for track in tracks:
            slot = track.slots.get(scene.handle) if track.slots is not None else None
            if slot is not None:
                had_clip, had_thing = slot.clip is not None, slot.thing is not None
                self.forget(slot)
                if had_clip:
                    self._state_clips(track)
                if had_thing:
                    self._state_slots(track)

    def track_dropped(self, track):
        self._lists.leaving.extend(partial(self.forget, slot) for slot in (track.slots or {}).values())

    def follow(self, clip):
        """Where a living session clip says it lies now. True when that slot is known and was marked."""
        slot = self._registry.find_slot(read(clip.obj, 'canonical_parent'))
        if slot is None:
            return False
        self._dirty.mark(slot, 'clip', STRUCTURE)
        return True

    def is_settled(self, track):
        """All scenes have a slot here: a new scene was read through the scene, nothing is left to do."""
        return track.slots is not None and len(track.slots) == len(self._scenes())

    def _scenes(self):
        return self._hooks.song().lists.get('scenes', ())
