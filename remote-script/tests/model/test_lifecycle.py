import unittest

from .sets import make_set
from .world import World

from live_simulator.edits.pick import CannotPick


class LifecycleTest(unittest.TestCase):
    def test_disconnect(self):
        """[SCRIPT-56] After `disconnect` no listener and no timer is left; the hub was told; nothing was written."""
        world = World(make_set(6, 6))
        self.assertGreater(world.counters.listeners, 100)
        link, surface = world.link, world.surface
        world.close()
        self.assertEqual((world.counters.listeners, world.live.scheduler.timers), (0, 0))
        self.assertEqual((link.byes, link.is_closed), (['disconnect'], True))
        surface.update_display()
        surface.disconnect()
        self.assertEqual((world.counters.writes, world.counters.calls), ({}, {}))
        self.assertEqual(world.live.log.errors, [])

    def test_two_instances(self):
        """[SCRIPT-57] Of two instances at start the last wins; the older says `replaced` and keeps no listener."""
        from LiveTree import surface as module
        world = World(quiet=False)
        one = world.surface.run.listeners
        world.go(0.1)
        first = world.surface
        first.retire('replaced')
        self.assertEqual(one.count, 0)
        self.assertEqual(world.links[0].byes, ['replaced'])
        world.live.host.create()
        world.live.host.disconnect(first)
        world._applied = 0
        world.model.__init__()
        world.quiet()
        self.assertEqual(world.differences(), [])
        self.assertTrue(module.Surface)
        world.close()
        self.assertEqual(world.counters.listeners, 0)

    def test_song_changes(self):
        """[SCRIPT-58] Another song under a living instance: goodbye `set changed`, a new run, a whole new statement."""
        world = World()
        old = world.live.world.song
        world.live.world.faults.set('survive', 1.0)
        run, listeners = world.run, world.run.listeners
        from live_simulator.model.build import build
        build(world.live.world, make_set(3, 3))
        world.go(0.1)
        self.assertIsNot(world.live.world.song, old)
        self.assertIsNot(world.run, run)
        self.assertEqual(world.link.byes, ['set changed'])
        self.assertEqual(len(world.link.runs), 1)
        self.assertEqual(listeners.count, 0)
        world._applied = next(i for i, frame in enumerate(world.link.frames) if frame['run'] == world.link.run)
        world.model.__init__()
        world.quiet()
        self.assertEqual(world.differences(), [])
        world.close()

    def test_realtime_switch(self):
        """[SCRIPT-59] Real time off takes the listeners off in slices; on again it is a new run with everything."""
        world = World(make_set(10, 10))
        world.link.realtime = False
        world.link.inbox.append(('configure', {'realtime': False}))
        counts = [world.counters.listeners]
        while world.counters.listeners and len(counts) < 50:
            world.go(0.011)
            counts.append(world.counters.listeners)
        self.assertEqual(world.link.byes, ['realtime off'])
        self.assertGreater(len(set(counts)), 3)
        self.assertEqual(counts[-1], 0)
        self.assertIsNone(world.run)
        world.link.realtime = True
        world.link.inbox.append(('configure', {'realtime': True}))
        world.go(1.1)
        world._applied = next(i for i, frame in enumerate(world.link.frames) if frame['run'] == world.link.run)
        world.model.__init__()
        world.quiet()
        self.assertEqual(world.differences(), [])
        world.close()

    def test_idle_while_off(self):
        """[RUN-6] While real time is off the script looks twice a second; it hears within half a second that it is on."""
        world = World()
        self.addCleanup(world.close)
        world.link.realtime = False
        world.surface.set_realtime(False)
        world.go(1.0)
        self.assertEqual(world.counters.listeners, 0)
        begun, beats = world.surface.self_report()['pumps'], len(world.link.beats)
        world.live.cost.begin()
        world.go(20.0)
        self.assertLessEqual(world.live.cost.end()['pump']['count'], 41)
        self.assertLessEqual(world.surface.self_report()['pumps'] - begun, 41)
        self.assertGreaterEqual(len(world.link.beats) - beats, 18)
        world.surface.pace.timer.stop()  # as after an exception: the tick watches over the slow timer, too
        world.go(1.2)
        self.assertTrue(world.surface.pace.timer.running)
        world.link.realtime = True
        world.link.inbox.append(('configure', {'realtime': True}))
        world.go(0.6)
        self.assertGreater(world.counters.listeners, 0)
        begun = world.surface.self_report()['pumps']
        world.go(1.0)
        self.assertGreater(world.surface.self_report()['pumps'] - begun, 80)

    def test_realtime_switch_at_the_port(self):
        """[SCRIPT-59] The switch at port 9001 is told to the hub, until its welcome says the same."""
        world = World()
        world.surface.choose_realtime(False)
        self.assertEqual(world.link.told_realtime, [False])
        world.surface._hear('connected', {'realtime': True})  # a hub that has not heard it
        self.assertEqual(world.link.told_realtime, [False, False])
        self.assertFalse(world.surface.is_realtime)
        world.surface._hear('configure', {'realtime': False})
        world.surface._hear('connected', {'realtime': True})  # turned on meanwhile, at the hub
        self.assertEqual(world.link.told_realtime, [False, False])
        self.assertTrue(world.surface.is_realtime)
        world.close()

    def test_watchdog(self):
        """[SCRIPT-60] A timer that stopped is started again by `update_display`."""
        world = World()
        world.surface.pace.timer.stop()
        world.edit('rename_track')
        world.go(0.25)
        self.assertTrue(world.surface.pace.timer.running)
        world.quiet()
        self.assertEqual(world.differences(), [])
        world.close()

    def test_exceptions(self):
        """[SCRIPT-61] An exception anywhere is counted, logged once for its place, and stops nothing else."""
        world = World()
        reader = world.run.reader
        read = reader.read_aspect

        def broken(thing, name):
            if name == 'color':
                raise ValueError('planted')
            return read(thing, name)

        reader.read_aspect = broken
        for _ in range(3):
            world.edit('color_track')
            world.edit('rename_track')
            world.quiet()
        report = world.surface.self_report()
        self.assertEqual(report['errorPlaces'], {'reading color of track': 3})
        self.assertEqual(len([line for line in world.live.log.errors if 'reading color' in line]), 1)
        self.assertEqual(world.differences([('track', 'color'), ('track', 'color_index')]), [])
        self.assertEqual(world.counters.timer_exceptions, 0)
        world.close()

    def test_says_so(self):
        """[SCRIPT-62] On connecting it says so in Live's status bar."""
        world = World()
        self.assertEqual(world.live.host.messages, ['LiveTree: connected'])
        world.close()


