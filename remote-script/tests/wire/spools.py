"""What tests of the spool stand on: one hub, scripts, a folder."""
import os
import unittest

from .support import Folder, Hub, Script, run_for, run_until


def spools(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith(".spool"))


class SpoolTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(self).path
        self.hub = Hub(self)

    def script(self, values=None, **options):
        return Script(self, [self.hub.port], self.folder, values, **options)

    def connect(self, script):
        run_until(self, lambda: script.link.state == "connected", self.hub, script)

    def settle(self, script):
        run_until(self, lambda: not script.link.unacked and script.link.state == "connected", self.hub, script)

    def connected_then_alone(self, values=None):
        script = self.script(values)
        self.connect(script)
        self.hub.stop()
        run_for(0.1, script)
        return script

    def check_all(self, script, run=None):
        self.settle(script)
        self.assertEqual(self.hub.values(run or script.link.run), list(range(1, script.number + 1)))
        self.assertEqual((self.hub.doubles, self.hub.holes), (0, []))
