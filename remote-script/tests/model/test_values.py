import unittest

from .world import World


class ValuesTest(unittest.TestCase):
    def setUp(self):
        self.world = World().mute_sweep()
        self.addCleanup(self.world.close)
        self.track = next(obj for obj in self.world.objects('Track') if obj.v.get('name') == 'Keys 0')
        self.handle = self.world.handle('track', 'Keys 0')
        self.start = len(self.world.link.frames)

    def fader(self, value):
        """Moves the fader as a hand does."""
        live = self.world.live.world
        live.set(self.track.kids['mixer_device'].kids['volume'], 'value', value, undo=False)
        live.notifier.flush()

    def ride(self, seconds):
        """Moves it every 10 ms; the values moved to."""
        values = [0.3 + 0.0001 * step for step in range(int(seconds * 100))]
        for value in values:
            self.fader(value)
            self.world.go(0.01)
        return values

    def told(self):
        frames = self.world.link.frames[self.start:]
        stated = [frame.get('sets', {}).get(str(self.handle), {}) for frame in frames]
        return [props['volume'] for props in stated if 'volume' in props]

    def acts(self):
        return [act for frame in self.world.link.frames[self.start:] for act in frame.get('acts', [])]

    def moving(self):
        return [value for key, handle, value in self.world.link.ephemeral if key == 'motion' and handle == self.handle]

    def test_ride(self):
        """[SCRIPT-49] A ride is told at once, at most 20 times a second, its last value too; at rest it is one act."""
        before = self.track.kids['mixer_device'].kids['volume'].v['value']
        values = self.ride(1.0)
        self.world.go(0.2)
        told = self.told()
        self.assertEqual(told[0], values[0])
        self.assertEqual(told[-1], values[-1])
        self.assertLessEqual(len(told), 22)
        self.assertGreaterEqual(len(told), 10)
        self.assertEqual(self.acts(), [])
        self.world.go(0.5)
        self.assertEqual(self.acts(), [[self.handle, 'volume', before, values[-1]]])

    def test_automation(self):
        """[SCRIPT-50] What automation moves is ephemeral: no frame; it is stated again when automation lets go."""
        volume = self.track.kids['mixer_device'].kids['volume']
        live = self.world.live.world
        live.set(volume, 'automation_state', 1, undo=False)
        live.notifier.flush()
        self.ride(0.5)
        self.assertEqual(self.told(), [])
        self.assertGreater(len(self.moving()), 3)
        self.world.go(1.0)
        self.assertEqual((self.told(), self.acts()), ([], []))
        live.set(volume, 'automation_state', 0, undo=False)
        live.notifier.flush()
        self.world.quiet()
        self.assertEqual(len(self.told()), 1)
        self.assertEqual(self.world.differences(), [])

    def test_restless(self):
        """[SCRIPT-51] What goes on changing for over 2 s of playback is ephemeral until it rests, then one act."""
        self.world.edit('play')
        self.world.go(0.5)
        self.start = len(self.world.link.frames)
        self.ride(4.0)
        told = self.told()
        self.assertLessEqual(len(told), 45)
        self.assertGreater(len(self.moving()), 20)
        self.world.go(0.7)
        self.assertEqual(len(self.told()), len(told) + 1)
        self.assertEqual(len(self.acts()), 1)
        self.assertIsNone(self.moving()[-1])

    def test_observed_parameters(self):
        """[SCRIPT-52] A parameter has listeners and Live's text while observed or selected, none otherwise."""
        device = next(h for h, kind in self.world.model.kinds.items() if kind == 'device')
        listeners = self.world.counters.listeners
        self.world.link.inbox.append(('observe', {'handle': device, 'facet': 'parameters'}))
        self.world.quiet()
        self.assertGreater(self.world.counters.listeners, listeners)
        knob = self.world.model.lists[device]['parameters'][1]
        self.assertIsInstance(self.world.model.props[knob]['text'], str)
        parameter = self.world.live.world.by_uid[self.uid_of(knob)]
        self.world.live.world.set(parameter, 'value', 0.25, undo=False)
        self.world.live.world.notifier.flush()
        self.world.quiet()
        self.assertEqual(self.world.model.props[knob]['value'], 0.25)
        self.world.link.inbox.append(('unobserve', {'handle': device, 'facet': 'parameters'}))
        self.world.quiet()
        self.assertEqual(self.world.counters.listeners, listeners)

    def uid_of(self, handle):
        return self.world.run.registry.by_handle[handle].obj._o.uid

    def test_sweep(self):
        """[SCRIPT-53] A parameter nobody looks at is found by the sweep and stated as seen by it."""
        self.world.run.sweep.is_on = True
        device = [h for h, k in self.world.model.kinds.items() if k == 'device'][-1]
        knob = self.world.model.lists[device]['parameters'][1]
        parameter = self.world.live.world.by_uid[self.uid_of(knob)]
        self.world.live.world.set(parameter, 'value', 0.125, undo=False)
        self.world.live.world.notifier.flush()
        self.world.go(6.0).apply()
        self.assertEqual(self.world.model.props[knob]['value'], 0.125)
        frames = self.world.link.frames[self.start:]
        seen = [frame for frame in frames if frame.get('seen', {}).get(str(knob)) == 'sweep']
        self.assertEqual(len(seen), 1)

    def test_scene_tempo(self):
        """[SCRIPT-302] What this Live has no event for (11.0: a scene's tempo) is found by the sweep, no mismatch."""
        world = World(profile='11.0.0')
        self.addCleanup(world.close)
        scene = world.objects('Scene')[0]
        world.edit('tempo_of_scene', scene=scene.uid, tempo=77.0)
        world.go(30.0).quiet()
        told = [sets for frame in world.link.frames for sets in frame.get('sets', {}).values() if 'tempo' in sets]
        self.assertEqual([each['tempo'] for each in told], [77.0])
        self.assertEqual(dict(world.run.audit.mismatches), {})

    def test_drum_rack_moves(self):
        """[SCRIPT-306] A drum rack that moves into a rack loses the notes of its chains before 12.3, and gets them back."""
        world = World(profile='12.0.5')
        self.addCleanup(world.close)
        track = world.objects('Track')[0].uid
        rack = world.edit('add_device', class_name='DrumGroupDevice', to=track, filled=True)['uid']
        outer = world.edit('add_device', class_name='InstrumentGroupDevice', to=track, filled=True)['uid']
        inside = world.live.world.by_uid[outer].kids['chains'][0].uid
        world.quiet()

        def notes():
            chains = [each for each in world.run.registry.by_handle.values() if each.kind == 'chain']
            return [each.props.get('in_note') for each in chains if each.parent.obj._o.uid == rack]

        first = notes()
        self.assertNotIn(None, first)
        for target, wanted in ((inside, [None] * len(first)), (track, first)):
            world.edit('move_device', device=rack, to=target)
            world.quiet()
            self.assertEqual(notes(), wanted)

    def test_unknown_selection(self):
        """[SCRIPT-303] A selected thing that the script cannot know is looked for so often, then no more."""
        world = World(profile='11.3.43').mute_sweep()
        self.addCleanup(world.close)
        song = world.run.song
        looks = []
        world.run.view.selection = lambda song: looks.append(song) and False
        world.run.dirty.mark(song, 'selection', 1)
        world.go(10.0)
        self.assertGreater(len(looks), 3)
        self.assertLess(len(looks), 15)
        self.assertTrue(world.surface.is_quiet())

    def test_playing(self):
        """[SCRIPT-54] Transport, playing clips and selection are ephemeral: no frame tells of them."""
        self.world.edit('launch_clip')
        self.world.edit('select_scene')
        self.world.go(3.0)
        keys = set(key for key, _, _ in self.world.link.ephemeral)
        self.assertTrue({'transport', 'selection', 'view', 'playing_clip'} <= keys, keys)
        self.assertEqual([f for f in self.world.link.frames[self.start:] if set(f) - {'time', 'run', 'seq'}], [])

    def test_notes(self):
        """[SCRIPT-55] That notes changed is always counted; the notes are stated while somebody observes them."""
        clip = self.world.handle('clip', 'Clip 0')
        self.world.edit('add_notes', clip=self.uid_of(clip))
        self.world.quiet()
        self.assertEqual(self.world.model.props[clip]['notes_changes'], 1)
        self.assertNotIn('notes', self.world.model.props[clip])
        self.world.link.inbox.append(('observe', {'handle': clip, 'facet': 'notes'}))
        self.world.quiet()
        count = len(self.world.model.props[clip]['notes'])
        self.world.edit('add_notes', clip=self.uid_of(clip))
        self.world.quiet()
        self.assertGreater(len(self.world.model.props[clip]['notes']), count)

    def test_kept_notes(self):
        """[KEEP-5] Notes that are to be kept are stated once, without listeners; of more than 500 the number."""
        clip = self.world.handle('clip', 'Clip 0')
        listeners = self.world.run.listeners.count

        def kept():
            self.world.link.inbox.append(('observe', {'handle': clip, 'facet': 'keptNotes'}))
            self.world.quiet()
            self.assertEqual(self.world.run.listeners.count, listeners)
            self.world.link.inbox.append(('unobserve', {'handle': clip, 'facet': 'keptNotes'}))
            self.world.quiet()
            return self.world.model.props[clip]['notes']

        self.world.edit('add_notes', clip=self.uid_of(clip))
        first = len(kept())
        self.world.edit('add_notes', clip=self.uid_of(clip))
        self.world.quiet()
        self.assertEqual(len(self.world.model.props[clip]['notes']), first)
        self.assertGreater(len(kept()), first)
        some = [{'pitch': 60, 'start_time': float(at), 'duration': 0.5, 'velocity': 90.0} for at in range(501)]
        self.world.edit('add_notes', clip=self.uid_of(clip), notes=some)
        self.assertGreater(kept(), 500)

    def test_age_of_the_sweep(self):
        """[KEEP-6] The age of the oldest value that only the sweep reads counts clips, read every fourth round."""
        sweep = self.world.run.sweep
        sweep.is_on = True
        sweep.hurry()
        self.world.quiet()
        young = sweep.oldest()
        self.assertLessEqual(young, sweep.age())
        self.world.go(8.0)
        self.assertGreater(sweep.oldest(), sweep.age() + 2.0)
        self.assertLess(sweep.oldest(), young + 8.0)
        self.assertEqual(self.world.surface.self_report()['stats']['setAside'], 0)


if __name__ == '__main__':
    unittest.main()
