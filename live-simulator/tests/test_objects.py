"""Lifetime, identity, rights to read (docs/live-api.md, sections 5 and 6)."""
from support import Case, live, song_of

from live_simulator.surface.errors import ArgumentError


class Wrappers(Case):
    def test_new_wrapper(self):
        """[SIM-12] Every access makes a new wrapper; wrappers are equal by object and share _live_ptr."""
        one, other = self.song.tracks[0], self.song.tracks[0]
        self.assertIsNot(one, other)
        self.assertEqual(one, other)
        self.assertFalse(one != other)
        self.assertNotEqual(one, self.song.tracks[1])
        self.assertEqual(one._live_ptr, other._live_ptr)
        self.assertNotEqual(hash(one), hash(other))

    def test_death(self):
        """[SIM-13] After deletion == None becomes true, is None stays false, and the wrapper is false."""
        track = self.song.tracks[0]
        self.assertTrue(track)
        self.assertTrue(track != None)  # noqa: E711
        self.edit('delete_track', track={'index': 0})
        self.assertTrue(track == None)  # noqa: E711
        self.assertIsNotNone(track)
        self.assertFalse(track)

    def test_dead_reads(self):
        """[SIM-14] Anything asked of a dead object, or of what it owned, raises ArgumentError."""
        track = self.song.tracks[0]
        device, volume, clip = track.devices[0], track.mixer_device.volume, track.clip_slots[0].clip
        self.edit('delete_track', track={'index': 0})
        for call in (lambda: track.name, lambda: track._live_ptr, lambda: device.parameters, lambda: volume.value,
                     lambda: clip.get_all_notes_extended(), lambda: setattr(track, 'name', 'x'),
                     lambda: track.add_name_listener(lambda: None)):
            self.assertRaises(ArgumentError, call)

    def test_dead_remove(self):
        """[SIM-15] Removing a listener from a dead object raises RuntimeError; its listeners are never called again."""
        track = self.song.tracks[0]
        callback, made = self.calls()
        track.add_name_listener(callback)
        self.edit('delete_track', track={'index': 0})
        with self.assertRaisesRegex(RuntimeError, 'Observer not connected'):
            track.remove_name_listener(callback)
        self.assertEqual((made, self.world.counters.listeners), ([], 0))

    def test_stays_through_moves(self):
        """[SIM-16] A moved or renamed object stays the same: pointer, wrapper and listeners."""
        track = self.song.tracks[0]
        pointer = track._live_ptr
        callback, made = self.calls()
        track.add_color_listener(callback)
        self.edit('move_track', track={'index': 0}, index=2)
        self.edit('rename_track', track={'index': 2}, name='Moved')
        self.assertEqual((self.song.tracks[2]._live_ptr, track.name), (pointer, 'Moved'))
        self.edit('color_track', track={'index': 2}, color_index=5)
        self.assertEqual(made, [()])

    def test_device_moves(self):
        """[SIM-17] A device moved to another track stays the same and has another canonical_parent."""
        device = self.song.tracks[0].devices[0]
        to = self.world.song.kids['tracks'][1].uid
        uid = self.world.song.kids['tracks'][0].kids['devices'][0].uid
        self.edit('move_device', device=uid, to=to, index=0)
        self.assertEqual(device.canonical_parent, self.song.tracks[1])
        self.assertEqual(self.song.tracks[1].devices[0], device)
        self.assertEqual(len(self.song.tracks[0].devices), 0)

    def test_snapshots(self):
        """[SIM-18] Lists are fresh snapshots, no live views."""
        tracks = self.song.tracks
        before = len(tracks)
        self.edit('add_midi_track')
        self.assertEqual((len(tracks), len(self.song.tracks)), (before, before + 1))
        self.assertFalse(isinstance(tracks, list))
        self.assertEqual(len(tracks[1:3]), 2)

    def test_undo_gives_new_objects(self):
        """[SIM-19] Undoing a deletion brings new objects with new pointers; the old ones stay dead."""
        for name, get in (('delete_track', lambda: self.song.tracks[0]),
                          ('delete_scene', lambda: self.song.scenes[0])):
            old = get()
            pointer, title = old._live_ptr, self.live.truth()
            self.edit(name, **{name.split('_')[1]: {'index': 0}})
            self.edit('undo')
            self.assertTrue(old == None)  # noqa: E711
            self.assertNotEqual(get()._live_ptr, pointer)
            self.assertEqual(self.live.truth(), title)

    def test_undo_of_warping(self):
        """[SIM-20] Undoing a change of warping kills the clip's proxy; the clip in the slot is a new one."""
        clip = self.world.song.kids['tracks'][1].kids['slots']
        held = next(iter(clip.values())).kids['clip']
        wrapper = self.song.tracks[1].clip_slots[1].clip
        self.edit('sound_of_clip', clip=held.uid, member='warping', value=False)
        self.edit('undo')
        self.assertTrue(wrapper == None)  # noqa: E711
        self.assertTrue(self.song.tracks[1].clip_slots[1].clip.warping)

    def test_parents(self):
        """[SIM-21] canonical_parent walks up to the song, whose parent is None."""
        track = self.song.tracks[0]
        slot = track.clip_slots[0]
        self.assertEqual(slot.clip.canonical_parent, slot)
        self.assertEqual(slot.canonical_parent, track)
        self.assertEqual(track.devices[0].parameters[0].canonical_parent, track.devices[0])
        self.assertEqual(track.mixer_device.volume.canonical_parent.canonical_parent, track)
        self.assertEqual(track.canonical_parent, self.song)
        self.assertIsNone(self.song.canonical_parent)

    def test_scene_slots(self):
        """[SIM-22] The slots of a scene are the very slots of the tracks in that row."""
        for row, scene in enumerate(self.song.scenes):
            for column, slot in enumerate(scene.clip_slots):
                self.assertEqual(slot, self.song.tracks[column].clip_slots[row])


