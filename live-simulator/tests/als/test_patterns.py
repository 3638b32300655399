"""Ways to the disk, and the noise of a save."""

import os
import shutil
import tempfile
import unittest

from live_simulator import als
from live_simulator.als import noise, patterns

from . import sets
from .edits import Desk


class StoppedClock(object):
    """Time that passes only in ``sleep``; looks at the file at every pause."""

    def __init__(self, path):
        self.path = path
        self.now = 1700000000.0
        self.sizes = []

    def wall(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        self.sizes.append(os.path.getsize(self.path) if os.path.exists(self.path) else None)


class PatternsTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "My Set.als")
        shutil.copy(sets.own("small-l12"), self.path)
        self.loaded = als.load(self.path)
        self.size = os.path.getsize(self.path)
        self.clock = StoppedClock(self.path)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def save(self, pattern):
        self.desk = Desk(self.loaded)
        self.desk.lists("tracks")[0]["props"]["name"] = "Saved"
        als.save(self.loaded, self.desk.set, self.path, pattern, self.clock)
        self.assertEqual(als.load(self.path).set["lists"]["tracks"][0]["props"]["name"], "Saved")

    def test_replace(self):
        """[SIM-210] replace: the old file stands until the new one is whole"""
        self.save(patterns.REPLACE)
        self.assertEqual(self.clock.sizes, [self.size])
        self.assertEqual(os.listdir(self.folder), ["My Set.als"])

    def test_in_place(self):
        """[SIM-210] in_place: the same file is written anew"""
        before = os.stat(self.path).st_ino
        self.save(patterns.IN_PLACE)
        self.assertEqual(os.stat(self.path).st_ino, before)

    def test_slow(self):
        """[SIM-210] slow: the file grows in pieces with pauses of the clock"""
        self.save(patterns.SLOW)
        self.assertEqual(self.clock.sizes, sorted(self.clock.sizes))
        self.assertGreaterEqual(len(set(self.clock.sizes)), patterns.PIECES - 1)
        self.assertAlmostEqual(self.clock.now - 1700000000.0, patterns.PAUSE_SECONDS * (patterns.PIECES - 1), 3)

    def test_backup(self):
        """[SIM-210] backup: the old file goes to Backup with its time, also twice in one second"""
        self.save(patterns.BACKUP)
        self.save(patterns.BACKUP)
        kept = sorted(os.listdir(os.path.join(self.folder, "Backup")))
        self.assertEqual(len(kept), 2)
        for name in kept:
            self.assertRegex(name, r"^My Set \[\d{4}-\d\d-\d\d \d{6}\]\.als$")
        self.assertEqual(os.path.getsize(os.path.join(self.folder, "Backup", kept[0])), self.size)

    def test_unknown(self):
        """[SIM-210] a way that does not exist is refused, and nothing is written"""
        with self.assertRaises(als.AlsError):
            als.save(self.loaded, self.loaded.set, self.path, "telepathy", self.clock)
        self.assertEqual(os.path.getsize(self.path), self.size)


class NoiseTest(unittest.TestCase):

    def disturbed(self, seed, **switches):
        loaded = als.load(sets.own("demo"))
        folder = tempfile.mkdtemp()
        try:
            path = os.path.join(folder, "Noise.als")
            als.save(loaded, loaded.set, path, noise=noise.Noise(seed, **switches))
            return loaded, als.load(path)
        finally:
            shutil.rmtree(folder)

    def test_only_noise(self):
        """[SIM-211] noise changes view state and Ids that Live rewrites, and nothing that is described"""
        before, after = self.disturbed(1)
        self.assertEqual(before.set, after.set)
        pairs = [(one, other) for one, other in zip(before.document.lines, after.document.lines) if one != other]
        self.assertTrue(pairs)
        for one, _ in pairs:
            self.assertRegex(one, r"<(CurrentTime|HighlightedTrackIndex|AnchorTime|OtherTime|CurrentZoom|FileRef"
                                  r"|VstPreset|Vst3Preset|AuPreset|RelativePathElement) |^\t+[0-9A-F]+$")

    def test_seed(self):
        """[SIM-211] the same seed gives the same noise, another seed another; switched off there is none"""
        self.assertEqual(self.disturbed(7)[1].text(), self.disturbed(7)[1].text())
        self.assertNotEqual(self.disturbed(7)[1].text(), self.disturbed(8)[1].text())
        before, after = self.disturbed(7, view=False, renumber=False, plugins=0.0)
        self.assertEqual(before.text(), after.text())


if __name__ == "__main__":
    unittest.main()
