"""Rows and slots: a slot is made when somebody asks for it, so a big Set costs nothing."""


class Session(object):
    """The part of the world that knows rows and slots; a slot is kept under the uid of its scene."""

    def row_of(self, scene_uid):
        """Index of a scene; -1 when it is gone."""
        if self.rows is None:
            self.rows = {scene.uid: index for index, scene in enumerate(self.song.kids['scenes'])}
        return self.rows.get(scene_uid, -1)

    def slot(self, track, scene):
        """The slot of a track in the row of a scene."""
        slots = track.kids['slots']
        found = slots.get(scene.uid)
        if found is None:
            found = self.make('ClipSlot', None, '', None, {'_scene': scene.uid, '_track': track.uid})
            found.parent, found.where = track, 'slots'
            slots[scene.uid] = found
        return found

    def name_slot(self, slot, uid=None):
        """The slot becomes a node of the description: it gets a uid of its own."""
        if slot.kind is None:
            self.by_uid.pop(slot.uid, None)
            slot.kind, slot.uid = 'slot', self.take_uid(uid)
            self.by_uid[slot.uid] = slot

    def slots_of(self, track):
        return [self.slot(track, scene) for scene in self.song.kids['scenes']]

    def has_slots(self, track):
        return track.role in ('audio', 'midi', 'group')

    def slot_again(self, slot):
        """The slot in the place of a dead one, or None when its track or scene is gone."""
        track, scene = self.by_uid.get(slot.v['_track']), self.by_uid.get(slot.v['_scene'])
        return None if track is None or scene is None else self.slot(track, scene)

    def clip_at(self, track, scene):
        slot = track.kids['slots'].get(scene.uid)
        return None if slot is None else slot.kids.get('clip')

    def pads_of(self, rack):
        """The 128 pads of a drum rack, made when asked for."""
        if 'drum_pads' not in rack.kids:
            pads = [self.make('DrumPad', None, '', None, {'note': note}) for note in range(128)]
            self.adopt_list(rack, 'drum_pads', pads)
        return rack.kids['drum_pads']

    @property
    def solo_count(self):
        """How many tracks and returns are soloed."""
        if self.soloed is None:
            song = self.song
            self.soloed = sum(1 for t in song.kids['tracks'] + song.kids['return_tracks'] if t.v.get('solo'))
        return self.soloed


def is_plain_slot(obj):
    """A slot as every new slot is."""
    return obj.lom == 'ClipSlot' and obj.kids.get('clip') is None and obj.v.get('has_stop_button', True)
