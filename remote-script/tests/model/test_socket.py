import os
import sys
import time
import types
import unittest

from .world import HERE
from .raw_model import RawModel

sys.path.insert(0, os.path.join(HERE, '..'))

from wire.support import Hub, make_settings  # noqa: E402

from live_simulator.live import Live  # noqa: E402


class SocketTest(unittest.TestCase):
    """The whole script, its own link and sockets, on real time."""

    def setUp(self):
        self.hub = Hub(self)
        settings = make_settings([self.hub.port])
        from LiveTree import clock
        from LiveTree.surface import Surface
        self.live = Live(seed=1, speed=1.0, faults='none')
        self.live.build()
        clock.now, clock.wall, clock.perf = self.live.clock.now, self.live.clock.wall, self.live.clock.perf
        self.live.host.package = types.SimpleNamespace(create_instance=lambda c: Surface(c, settings))
        self.live.host.start()
        self.addCleanup(self.live.close)

    def run_until(self, condition, seconds=10.0):
        until = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), until, 'never so')
            self.live.scheduler.run_due()
            self.hub.pump()

    def test_rename(self):
        """[SCRIPT-82] Through real sockets: the hub gets the whole Set, a rename and its acknowledgement settle."""
        surface = self.live.host.instances[-1]
        self.run_until(lambda: surface._was_connected and surface.is_quiet())
        self.live.edit('rename_track')
        self.run_until(surface.is_quiet)
        model = RawModel()
        for _, frame in self.hub.applied[surface._link.run]:
            model.apply(frame)
        self.assertEqual(model.differences(self.live.truth()), [])
        self.assertEqual((self.hub.holes, self.hub.doubles), ([], 0))
        self.assertEqual(self.hub.hellos[0]['liveVersion'], '12.3.6')
        self.assertTrue(self.hub.hellos[0]['simulated'])

    def test_hub_restarts(self):
        """[SCRIPT-83] A hub that goes and comes back under editing has the Set afterwards, every frame once."""
        surface = self.live.host.instances[-1]
        self.run_until(lambda: surface._was_connected and surface.is_quiet())
        self.hub.stop(hard=True)
        for _ in range(10):
            self.live.edit('rename_track')
            self.live.edit('move_device')
            self.live.scheduler.run_due()
        self.hub.start()
        self.run_until(lambda: surface._link.state == 'connected' and surface.is_quiet(), 20.0)
        model = RawModel()
        for _, frame in self.hub.applied[surface._link.run]:
            model.apply(frame)
        self.assertEqual(model.differences(self.live.truth()), [])
        self.assertEqual(self.hub.holes, [])


if __name__ == '__main__':
    unittest.main()
