"""Ids: what stays, what is new, what comes back. docs/als-format.md, Identity."""

import os
import shutil
import tempfile
import unittest

from live_simulator import als
from live_simulator.als import names, sources

from . import sets
from .edits import Desk


class IdentityTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "Saved.als")
        self.loaded = als.load(sets.own("demo"))
        self.desk = Desk(self.loaded)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def save(self):
        self.loaded = als.save(self.loaded, self.desk.set, self.path)
        return self.loaded

    def element(self, uid):
        """``(list Id, pointees)`` of the element of a uid."""
        document, line = self.loaded.document, self.loaded.line_of[uid]
        lines = document.lines[line:document.end[line] + 1]
        return document.id(line), [found.group(2) for found in map(sources.POINTEE.search, lines) if found]

    def next_pointee(self):
        document = self.loaded.document
        return document.integer(document.child(1, "LiveSet"), "NextPointeeId")

    def test_moved_device(self):
        """[SIM-208] a device moved in its chain or to another track gets another list Id and keeps its pointees"""
        source = next(t for t in self.desk.lists("tracks") if len(t["lists"]["devices"]) > 1)
        goal = next(t for t in self.desk.lists("tracks") if t is not source)
        devices = source["lists"]["devices"]
        inside, away = devices[-1], devices[0]
        before = [self.element(device["uid"]) for device in (inside, away)]
        next_before = self.next_pointee()
        devices.insert(0, devices.pop())
        goal["lists"]["devices"].insert(0, devices.pop(devices.index(away)))
        self.save()
        after = [self.element(device["uid"]) for device in (inside, away)]
        self.assertEqual([each[1] for each in before], [each[1] for each in after])
        self.assertEqual(self.next_pointee(), next_before)
        siblings = [self.element(d["uid"])[0] for d in goal["lists"]["devices"]]
        self.assertEqual(len(siblings), len(set(siblings)))
        self.assertEqual(after[1][0], max(siblings))

    def test_copies_are_new(self):
        """[SIM-208] a copy has new pointees throughout, from NextPointeeId on, and what points inside follows"""
        first = self.next_pointee()
        twin = self.desk.duplicate_track(1)
        self.save()
        ident, pointees = self.element(twin["uid"])
        self.assertTrue(all(int(pointee) >= first for pointee in pointees))
        self.assertEqual(len(pointees), len(set(pointees)))
        self.assertEqual(self.next_pointee(), first + len(pointees))
        document, line = self.loaded.document, self.loaded.line_of[twin["uid"]]
        for at in document.kids(document.path(line, "AutomationEnvelopes/Envelopes")):
            self.assertIn(document.value(at, "EnvelopeTarget/PointeeId"), pointees)
        others = [self.element(t["uid"])[0] for t in self.desk.lists("tracks") if t is not twin]
        self.assertNotIn(ident, others)

    def test_pointees_stay_unique(self):
        """[SIM-208] pointees are unique in the file and below NextPointeeId after many edits"""
        for at in range(3):
            self.desk.duplicate_track(at)
            self.desk.new_track(0, "New %d" % at)
            self.desk.new_return("X-%d" % at)
            self.desk.duplicate_scene(at)
            names.refresh(self.desk.set)
            self.save()
        every = [found.group(2) for found in map(sources.POINTEE.search, self.loaded.document.lines) if found]
        self.assertEqual(len(every), len(set(every)))
        self.assertLess(max(map(int, every)), self.next_pointee())

    def test_track_id_again(self):
        """[SIM-209] the Id of a deleted last track is used again after a reload, not in the same session"""
        first = self.desk.new_track(0, "One")
        self.save()
        given = self.element(first["uid"])[0]
        self.desk.lists("tracks").remove(first)
        self.save()
        second = self.desk.new_track(0, "Two")
        self.save()
        self.assertEqual(self.element(second["uid"])[0], given + 1)
        self.desk.lists("tracks").remove(second)
        self.save()
        self.loaded = als.load(self.path)
        self.desk = Desk(self.loaded)
        third = self.desk.new_track(0, "Three")
        self.save()
        self.assertEqual(self.element(third["uid"])[0], given)

    def test_undo_of_a_deletion(self):
        """[SIM-209] what is deleted and comes back keeps its Ids and all that the file knew of it"""
        before = self.loaded.text()
        tracks = self.desk.lists("tracks")
        track = tracks.pop()
        self.save()
        tracks[0]["props"]["mute"] = not tracks[0]["props"]["mute"]
        self.save()
        tracks[0]["props"]["mute"] = not tracks[0]["props"]["mute"]
        tracks.append(track)
        self.save()
        self.assertEqual(self.loaded.text(), before)

    def test_scene_ids_stay(self):
        """[SIM-208] scenes keep their Ids through insertion and order; every track has as many slots as scenes"""
        scenes = self.desk.lists("scenes")
        before = [self.element(scene["uid"])[0] for scene in scenes]
        kept = list(scenes)
        self.desk.new_scene(1, "New")
        scenes.append(scenes.pop(0))
        self.save()
        self.assertEqual([self.element(scene["uid"])[0] for scene in kept], before)
        document = self.loaded.document
        for track in self.desk.lists("tracks"):
            line = self.loaded.line_of[track["uid"]]
            path = "Slots" if track["props"]["is_foldable"] else "DeviceChain/MainSequencer/ClipSlotList"
            slots = list(document.kids(document.path(line, path)))
            self.assertEqual(len(slots), len(scenes))
            self.assertEqual(len(set(map(document.id, slots))), len(slots))

    def test_dragged_clip(self):
        """[SIM-208] a clip dragged in the arrangement gets a new Id, a trimmed one keeps it"""
        clips = next(t["lists"]["arrangement"] for t in self.desk.lists("tracks") if t["lists"].get("arrangement"))
        clip = clips[-1]
        before = self.element(clip["uid"])[0]
        clip["props"]["end_time"] += 1
        self.save()
        self.assertEqual(self.element(clip["uid"])[0], before)
        clip["props"]["start_time"] += 8
        clip["props"]["end_time"] += 8
        self.save()
        self.assertNotEqual(self.element(clip["uid"])[0], before)

    def test_automation_follows(self):
        """[SIM-208] automation goes with a device to another track, and away with a deleted one"""
        found = None
        for track in self.desk.lists("tracks"):
            for device in track["lists"]["devices"]:
                if any(p["props"]["automation_state"] for p in device["lists"]["parameters"]):
                    found = track, device
        if found is None:
            self.fail("the Set of our own has no automated device")
        track, device = found
        goal = next(t for t in self.desk.lists("tracks") if t is not track and not t["props"]["is_foldable"])
        track["lists"]["devices"].remove(device)
        goal["lists"]["devices"].append(device)
        self.save()
        moved = self.loaded.set["lists"]["tracks"][self.desk.lists("tracks").index(goal)]["lists"]["devices"][-1]
        self.assertTrue(any(p["props"]["automation_state"] for p in moved["lists"]["parameters"]))
        goal["lists"]["devices"].remove(device)
        self.save()
        document = self.loaded.document
        for each in self.loaded.track_lines():
            inside = self.element(self.loaded.set["uid"])[1]
            for at in document.kids(document.path(each, "AutomationEnvelopes/Envelopes")):
                self.assertIn(document.value(at, "EnvelopeTarget/PointeeId"), inside)


if __name__ == "__main__":
    unittest.main()
