"""Every edit alone: saved, read back, compared; and what it touched in the text."""

import difflib
import os
import shutil
import tempfile
import unittest

from live_simulator import als

from . import sets
from .edit_list import EDITS, LINES
from .edits import Desk, walk
from .same import differences, whole


def changed_lines(before, after):
    """``(taken out, put in)``, texts without indent."""
    if len(before) == len(after):
        pairs = [(old.strip(), new.strip()) for old, new in zip(before, after) if old != new]
        return [old for old, _ in pairs], [new for _, new in pairs]
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    gone, come = [], []
    before, after = before[first:len(before) - last], after[first:len(after) - last]
    for line in difflib.unified_diff(before, after, n=0, lineterm=""):
        if line[:1] == "-" and line[:3] != "---":
            gone.append(line[1:].strip())
        elif line[:1] == "+" and line[:3] != "+++":
            come.append(line[1:].strip())
    return gone, come


class EditsTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "Saved.als")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def try_all(self, path):
        tried = 0
        for edit in EDITS:
            loaded = als.load(path)
            desk = Desk(loaded)
            try:
                edit(desk)
            except LookupError:
                continue
            tried += 1
            with self.subTest(edit=edit.__name__, file=os.path.basename(path)):
                self.check(loaded, desk.set, edit)
        return tried

    def check(self, loaded, description, edit):
        written = als.save(loaded, description, self.path)
        again = als.load(self.path)
        self.assertEqual(differences(description, again.set), [])
        self.assertEqual(whole(description), whole(again.set))
        self.assertEqual(differences(again.set, written.set), [])
        self.assertNotEqual(loaded.text(), again.text(), "the edit did nothing")
        if edit in LINES:
            gone, come = changed_lines(loaded.document.lines, again.document.lines)
            most = LINES[edit] * (2 if loaded.version.major == 9 else 1)  # the first event of the automation follows
            self.assertLessEqual(len(gone), most, gone)
            self.assertLessEqual(len(come), most, come)

    def test_edits_of_our_own_sets(self):
        """[SIM-206] every edit alone reaches the file, and only it"""
        for name in ("small-l9", "small-l10", "small-l11", "small-l12") if sets.ALL else ("small-l9", "small-l12"):
            self.assertGreater(self.try_all(sets.own(name)), 40)

    @unittest.skipUnless(sets.corpus_is_there(), "NO CORPUS: edits of real Sets are not tried")
    def test_edits_of_real_sets(self):
        """[SIM-206] every edit alone reaches the file of a real Set, and only it"""
        for name in ("besser_apple_cover", "nodechomsky_fly_write_jam", "beatz_me_rehuso")[:3 if sets.ALL else 1]:
            self.assertGreater(self.try_all(sets.real(name)), 35)

    def test_uids_stay(self):
        """[SIM-207] what is saved is read back with the uids of the description"""
        loaded = als.load(sets.own("demo"))
        desk = Desk(loaded)
        desk.duplicate_track(1)
        desk.delete_track(3)
        desk.lists("tracks")[0]["props"]["name"] = "First"
        written = als.save(loaded, desk.set, self.path)
        self.assertEqual(_uids(written.set), _uids(desk.set))


    def test_description_may_be_changed_itself(self):
        """[SIM-207] the description that was given out may itself be changed and saved"""
        loaded = als.load(sets.own("small-l12"))
        clip = next(node for node in walk(loaded.set) if node["props"].get("notes"))
        clip["props"]["notes"][0]["velocity"] = 3.0
        loaded.set["lists"]["tracks"].pop()
        als.save(loaded, loaded.set, self.path)
        self.assertEqual(differences(loaded.set, als.load(self.path).set), [])


def _uids(node):
    return [node["uid"]] + [sorted(map(str, map(_uids, kids))) for _, kids in sorted(node["lists"].items())]


if __name__ == "__main__":
    unittest.main()
