import unittest

from .sets import make_set
from .world import World

from LiveTree.budget import PUMP

STEP = 0.0025  # seconds of the longest single step: 24 slots of a track


class PumpsTest(unittest.TestCase):
    """Every read of Live costs 20 µs here, so that a pump takes the same on every machine."""

    def make(self, *args, **options):
        world = World(*args, **options)
        self.addCleanup(world.close)
        world.clock.perf = lambda: world.counters.reads * 0.00002
        world.surface._report._pumps.clear()
        return world

    def longest(self, world):
        return max(world.surface._report._pumps)

    def test_reading(self):
        """[SCRIPT-161] Each pump that reads a Set ends within its 4 ms and one step more."""
        world = self.make(make_set(30, 30), quiet=False)
        world.go(1.0)
        self.assertTrue(world.run.walk.is_walking())
        self.assertGreater(self.longest(world), PUMP / 2)
        self.assertLess(self.longest(world), PUMP + STEP)

    def test_changes(self):
        """[SCRIPT-161] Each pump ends within its 4 ms and one step more, however much changes at once."""
        world = self.make(make_set(120, 1, 0, devices=1, parameters=1))
        world.mute_sweep().go(1.5)
        world.surface._report._pumps.clear()
        for track in world.live.world.song.kids['tracks']:
            for edit in ('color_track', 'mute_track', 'solo_track'):
                world.edit(edit, track=track.uid)
        world.go(0.05)
        self.assertGreater(self.longest(world), PUMP / 2)
        self.assertLess(self.longest(world), PUMP + STEP)
        world.quiet()
        self.assertEqual(world.differences(), [])


if __name__ == '__main__':
    unittest.main()