class Pointers(Case):
    faults = 'none,reuse=1'

    def test_reuse(self):
        """[SIM-23] With `reuse`, a new object may get the pointer of a dead one and still is another object."""
        old = self.song.scenes[0]
        pointers = {self.song.scenes[0]._live_ptr}
        self.edit('delete_scene', scene={'index': 0})
        made = [self.edit('add_scene') for _ in range(30)]
        self.assertEqual(len(made), 30)
        self.assertTrue(pointers & {s._live_ptr for s in self.song.scenes} or self.world.free_ptrs)
        ptrs = [s._live_ptr for s in self.song.scenes]
        self.assertEqual(len(ptrs), len(set(ptrs)))
        self.assertTrue(all(old != s for s in self.song.scenes))


class Raising(Case):
    def raises(self, *calls):
        for call in calls:
            self.assertRaises(RuntimeError, call)

    def test_tracks(self):
        """[SIM-24] Members raise by kind of track, on reading, writing and listening (docs/live-api.md, 6.2)."""
        main, back, track = self.song.master_track, self.song.return_tracks[0], self.song.tracks[0]
        self.raises(lambda: main.mute, lambda: main.solo, lambda: main.arm, lambda: back.arm,
                    lambda: track.fold_state, lambda: main.output_routing_type, lambda: back.input_routing_type,
                    lambda: back.current_monitoring_state, lambda: main.playing_slot_index,
                    lambda: back.fired_slot_index, lambda: main.mixer_device.crossfade_assign,
                    lambda: track.mixer_device.cue_volume, lambda: back.mixer_device.song_tempo,
                    lambda: setattr(main, 'mute', True), lambda: main.add_mute_listener(lambda: None),
                    lambda: back.add_arm_listener(lambda: None))
        self.assertEqual((len(main.clip_slots), len(back.clip_slots), len(back.arrangement_clips)), (0, 0, 0))
        self.assertEqual(main.mixer_device.cue_volume.value, 0.85)

    def test_groups(self):
        """[SIM-25] Group tracks fold, cannot be armed, and have group slots without clips."""
        self.edit('group_tracks', track={'index': 0}, count=2)
        group = self.song.tracks[0]
        self.assertTrue(group.is_foldable and not group.can_be_armed and not group.fold_state)
        slots = group.clip_slots
        self.assertEqual(len(slots), len(self.song.scenes))
        self.assertTrue(slots[0].is_group_slot and slots[0].clip is None and slots[0].controls_other_clips)
        self.assertEqual([t.group_track == group for t in self.song.tracks], [False, True, True, False, False])
        group.fold_state = True
        self.assertEqual([t.is_visible for t in self.song.tracks], [True, False, False, True, True])
        self.assertEqual(len(self.song.visible_tracks), 3)

    def test_devices(self):
        """[SIM-26] Chains belong to racks and pads to drum racks; a nested drum rack has no pads."""
        to = self.world.song.kids['tracks'][0].uid
        rack = self.edit('add_device', class_name='DrumGroupDevice', to=to, index=0, filled=False)
        chain = self.edit('add_chain', device=rack['uid'], note=40)
        inner = self.edit('add_device', class_name='DrumGroupDevice', to=chain['uid'], filled=False)
        drum = self.song.tracks[0].devices[0]
        self.assertEqual((len(drum.drum_pads), len(drum.visible_drum_pads)), (128, 16))
        self.assertEqual(list(drum.drum_pads[40].chains), [drum.chains[0]])
        self.assertEqual(len(drum.chains[0].devices[-1].drum_pads), 0)
        self.assertIsNotNone(inner)
        simple = self.song.tracks[0].devices[1]
        self.assertFalse(simple.can_have_chains)
        self.assertRaises(AttributeError, lambda: simple.chains)
        plain = self.edit('add_device', class_name='AudioEffectGroupDevice', to=to, index=0)
        self.assertIsNotNone(plain)
        self.raises(lambda: self.song.tracks[0].devices[0].drum_pads,
                    lambda: self.song.tracks[0].devices[0].add_has_drum_pads_listener(lambda: None))

    def test_clips(self):
        """[SIM-27] Audio members raise on MIDI clips and notes on audio clips."""
        midi, audio = self.song.tracks[0].clip_slots[0].clip, self.song.tracks[1].clip_slots[1].clip
        self.raises(lambda: midi.warping, lambda: midi.file_path, lambda: midi.add_gain_listener(lambda: None),
                    lambda: audio.get_all_notes_extended(), lambda: audio.add_notes_listener(lambda: None))
        self.assertEqual(len(midi.get_all_notes_extended()), 4)
        self.assertEqual([n.pitch for n in midi.get_notes_extended(60, 2, 0.0, 16.0)], [60, 61])
        self.assertTrue(audio.warping)

    def test_parameters(self):
        """[SIM-28] value_items belong to quantised parameters, default_value to the others."""
        on, wet = self.song.tracks[0].devices[0].parameters[0:2]
        self.assertEqual(list(on.value_items), ['Off', 'On'])
        self.raises(lambda: wet.value_items, lambda: on.default_value, lambda: setattr(wet, 'value', 7.0))

    def test_configured_plugin(self):
        """[SIM-102] The list of parameters of a plug-in changes while it is configured, and is told."""
        plugin = self.song.return_tracks[0].devices[1]
        callback, made = self.calls()
        plugin.add_parameters_listener(callback)
        before = len(plugin.parameters)
        for more in (True, False):
            self.edit('configure_plugin', more=more)
        self.assertEqual((len(plugin.parameters), len(made)), (before, 2))

    def test_pads_before_in_note(self):
        """[SIM-29] Before 12.3 a chain does not tell its note: only the pads do, and only they are told of a change."""
        made = live('12.0.5')
        to = made.world.song.kids['tracks'][0].uid
        rack = made.edit('add_device', class_name='DrumGroupDevice', to=to, index=0, filled=False)
        chain = made.edit('add_chain', device=rack['uid'], note=40)
        drum = song_of(made).tracks[0].devices[0]
        self.assertFalse(hasattr(drum.chains[0], 'in_note'))
        told = []
        drum.drum_pads[41].add_chains_listener(lambda: told.append(41))
        made.edit('note_of_chain', chain=chain['uid'], note=41)
        self.assertEqual((told, len(drum.drum_pads[41].chains)), ([41], 1))