class SnapshotTest(unittest.TestCase):
    def setUp(self):
        self.world = World(make_set(8, 8)).mute_sweep()
        self.addCleanup(self.world.close)

    def test_start_over(self):
        """[SCRIPT-63] A hub that starts over gets everything again from the shadow, without a read of Live."""
        self.world.go(1.5)
        reads = self.world.counters.reads
        start = len(self.world.link.frames)
        self.world.link.inbox.append(('start_over', {}))
        self.world.quiet()
        used = self.world.counters.reads - reads
        frames = self.world.link.frames[start:]
        self.assertEqual([f['begin'] for f in frames if 'begin' in f], [[1]])
        self.assertEqual([f['end'] for f in frames if 'end' in f], [[1]])
        self.assertEqual(frames[0]['begin'], [1])
        self.assertGreater(len(frames), 1)
        self.world.model.__init__()
        for frame in frames:
            self.world.model.apply(frame)
        self.assertEqual(self.world.differences(), [])
        self.assertLess(used, 60)  # the song and its path, looked at now and then

    def test_edits_meanwhile(self):
        """[SCRIPT-64] What moves during a snapshot is in it: nothing that lives is unstated at its end."""
        for seed in range(4):
            start = len(self.world.link.frames)
            self.world.link.inbox.append(('start_over', {}))
            for name in ('move_device', 'move_track', 'group_devices', 'move_clip', 'duplicate_track', 'delete_track'):
                try:
                    self.world.edit(name)
                except CannotPick:
                    continue  # nothing there to do it with
                self.world.go(0.011)
            self.world.quiet()
            frames = self.world.link.frames[start:]
            begin = next(i for i, f in enumerate(frames) if 'begin' in f)
            stated = set(int(h) for f in frames[begin:] for h in f.get('nodes', {}))
            self.assertEqual(self.world.differences(), [])
            self.assertEqual(set(self.world.model.props) - stated, set(), seed)

    def test_resync(self):
        """[SCRIPT-65] One subtree is stated again between `begin` and `end` of its handle."""
        track = self.world.handle('track', 'Track 0')
        start = len(self.world.link.frames)
        self.world.link.inbox.append(('resync', {'handle': track, 'reason': 'test'}))
        self.world.quiet()
        frames = self.world.link.frames[start:]
        self.assertEqual(frames[0]['begin'], [track])
        self.assertEqual(frames[-1]['end'], [track])
        stated = set(int(h) for f in frames for h in f.get('nodes', {}))
        self.assertIn(track, stated)
        self.assertNotIn(1, stated)
        self.assertLess(len(stated), len(self.world.model.props) // 4)

    def test_barrier(self):
        """[SCRIPT-66] A barrier is answered when all that was dirty is stated, and hurries the sweep."""
        self.world.run.sweep.is_on = True
        self.world.edit('rename_track')
        self.world.link.inbox.append(('barrier', {'id': 7}))
        start = len(self.world.link.frames)
        self.world.quiet()
        frames = self.world.link.frames[start:]
        answer = next(i for i, f in enumerate(frames) if f.get('barrier') == [7])
        rename = next(i for i, f in enumerate(frames) if any(n[0] == 'track_renamed' for n in f.get('names', [])))
        self.assertLessEqual(rename, answer)
        self.assertEqual(self.world.run.sweep.rounds, 1)


    def test_barrier_reads(self):
        """[SCRIPT-170] Things that a barrier names are read again from Live before its answer: a missed event is a mismatch."""
        run = self.world.run
        run.audit.is_on = False
        faults = self.world.live.world.faults
        faults.set('lost', 1.0)
        self.world.edit('rename_track', track={'index': 0}, name='Nobody was told')
        self.world.go(0.2)
        faults.set('lost', 0.0)
        track = run.song.lists['tracks'][0]
        start = len(self.world.link.frames)
        self.world.link.inbox.append(('barrier', {'id': 8}))
        self.world.quiet()
        self.assertFalse(any('mismatch' in frame for frame in self.world.link.frames[start:]))
        self.world.link.inbox.append(('barrier', {'id': 9, 'read': [track, 999999]}))
        self.world.quiet()
        frames = self.world.link.frames[start:]
        answer = next(i for i, f in enumerate(frames) if f.get('barrier') == [9])
        found = next(i for i, f in enumerate(frames) if f.get('mismatch') == [[track, 'name']])
        self.assertLessEqual(found, answer)
        self.assertEqual(frames[found]['sets'][str(track)]['name'], 'Nobody was told')
        self.assertFalse(run.audit.is_asked())


class AuditTest(unittest.TestCase):
    def test_lost_notification(self):
        """[SCRIPT-67] A change that Live never told of is found by the audit, stated as a mismatch, and counted."""
        world = World()
        self.addCleanup(world.close)
        world.live.world.faults.set('lost', 1.0)
        world.edit('rename_track')
        world.go(0.2)
        world.live.world.faults.set('lost', 0.0)
        self.assertEqual(len(world.apply().differences()), 1)
        world.go(30.0)
        world.quiet()
        self.assertEqual(world.differences(), [])
        self.assertEqual(dict(world.run.audit.mismatches), {'track.name': 1})
        self.assertEqual([f['mismatch'][0][1] for f in world.link.frames if 'mismatch' in f], ['name'])

    def test_hash(self):
        """[SCRIPT-68] The hash of a thing is that of everything stated of it up to this frame."""
        from LiveTree.wire.canonical import node_hash
        world = World()
        self.addCleanup(world.close)
        for step in range(12):
            world.edit(('rename_track', 'mute_track', 'move_device', 'set_parameter')[step % 4])
            world.go(1.0)
        world.go(25.0)
        world.model.__init__()
        checked = 0
        for frame in world.link.frames:
            world.model.apply(frame)
            for handle, said in frame.get('audit', {}).items():
                model, handle = world.model, int(handle)
                self.assertEqual(
                    node_hash(model.kinds[handle], model.props[handle], model.lists.get(handle, {})), said, handle)
                checked += 1
        self.assertGreater(checked, 40)


if __name__ == '__main__':
    unittest.main()
