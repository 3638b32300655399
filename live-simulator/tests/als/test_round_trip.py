"""Nothing edited, nothing changed; what cannot be read is refused."""

import os
import shutil
import tempfile
import unittest
import zlib

from live_simulator import als
from live_simulator.als.container import unpack

from . import sets


class RoundTripTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "Saved.als")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def check(self, path):
        with open(path, "rb") as stream:
            data = stream.read()
        text, container = unpack(data)
        loaded = als.load(path)
        written = als.save(loaded, loaded.set, self.path)
        with open(self.path, "rb") as stream:
            saved = stream.read()
        self.assertEqual(unpack(saved)[0], text)
        self.assertEqual(saved[:4] + saved[8:10], b"\x1f\x8b\x08\x00\x00" + bytes([container.system]))
        self.assertEqual(written.set, loaded.set)

    def test_own(self):
        """[SIM-201] load and save without an edit give the same XML, byte for byte"""
        for name in ("small-l9", "small-l10", "small-l11", "small-l12", "demo", "demo-next", "demo-live"):
            with self.subTest(file=name):
                self.check(sets.own(name))

    @unittest.skipUnless(sets.corpus_is_there(), "NO CORPUS: real Sets are not read")
    def test_real(self):
        """[SIM-201] load and save of real Sets without an edit give the same XML, byte for byte"""
        refused = []
        for path in sets.paths():
            with self.subTest(file=path):
                try:
                    self.check(path)
                except als.AlsError as problem:
                    refused.append((path, str(problem)))
        self.assertEqual([each for each in refused if "saved by Live 8" not in each[1]], [])

    def test_refused(self):
        """[SIM-202] Live 8, a damaged file and anything else are refused with the reason"""
        with open(sets.own("small-l12"), "rb") as stream:
            good = stream.read()
        cases = (
            (good[:len(good) // 2], "too early"),
            (good[:-8] + b"\0" * 8, "damaged"),
            (b"", "not a Live Set"),
            (b"<?xml version=\"1.0\"?>\n<Ableton>\n</Ableton>\n", "not a Live Set"),
            (b"<?xml version=\"1.0\"?>\n<Ableton Creator=\"Ableton Live 12.0\">\n\t<LiveSet>\n", "inside an element"),
            (b"<?xml version=\"1.0\"?>\n<Ableton Creator=\"Ableton Live 12.0\">\n\t<Rack />\n</Ableton>\n",
             "no <LiveSet>"),
        )
        for data, reason in cases:
            with open(self.path, "wb") as stream:
                stream.write(data)
            with self.assertRaisesRegex(als.AlsError, reason):
                als.load(self.path)
        with self.assertRaisesRegex(als.AlsError, "saved by Live 8"):
            als.load(sets.own("small-l8"))

    def test_bare_xml(self):
        """[SIM-201] bare XML is read; Live saves it compressed"""
        with open(sets.own("small-l11"), "rb") as stream:
            xml = zlib.decompress(stream.read(), 31)
        bare = os.path.join(self.folder, "Bare.als")
        with open(bare, "wb") as stream:
            stream.write(xml)
        loaded = als.load(bare)
        als.save(loaded, loaded.set, bare)
        with open(bare, "rb") as stream:
            self.assertEqual(zlib.decompress(stream.read(), 31), xml)


if __name__ == "__main__":
    unittest.main()
