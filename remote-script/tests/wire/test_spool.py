import os
import random
import unittest

from livetree_wire.merging import Merger

from .spools import SpoolTest, spools
from .support import Script, run_for, run_until


class HubAway(SpoolTest):
    def test_a_minute_without_hub(self):
        """[SCRIPT-20] 60 s without a hub under editing: frames go to the spool after 5 s, and all arrive once"""
        script = self.connected_then_alone()
        for second in range(60):
            for _ in range(20):
                script.state(size=1000)
            run_for(1, script)
            if second == 3:
                self.assertEqual(spools(self.folder), [])
        self.assertEqual(spools(self.folder), [script.link.run + ".spool"])
        self.assertEqual(script.link.spool_info()["frames"], 1200)
        self.assertLess(script.link._frames.memory, 100000)
        self.hub.start()
        self.check_all(script)
        self.assertEqual(script.number, 1200)
        self.assertEqual(script.link.spool_info(), {"bytes": 0, "frames": 0})
        run_until(self, lambda: not spools(self.folder), self.hub, script)

    def test_restarts_with_spool(self):
        """[SCRIPT-20] the hub comes and goes in the middle of the replay, frames go on: none is lost or doubled"""
        script, chance = self.connected_then_alone(), random.Random(11)
        for _ in range(25):
            for _ in range(chance.randrange(40)):
                script.state(size=chance.choice((10, 3000, 100000)))
            run_for(chance.choice((0.2, 7)), script)
            self.hub.start()
            for _ in range(chance.randrange(60)):
                self.hub.pump()
                script.pump()
                if chance.random() < 0.2:
                    script.state(size=500)
            self.hub.stop(hard=chance.random() < 0.5)
        self.hub.start()
        self.check_all(script)
        run_until(self, lambda: not spools(self.folder), self.hub, script)

    def test_memory_full_while_connected(self):
        """[SCRIPT-18] a hub that acknowledges nothing: memory stays within its limit, the spool takes the rest"""
        script = self.script({"memory_bytes": 1 << 20})
        self.connect(script)
        self.hub.acks = False
        for _ in range(400):
            script.state(size=20000)
            script.pump()
            self.hub.pump()
            self.assertLessEqual(script.link._frames.memory, 1 << 20)
        self.assertGreater(script.link.spool_info()["frames"], 300)
        self.hub.acks = True
        run_for(1, self.hub, script)
        self.check_all(script)

    def test_slow_reader(self):
        """[SCRIPT-18] a hub that reads 2 KB a step: the socket's queue stays small, nothing is lost"""
        script = self.script({"memory_bytes": 1 << 20})
        self.connect(script)
        connection = self.hub.connections[0]
        read = connection.read
        connection.read = lambda: read(2048)
        for _ in range(400):
            script.state(size=20000)
            script.pump()
            self.hub.pump()
            self.assertLess(script.link._session.waiting, 100000)
            self.assertLessEqual(script.link._frames.memory, 1 << 20)
        connection.read = read
        self.check_all(script)
        self.assertEqual(script.link.counters["disconnections"], 0)

    def test_no_room_anywhere(self):
        """[SCRIPT-22] memory and spool full: the end is cut off and stated as one gap, then all goes on"""
        script = self.connected_then_alone({"memory_bytes": 1 << 18, "spool_bytes": 1 << 19})
        for _ in range(100):
            script.state(size=20000)
            run_for(0.2, script)
        self.assertEqual(script.link.room(), 0)
        self.hub.start()
        self.settle(script)
        kept = self.hub.values(script.link.run)
        self.assertEqual(kept, list(range(1, len(kept) + 1)))
        self.assertEqual(self.hub.gaps(script.link.run), [(len(kept) + 1, 100)])
        self.assertGreater(len(kept), 30)
        script.state()
        self.settle(script)
        self.assertEqual(self.hub.values(script.link.run)[-1], 101)
        self.assertEqual(self.hub.holes, [])

    def test_without_folder(self):
        """[SCRIPT-25] no spool folder: memory alone, its end cut off and stated"""
        script = Script(self, [self.hub.port], "", {"memory_bytes": 1 << 18})
        self.connect(script)
        self.hub.stop()
        for _ in range(40):
            script.state(size=20000)
            run_for(0.5, script)
        self.hub.start()
        self.settle(script)
        kept = self.hub.values(script.link.run)
        self.assertEqual(self.hub.gaps(script.link.run), [(len(kept) + 1, 40)])

    def test_bounded_writes(self):
        """[SCRIPT-21] at most 64 KB are written by a pump, also of longer lines; nothing is forced to the disk"""
        script = self.connected_then_alone()
        for size in (10, 200000, 30000, 30000, 30000, 900000, 5):
            script.state(size=size)
        sizes, path = [0], os.path.join(self.folder, script.link.run + ".spool")
        for _ in range(600):
            script.pump()
            sizes.append(os.path.getsize(path) if os.path.exists(path) else 0)
        steps = [after - before for before, after in zip(sizes, sizes[1:])]
        self.assertLessEqual(max(steps), 65536)
        self.assertEqual(script.link.spool_info(), {"bytes": sizes[-1], "frames": 7})
        self.hub.start()
        self.check_all(script)

    def test_slow_disk(self):
        """[SCRIPT-21] two writes over 4 ms switch the spool off; what is in it is still replayed"""
        script = self.connected_then_alone()
        for _ in range(30):
            script.state(size=30000)
        run_for(5.5, script)
        before = script.link.spool_info()["frames"]
        self.assertGreater(before, 0)
        script.clock.slow = 0.0021
        for _ in range(100):
            script.state(size=30000)
        run_for(3, script)
        self.assertEqual(script.link.counters["slow spool writes"], 0)
        script.clock.slow = 0.0041
        run_for(0.1, script)
        for _ in range(20):
            script.state(size=30000)
        run_for(3, script)
        self.assertEqual(script.link.counters["slow spool writes"], 2)
        self.assertFalse(script.link._frames.spool.is_on)
        script.clock.slow = 0.0
        self.hub.start()
        self.check_all(script)

    def test_closed_under_it(self):
        """[SCRIPT-19] Live closes every file of the process: the spool is opened once more"""
        script = self.connected_then_alone()
        for _ in range(30):
            script.state()
        run_for(6, script)
        script.link._frames.spool._file.close()
        self.hub.start()
        self.check_all(script)

    def test_damaged_spool(self):
        """[SCRIPT-19] damage in the own spool: what is in front arrives, the rest is stated as a gap"""
        script = self.connected_then_alone()
        for _ in range(30):
            script.state()
        run_for(6, script)
        path = os.path.join(self.folder, script.link.run + ".spool")
        with open(path, "r+b") as file:
            text = file.read()
            file.seek(text.index(b'"metronome":12') + 3)
            file.write(b"?")
        self.hub.start()
        self.settle(script)
        self.assertEqual(self.hub.values(script.link.run), list(range(1, 12)))
        self.assertEqual(self.hub.gaps(script.link.run), [(12, 30)])


