"""The other reader of `.als` files in this repository must tell each edit as what it was."""

import os
import shutil
import subprocess
import tempfile
import unittest

from live_simulator import als

from . import edit_list as edits
from . import sets
from .edits import Desk

BIN = os.path.join(sets.CHECKOUT, "packages", "cli", "dist", "bin.js")
READY = os.path.exists(BIN) and shutil.which("node") is not None

#: Edit -> the whole report, as a pattern.
TOLD = (
    (edits.rename_track, r'^Track "[^"]+" renamed "Other name"$'),
    (edits.move_device, r"^[^\n]+: [^\n]+ moved [^\n]+$"),
    (edits.new_scene, r'^Scene (\d+ )?"Bridge" added$'),
    (edits.move_scene, r"^Scene [^\n]+ moved, row 1 [^\n]+$"),
    (edits.move_track, r"^[^\n]+ track [^\n]+ moved [^\n]+$"),
    (edits.group_tracks, r'^[^\n]+ grouped as "Both"$'),
    (edits.duplicate_track, r"^[^\n]+ track [^\n]+ duplicated$"),
    (edits.move_clip, r"^[^\n]+: clip [^\n]*moved, [^\n]+$"),
    (edits.tempo, r"^Tempo [^\n]+ 131\.5 BPM$"),
    (edits.transpose_note, r"^[^\n]+: 1 note transposed \+1 st [^\n]+$"),
)


@unittest.skipUnless(READY, "NO BUILT CLI OR NO NODE: sentences are not compared")
class SentencesTest(unittest.TestCase):

    def test_each_edit_is_one_sentence(self):
        """[SIM-212] `livetree diff` tells each edit that was saved in one sentence"""
        folder = tempfile.mkdtemp()
        try:
            for edit, pattern in TOLD:
                with self.subTest(edit=edit.__name__):
                    self.assertRegex(self.told(folder, edit), pattern)
        finally:
            shutil.rmtree(folder)

    def told(self, folder, edit):
        before, after = sets.own("demo"), os.path.join(folder, "After.als")
        loaded = als.load(before)
        desk = Desk(loaded)
        edit(desk)
        als.save(loaded, desk.set, after)
        run = subprocess.run(["node", BIN, "diff", "--sentences", before, after], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = run.stdout.decode("utf-8").rstrip("\n").split("\n")
        self.assertEqual(len(lines), 1, lines)
        return lines[0]


if __name__ == "__main__":
    unittest.main()
