"""Listeners and what may be done in them (docs/live-api.md, section 4)."""
import gc

from support import Case, live, song_of

from live_simulator.surface.errors import ArgumentError


class Listeners(Case):
    def test_no_call_on_add(self):
        """[SIM-30] Adding a listener calls nobody; a callback gets no arguments."""
        callback, made = self.calls()
        self.song.add_tempo_listener(callback)
        self.assertEqual(made, [])
        self.edit('set_tempo', tempo=99.0)
        self.assertEqual(made, [()])

    def test_double_add(self):
        """[SIM-31] A second add and an unknown remove raise RuntimeError with Live's words."""
        callback, _ = self.calls()
        self.song.add_tempo_listener(callback)
        self.assertTrue(self.song.tempo_has_listener(callback))
        with self.assertRaisesRegex(RuntimeError, 'Observer already connected'):
            self.song.add_tempo_listener(callback)
        self.song.remove_tempo_listener(callback)
        with self.assertRaisesRegex(RuntimeError, 'Observer not connected'):
            self.song.remove_tempo_listener(callback)
        self.assertFalse(self.song.tempo_has_listener(callback))

    def test_bound_methods(self):
        """[SIM-32] Bound methods compare by equality; their owner is held weakly."""
        class Owner(object):
            calls = 0

            def hear(self):
                Owner.calls += 1

        owner = Owner()
        self.song.add_tempo_listener(owner.hear)
        self.assertRaises(RuntimeError, self.song.add_tempo_listener, owner.hear)
        self.edit('set_tempo', tempo=99.0)
        self.assertEqual(Owner.calls, 1)
        self.assertEqual(self.world.counters.listeners, 1)
        del owner
        gc.collect()
        self.edit('set_tempo', tempo=98.0)
        self.assertEqual(Owner.calls, 1)

    def test_exceptions(self):
        """[SIM-33] An exception in a callback is logged and counted; the others are called and the edit goes on."""
        def broken():
            raise ValueError('broken on purpose')
        callback, made = self.calls()
        self.song.add_tempo_listener(broken)
        self.song.add_tempo_listener(callback)
        self.edit('set_tempo', tempo=99.0)
        self.assertEqual((len(made), self.song.tempo, self.world.counters.callback_exceptions), (1, 99.0, 1))
        self.assertIn('broken on purpose', self.live.log.errors[0])

    def test_no_changes_inside(self):
        """[SIM-34] Writes and mutating calls inside a notification raise; reads and (un)subscribing are allowed."""
        seen = []
        track = self.song.tracks[0]

        def hear():
            for call in (lambda: setattr(track, 'name', 'x'), lambda: self.song.create_scene(-1),
                         lambda: self.song.undo()):
                try:
                    call()
                except RuntimeError as error:
                    seen.append(str(error))
            seen.append(self.song.tempo)
            track.add_name_listener(hear)
            self.song.remove_tempo_listener(hear)

        self.song.add_tempo_listener(hear)
        self.edit('set_tempo', tempo=99.0)
        self.assertEqual(len(seen), 4)
        self.assertTrue(all('Changes cannot be triggered by notifications' in text for text in seen[:3]))
        self.assertTrue(track.name_has_listener(hear) and not self.song.tempo_has_listener(hear))
        self.assertEqual(self.world.counters.refused_writes, 3)

    def test_view_visible(self):
        """[SIM-35] is_view_visible listeners name a view; other families take a callback alone."""
        import Live
        view = Live.Application.get_application().view
        callback, made = self.calls()
        view.add_is_view_visible_listener('Session', callback)
        self.assertRaises(ArgumentError, view.add_is_view_visible_listener, callback)
        self.assertRaises(ArgumentError, self.song.add_tempo_listener, 'Session', callback)
        self.edit('show_view')
        self.assertEqual(len(made), 1)

    def test_weak_listener_families(self):
        """[SIM-36] notes, playing_status and the other families without a property exist and fire."""
        clip = self.song.tracks[0].clip_slots[0].clip
        callback, made = self.calls()
        clip.add_notes_listener(callback)
        uid = self.world.song.kids['tracks'][0].kids['slots'][self.world.song.kids['scenes'][0].uid].kids['clip'].uid
        self.edit('add_notes', clip=uid)
        self.assertEqual(len(made), 1)
        self.assertFalse(hasattr(clip, 'notes'))


