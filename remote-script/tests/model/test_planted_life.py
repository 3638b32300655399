import os
import tempfile
import unittest

from .world import World

import LiveTree


class LifeTest(unittest.TestCase):
    def make(self, *args, **options):
        world = World(*args, **options)
        self.addCleanup(world.close)
        return world


class TroublesTest(LifeTest):
    def test_exception_in_the_pump(self):
        """[SCRIPT-162] Whatever raises in a pump, Live's timer goes on, and so does the mirror."""
        world = self.make()
        pump = world.link.pump

        def broken(budget_seconds):
            raise RuntimeError('planted')

        world.link.pump = broken
        world.go(0.2)
        world.link.pump = pump
        self.assertEqual((world.counters.timer_exceptions, world.counters.tick_exceptions), (0, 0))
        self.assertTrue(world.surface.pace.timer.running)
        self.assertGreater(world.surface.self_report()['errorPlaces']['pump'], 5)
        world.edit('rename_track')
        world.quiet()
        self.assertEqual(world.differences(), [])

    def test_timer_that_refuses(self):
        """[SCRIPT-162] A timer that cannot be started again is no error of a tick: the tick pumps itself."""
        world = self.make()
        timer = world.surface.pace.timer
        timer.stop()
        timer.restart = None  # calling it raises
        world.edit('rename_track')
        world.go(1.0)
        self.assertEqual(world.counters.tick_exceptions, 0)
        self.assertEqual(world.apply().differences(), [])


class InstancesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        wanted = {'LIVETREE_PORTS': '1', 'LIVETREE_COMMAND_PORTS': '0', 'LIVETREE_SPOOL_DIR': self.folder.name}
        before = dict((name, os.environ.get(name)) for name in wanted)
        self.addCleanup(self.restore, before)
        os.environ.update(wanted)

    def restore(self, before):
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def test_create_instance(self):
        """[SCRIPT-163] `create_instance` asked twice: one instance has listeners, timer and sockets, the newest."""
        world = World(quiet=False)
        self.addCleanup(world.close)
        world.live.host.disconnect(world.surface)
        self.assertEqual((world.counters.listeners, world.live.scheduler.timers), (0, 0))
        world.live.host.package = LiveTree
        listeners = []
        for _ in range(3):
            self.assertIsNotNone(world.live.host.create())
            world.go(1.0)
            listeners.append(world.counters.listeners)
            self.assertEqual(world.live.scheduler.timers, 1)
        self.assertGreater(listeners[0], 20)
        self.assertEqual(listeners, listeners[:1] * 3)
        self.assertEqual([each.run is not None for each in world.live.host.instances], [False, False, True])
        self.assertEqual([each._commands.port is not None for each in world.live.host.instances], [False, False, True])
        world.live.host.disconnect_all()
        self.assertEqual((world.counters.listeners, world.live.scheduler.timers), (0, 0))


class HubTest(LifeTest):
    def test_save_as(self):
        """[SCRIPT-164] Save As is noticed within a second: the heartbeat has the new name and path."""
        world = self.make()
        world.live.world.file_path = '/sets/Other.als'
        world.go(1.2)
        beat = world.link.beats[-1]
        self.assertEqual((beat['setName'], beat['setPath']), ('Other', '/sets/Other.als'))
        self.assertEqual(world.link.hello()['setPath'], '/sets/Other.als')

    def test_ping(self):
        """[SCRIPT-165] A ping of the hub is answered at once, by the next heartbeat, once."""
        world = self.make()
        world.go(1.0)
        before = len(world.link.beats)
        world.link.inbox.append(('ping', {'id': 5}))
        world.go(0.2)
        self.assertEqual([beat.get('pong') for beat in world.link.beats[before:]], [5])
        world.go(1.2)
        self.assertEqual([beat.get('pong') for beat in world.link.beats[before + 1:]], [None])

    def test_resumed(self):
        """[SCRIPT-166] A hub that resumes is told again what plays and what is selected, and no frame."""
        world = self.make().mute_sweep()
        world.edit('launch_clip')
        world.go(3.0)
        frames, told = len(world.link.frames), len(world.link.ephemeral)
        world.go(0.1)
        self.assertNotIn('playing_clip', [key for key, _, _ in world.link.ephemeral[told:]])
        told = len(world.link.ephemeral)
        world.link.inbox.append(('resumed', {'after': 1}))
        world.go(0.2)
        keys = set(key for key, _, _ in world.link.ephemeral[told:])
        self.assertTrue({'transport', 'playing_clip', 'selection', 'view'} <= keys, keys)
        self.assertEqual(len(world.link.frames), frames)

    def test_hub_gone(self):
        """[SCRIPT-167] When the hub goes, what only its clients looked at loses its listeners."""
        world = self.make().mute_sweep()
        device = next(h for h, kind in world.model.kinds.items() if kind == 'device')
        before = world.counters.listeners
        world.link.inbox.append(('observe', {'handle': device, 'facet': 'parameters'}))
        world.go(0.2).quiet()
        self.assertGreater(world.counters.listeners, before)
        world.link.inbox.append(('disconnected', {'reason': 'test'}))
        world.go(0.2).quiet()
        self.assertEqual(world.counters.listeners, before)


if __name__ == '__main__':
    unittest.main()