class Continuous(SpoolTest):
    def test_knobs(self):
        """[SCRIPT-23] a minute of turning two knobs is a few frames with the last values; renames keep their place"""
        script = self.connected_then_alone()
        for step in range(1200):
            script.link.send_events({"sets": {"7": {"value": step}, "8": {"volume": -step}}, "names": [["x", 7]]})
            if step == 500:
                script.link.send_events({"sets": {"7": {"name": "Cutoff"}}})
            run_for(0.05, script)
        self.assertLess(script.link.unacked, 20)
        self.hub.start()
        self.settle(script)
        frames = [payload for _, payload in self.hub.applied[script.link.run]]
        values = [f["sets"]["7"]["value"] for f in frames if "value" in f["sets"]["7"]]
        self.assertEqual((values[-1], sorted(values)), (1199, values))
        named = [i for i, f in enumerate(frames) if "name" in f["sets"]["7"]][0]
        self.assertEqual(frames[named - 1]["sets"], {"7": {"value": 500}, "8": {"volume": -500}})
        self.assertEqual(frames[0]["names"], [["x", 7]])
        self.assertEqual(self.hub.holes, [])

    def test_what_is_merged(self):
        """[SCRIPT-23] frames with anything but continuous values are never merged"""
        takes = Merger().takes
        self.assertTrue(takes({"sets": {"1": {"tempo": 1}}, "time": 1, "names": [], "seen": {"1": "sweep"}}))
        for member in ("lists", "nodes", "audit", "mismatch", "barrier", "begin", "end", "acts", "forced"):
            self.assertFalse(takes({"sets": {"1": {"tempo": 1}}, member: []}), member)
        for payload in ({}, {"sets": {}}, {"sets": {"1": {"tempo": 1, "name": "x"}}}, {"names": [["x", 1]]}):
            self.assertFalse(takes(payload), payload)

    def test_connected(self):
        """[SCRIPT-23] while the hub is there every frame leaves as it was stated"""
        script = self.script()
        self.connect(script)
        for step in range(5):
            script.link.send_events({"sets": {"7": {"value": step}}})
        self.settle(script)
        self.assertEqual(len(self.hub.applied[script.link.run]), 5)

    def test_held_when_closed(self):
        """[SCRIPT-23] values that were still held when Live went are in the spool"""
        script = self.connected_then_alone()
        script.link.send_events({"sets": {"7": {"value": 3}}})
        script.link.close()
        self.hub.start()
        after = self.script()
        run_until(self, lambda: script.link.run in self.hub.applied, self.hub, after)
        self.assertEqual(self.hub.applied[script.link.run][-1][1]["sets"], {"7": {"value": 3}})