class SideEffects(Case):
    """What one gesture tells elsewhere (docs/live-api.md, 4.4)."""

    def heard(self, *pairs):
        """Names that were told since, as a sorted list; pairs of (object, event)."""
        self.told = []
        self.keep = []
        for label, obj, event in pairs:
            def hear(label=label):
                self.told.append(label)
            self.keep.append(hear)
            getattr(obj, 'add_%s_listener' % event)(hear)

    def test_scene(self):
        """[SIM-37] A new scene tells scenes once and clip_slots on every track."""
        self.heard(('song', self.song, 'scenes'), *[('t%d' % i, t, 'clip_slots')
                                                   for i, t in enumerate(self.song.tracks)])
        self.edit('add_scene')
        self.assertEqual(sorted(self.told), ['song', 't0', 't1', 't2', 't3'])

    def test_return(self):
        """[SIM-38] A new return tells return_tracks, and sends on every mixer."""
        self.heard(('song', self.song, 'return_tracks'), ('m', self.song.tracks[0].mixer_device, 'sends'),
                   ('r', self.song.return_tracks[0].mixer_device, 'sends'))
        self.edit('add_return')
        self.assertEqual(sorted(self.told), ['m', 'r', 'song'])
        self.assertEqual({len(t.mixer_device.sends) for t in list(self.song.tracks) + list(self.song.return_tracks)},
                         {2})
        self.assertEqual(len(self.song.master_track.mixer_device.sends), 0)

    def test_solo(self):
        """[SIM-39] Soloing tells muted_via_solo on all others."""
        self.heard(*[(i, t, 'muted_via_solo') for i, t in enumerate(self.song.tracks)])
        self.edit('solo_track', track={'index': 1}, on=True)
        self.assertEqual(sorted(set(self.told)), [0, 1, 2, 3])
        self.assertEqual([t.muted_via_solo for t in self.song.tracks], [True, False, True, True])

    def test_group(self):
        """[SIM-40] Grouping and folding tell visible_tracks; group_track itself has no listener."""
        self.heard(('visible', self.song, 'visible_tracks'), ('tracks', self.song, 'tracks'))
        self.edit('group_tracks', track={'index': 1}, count=2)
        self.assertIn('visible', self.told)
        del self.told[:]
        self.edit('fold_group', track={'index': 1}, folded=True)
        self.assertEqual(self.told, ['visible'])
        self.assertFalse(hasattr(self.song.tracks[0], 'add_group_track_listener'))

    def test_scene_tempo(self):
        """[SIM-41] A scene's tempo is -1 while disabled; writing it enables it, a signature with its partner at 4."""
        scene = self.song.scenes[0]
        self.assertEqual((scene.tempo, scene.time_signature_numerator), (-1.0, -1))
        scene.tempo = 140.0
        scene.time_signature_numerator = 3
        self.assertEqual((scene.tempo, scene.tempo_enabled), (140.0, True))
        self.assertEqual((scene.time_signature_numerator, scene.time_signature_denominator), (3, 4))

    def test_activity(self):
        """[SIM-42] Switching a rack off tells is_active on it and on all inside it."""
        track = self.world.song.kids['tracks'][0]
        rack = self.edit('add_device', class_name='InstrumentGroupDevice', to=track.uid, index=0, filled=True)
        outer = self.song.tracks[0].devices[0]
        inner = outer.chains[0].devices[0]
        self.heard(('outer', outer, 'is_active'), ('inner', inner, 'is_active'))
        self.edit('switch_device', device=rack['uid'], on=False)
        self.assertEqual(sorted(self.told), ['inner', 'outer'])
        self.assertFalse(inner.is_active or outer.is_active)
        self.assertEqual(inner.parameters[0].value, 1.0)

    def test_duplicate_selects(self):
        """[SIM-43] Duplicating a track selects the copy and unfolds a folded group around it."""
        self.edit('group_tracks', track={'index': 0}, count=2)
        self.edit('fold_group', track={'index': 0}, folded=True)
        self.edit('duplicate_track', track={'index': 1})
        self.assertEqual(self.song.view.selected_track, self.song.tracks[2])
        self.assertFalse(self.song.tracks[0].fold_state)


