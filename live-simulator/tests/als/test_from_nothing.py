"""A Set that was never saved; what the file's version cannot hold."""

import os
import shutil
import tempfile
import unittest

from live_simulator import als

from . import sets
from .edits import Desk, walk
from .same import differences, whole


class FromNothingTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "First.als")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def orphan(self, name):
        """The description of a Set that has forgotten its file."""
        description = Desk(als.load(sets.own(name))).set
        for node in walk(description):
            node["made_from"] = None
            node.pop("auto_name", None)
        return description

    def test_first_save(self):
        """[SIM-213] a Set that came from no file is saved whole, and edits go on from there"""
        description = self.orphan("small-l12")
        first = als.save(als.from_nothing(description), description, self.path)
        again = als.load(self.path)
        self.assertEqual(differences(description, again.set), [])
        self.assertEqual(whole(description), whole(again.set))
        desk = Desk(first)
        desk.delete_track(0)
        als.save(first, desk.set, self.path)
        self.assertEqual(differences(desk.set, als.load(self.path).set), [])

    def test_left_out(self):
        """[SIM-214] what the file's version of Live cannot hold is left out and named"""
        loaded = als.load(sets.own("small-l10"))
        desk = Desk(loaded)
        track = next(t for t in desk.lists("tracks") if not t["props"]["is_foldable"])
        lane = desk.new("takeLane", {"name": "Take"}, clips=[])
        track["lists"]["takeLanes"] = [lane]
        written = als.save(loaded, desk.set, self.path)
        self.assertEqual(written.left_out, [lane["uid"]])
        self.assertEqual(written.text(), loaded.text())


if __name__ == "__main__":
    unittest.main()