class Together(SpoolTest):
    def test_two_scripts(self):
        """[SCRIPT-26] two scripts at once, hub away and back: each has its own spool, all arrives once, none late"""
        first, second = self.script(seed=1), self.script(seed=2)
        for script in (first, second):
            self.connect(script)
        self.hub.stop()
        for _ in range(40):
            first.state()
            second.state(size=5000)
            run_for(0.2, first, second)
        self.assertEqual(len(spools(self.folder)), 2)
        third = self.script(seed=3)
        self.hub.start()
        for script in (first, second, third):
            run_until(self, lambda: script.link.state == "connected", self.hub, first, second, third)
        self.check_all(first)
        self.check_all(second)
        self.assertIsNone(self.hub.hellos[-1]["spool"])
        run_until(self, lambda: not spools(self.folder), self.hub, first, second)


class Troubles(SpoolTest):
    def test_unwritable(self):
        """[SCRIPT-25] a spool folder that cannot be made is said once; memory goes on"""
        blocked = os.path.join(self.folder, "file")
        with open(blocked, "w"):
            pass
        script = Script(self, [self.hub.port], os.path.join(blocked, "spools"))
        self.connect(script)
        self.hub.stop()
        for _ in range(20):
            script.state()
            run_for(0.5, script)
        self.assertEqual(script.link.counters["spool error"], 1)
        self.assertEqual(sum("spool" in line for line in script.logged), 1)
        self.hub.start()
        self.check_all(script)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full here")
    def test_disk_full(self):
        """[SCRIPT-25] the disk is full: counted and said once, frames stay in memory"""
        script = self.connected_then_alone()
        os.symlink("/dev/full", os.path.join(self.folder, script.link.run + ".spool"))
        for _ in range(20):
            script.state()
            run_for(0.5, script)
        self.assertEqual(script.link.counters["spool error"], 1)
        self.assertIn("No space left", " ".join(script.logged))
        self.hub.start()
        self.check_all(script)

    def test_disk_full_later(self):
        """[SCRIPT-25] the disk is full in the middle of a line: the file ends with its last whole line"""
        script = self.connected_then_alone()
        for _ in range(10):
            script.state(size=100)
        run_for(6, script)
        file = script.link._frames.spool._file
        script.link._frames.spool._file = Full(file, 3000)
        for _ in range(100):
            script.state(size=100)
        run_for(1, script)
        with open(os.path.join(self.folder, script.link.run + ".spool"), "rb") as text:
            self.assertTrue(text.read().endswith(b"\n"))
        self.assertEqual(script.link.counters["spool error"], 1)
        self.hub.start()
        self.check_all(script)


class Full(object):
    """A file on a disk with so many bytes left."""

    def __init__(self, file, left):
        self.file = file
        self.left = left

    def write(self, data):
        if not self.left:
            raise OSError(28, "No space left on device")
        count = self.file.write(data[: self.left])
        self.left -= count
        return count

    def __getattr__(self, name):
        return getattr(self.file, name)


if __name__ == "__main__":
    unittest.main()