class Uncertain(Case):
    def order(self, seed, faults):
        made = live(seed=seed, faults=faults)
        song = song_of(made)
        told = []
        keep = []
        for index, track in enumerate(song.tracks):
            def hear(index=index):
                told.append(index)
            keep.append(hear)
            track.add_clip_slots_listener(hear)
        made.edit('add_scene', index=0)
        return told

    def test_order(self):
        """[SIM-44] The order of notifications is random, the same for the same seed, and straight when switched off."""
        orders = {tuple(self.order(seed, 'none,order')) for seed in range(12)}
        self.assertGreater(len(orders), 3)
        self.assertEqual(self.order(5, 'none,order'), self.order(5, 'none,order'))
        self.assertEqual(self.order(5, 'none'), [0, 1, 2, 3])

    def test_duplicates(self):
        """[SIM-45] With `duplicate` a listener may be called twice by one gesture."""
        self.assertEqual(sorted(self.order(1, 'none,duplicate=1')), [0, 0, 1, 1, 2, 2, 3, 3])

    def test_early_and_half(self):
        """[SIM-46] With `early` a list may be told of before it changes; with `half` in the middle of a gesture."""
        seen = set()
        for seed in range(20):
            made = live(seed=seed, faults='none,early=0.5,half=0.5')
            song = song_of(made)
            keep = []

            def hear():
                seen.add((len(song.return_tracks), len(song.tracks[0].mixer_device.sends)))

            keep.append(hear)
            song.add_return_tracks_listener(hear)
            song.tracks[0].mixer_device.add_sends_listener(hear)
            made.edit('add_return')
        self.assertIn((1, 1), seen)
        self.assertIn((2, 2), seen)
        self.assertTrue({(1, 2), (2, 1)} & seen)

    def test_silent_replacement(self):
        """[SIM-47] With `silent_replace` nobody hears that a clip was replaced in its slot; else has_clip tells."""
        for faults, calls in (('none', 1), ('none,silent_replace=1', 0)):
            made = live(faults=faults)
            slot = song_of(made).tracks[0].clip_slots[0]
            told = []

            def hear():
                told.append(1)

            slot.add_has_clip_listener(hear)
            old = slot.clip
            scenes = made.world.song.kids['scenes']
            made.edit('draw_clip', track={'index': 0}, scene=scenes[1].uid)
            clip = made.world.clip_at(made.world.song.kids['tracks'][0], scenes[1])
            made.edit('duplicate_clip', clip=clip.uid, scene=scenes[0].uid)
            self.assertEqual(len(told), calls)
            self.assertTrue(old == None)  # noqa: E711

    def test_failing(self):
        """[SIM-48] With `refuse` adding a listener may fail, with `reads` a read may raise; both are counted."""
        made = live(faults='none,refuse=1')
        self.assertRaises(RuntimeError, song_of(made).add_tempo_listener, lambda: None)
        self.assertEqual((made.world.counters.refused_listeners, made.world.counters.listeners), (1, 0))
        made = live()
        song = song_of(made)
        made.world.faults.set('reads', 1.0)
        self.assertRaises(RuntimeError, lambda: song.tempo)
        self.assertEqual(made.world.counters.failed_reads, 1)

    def test_unknown_switch(self):
        """[SIM-49] An unknown switch is refused by name."""
        self.assertRaises(KeyError, self.world.faults.parse, 'sunshine')
