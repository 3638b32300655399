import json
import os
import random
import subprocess
import sys
import unittest

from livetree_wire import spool as spool_module
from livetree_wire import spool_lines
from livetree_wire.link import new_run_id
from livetree_wire.merging import Merger
from livetree_wire.removal import STEP, Remover

from .support import Clock, Folder, Hub, Script, free_ports, run_for, run_until


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


class DeadRuns(SpoolTest):
    def leave(self, frames=30, size=100, values=None):
        """A script that dies while the hub is away; its spool stays."""
        script = self.connected_then_alone(values)
        for _ in range(frames):
            script.state(size=size)
        run_for(6, script)
        script.link.close()
        self.hub.start()
        return script

    def test_late(self):
        """[SCRIPT-24] a dead run's spool is offered, sent late before this run's frames, deleted when acknowledged"""
        dead = self.leave()
        script = self.script()
        run_until(self, lambda: script.link.state == "connected", self.hub, script)
        offer = {"run": dead.link.run, "firstSeq": 1, "lastSeq": 30, "gap": False}
        self.assertEqual(self.hub.hellos[-1]["spool"], offer)
        order = []
        state = self.hub.state
        self.hub.state = lambda c, kind, payload: (order.append(payload["run"]), state(c, kind, payload))
        script.state()
        self.settle(script)
        self.assertEqual(order, [dead.link.run] * 30 + [script.link.run])
        applied = self.hub.applied[dead.link.run]
        self.assertEqual([payload["late"] for _, payload in applied], [True] * 30)
        self.assertEqual(self.hub.values(dead.link.run), list(range(1, 31)))
        run_until(self, lambda: not spools(self.folder), self.hub, script)

    def test_cut_while_late(self):
        """[SCRIPT-24] the connection is lost while a dead run's spool is sent: offered again, nothing twice"""
        dead = self.leave(frames=60, size=30000)
        script = self.script()
        run_until(self, lambda: len(self.hub.values(dead.link.run)) > 20, self.hub, script)
        self.hub.stop(hard=True)
        script.pump()
        self.assertEqual(len(spools(self.folder)), 1)
        self.hub.start()
        run_until(self, lambda: not spools(self.folder), self.hub, script)
        self.assertEqual(self.hub.values(dead.link.run), list(range(1, 61)))
        self.assertEqual(self.hub.holes, [])

    def test_not_wanted(self):
        """[SCRIPT-24] a spool that the hub drops is deleted; one it says nothing of is kept and offered again"""
        self.leave()
        for wish, left in ((None, 1), ("drop", 0)):
            self.hub.spool_wish = wish
            script = self.script()
            self.connect(script)
            run_for(0.2, self.hub, script)
            run_until(self, lambda: len(spools(self.folder)) == left, self.hub, script)
            script.link.close()
        self.assertEqual([bool(h["spool"]) for h in self.hub.hellos[-2:]], [True, True])

    def test_torn_end(self):
        """[SCRIPT-24] a torn end is found at every byte: whole lines arrive, the offer says that some is missing"""
        dead = self.leave(frames=4, size=5)
        path = os.path.join(self.folder, dead.link.run + ".spool")
        with open(path, "rb") as file:
            text = file.read()
        whole = [i + 1 for i, byte in enumerate(text) if byte == 10]
        for end in range(whole[1] + 1, len(text), 7):
            with open(path, "wb") as file:
                file.write(text[:end])
            self.hub.applied, self.hub.cursors = {}, {}
            script = self.script()
            run_until(self, lambda: self.hub.hellos[-1]["run"] == script.link.run, self.hub, script)
            frames = sum(1 for each in whole if each <= end) - 1
            offer = {"run": dead.link.run, "firstSeq": 1, "lastSeq": frames, "gap": end not in whole}
            self.assertEqual(self.hub.hellos[-1]["spool"], offer)
            run_until(self, lambda: not spools(self.folder), self.hub, script)
            self.assertEqual(self.hub.values(dead.link.run), list(range(1, frames + 1)))
            script.link.close()

    def test_rubbish(self):
        """[SCRIPT-24] files that are no spools are deleted, and nothing is offered of them"""
        chance = random.Random(5)
        head = spool_lines.line(b"run", b'{"run":"%s"}' % (b"a" * 32))
        texts = [b"", b"\n", b"x" * 100000, head, head[:-9] + b"\n", bytes(chance.randrange(256) for _ in range(999))]
        for number, text in enumerate(texts):
            with open(os.path.join(self.folder, "%d.spool" % number), "wb") as file:
                file.write(text)
        script = self.script()
        self.connect(script)
        self.assertIsNone(self.hub.hellos[-1]["spool"])
        self.assertEqual(spools(self.folder), [])

    def test_full_spool_of_a_dead_run(self):
        """[SCRIPT-22] a spool that was cut off says so in the offer, and at its end"""
        dead = self.leave(frames=60, size=20000, values={"memory_bytes": 1 << 18, "spool_bytes": 1 << 19})
        script = self.script()
        self.settle(script)
        run_until(self, lambda: not spools(self.folder), self.hub, script)
        kept = self.hub.values(dead.link.run)
        offer = self.hub.hellos[-1]["spool"]
        self.assertEqual((offer["gap"], offer["lastSeq"]), (True, len(kept)))
        gaps = self.hub.gaps(dead.link.run)
        self.assertEqual(gaps[0][0], len(kept) + 1)
        self.assertEqual(len(gaps), 1)

    def test_several(self):
        """[SCRIPT-24] several dead runs are offered one after another; more than eight are not kept"""
        for number in range(11):
            run = "%032x" % number
            path = os.path.join(self.folder, run + ".spool")
            with open(path, "wb") as file:
                file.write(spool_lines.line(b"run", json.dumps({"run": run}).encode()))
                file.write(spool_lines.line(b"1", b'{"run":"%s","seq":1}' % run.encode()))
            os.utime(path, (number, number))
        script = self.script()
        for _ in range(8):
            self.connect(script)
            run_for(0.3, self.hub, script)
            self.hub.stop()
            run_for(0.1, script)
            self.hub.start()
        self.assertEqual([h["spool"]["run"] for h in self.hub.hellos], ["%032x" % n for n in range(3, 11)])
        self.assertEqual(spools(self.folder), [])

    def test_change_of_run(self):
        """[SCRIPT-24] what an older run of the same script could not deliver arrives late"""
        script = self.connected_then_alone()
        old = script.link.run
        for _ in range(5):
            script.state()
        script.link.bye("set changed")
        script.link.run = new_run_id()
        self.hub.start()
        run_until(self, lambda: len(self.hub.values(old)) == 5, self.hub, script)
        run_until(self, lambda: not spools(self.folder), self.hub, script)

    def test_crash(self):
        """[SCRIPT-24] a process that is killed leaves whole lines, and its lock ends with it"""
        (port,) = free_ports(1)
        program = (
            "import sys, time; sys.path.insert(0, %r); import tests.wire\n"
            "from tests.wire.support import *; from livetree_wire.link import Link\n"
            "clock = Clock(); link = Link(make_settings([%d], %r), clock, print, dict)\n"
            "n = 0\n"
            "while True:\n"
            "    n += 1; clock.time += 0.01; link.send_events({'sets': {'1': {'metronome': n}}}); link.pump(0.004)\n"
            "    if n == 2000: print('ready', link.run, flush=True)\n"
        ) % (os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..")), port, self.folder)
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        run = process.stdout.readline().split()[1].decode()
        living = self.script()
        self.connect(living)
        self.assertIsNone(self.hub.hellos[-1]["spool"])
        living.link.close()
        process.kill()
        process.wait()
        process.stdout.close()
        script = self.script()
        run_until(self, lambda: run in self.hub.applied and not spools(self.folder), self.hub, script, steps=60000)
        values = self.hub.values(run)
        self.assertEqual(values, list(range(1, len(values) + 1)))
        self.assertGreater(len(values), 1000)


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


class Lines(unittest.TestCase):
    def test_any_changed_byte(self):
        """[SCRIPT-24] every changed byte of a line is noticed"""
        line = spool_lines.line(b"17", b'{"run":"x","seq":17}')[:-1]
        self.assertEqual(spool_lines.parse(line), (b"17", b'{"run":"x","seq":17}'))
        for at in range(len(line)):
            for bit in range(8):
                changed = bytearray(line)
                changed[at] ^= 1 << bit
                found = spool_lines.parse(bytes(changed))
                if found is not None:  # the checksum in capitals is the same number
                    self.assertLess(at, 8)
                    self.assertEqual(found, (b"17", b'{"run":"x","seq":17}'))

    def test_private(self):
        """[SCRIPT-24] a spool is readable for its user only"""
        folder = Folder(self).path
        report = lambda what, text: self.fail(text)
        spool = spool_module.Spool(folder, 1 << 20, "a" * 32, Clock(), report, Remover(report))
        self.assertTrue(spool.wants())
        self.assertEqual(os.stat(spool.path).st_mode & 0o777, 0o600)
        spool.delete()
        self.assertEqual(os.listdir(folder), [])

    def test_large_file(self):
        """[SCRIPT-21] a large spool is deleted in steps, and no new one is begun meanwhile"""
        folder = Folder(self).path
        report = lambda what, text: self.fail(text)
        remover = Remover(report)
        spool = spool_module.Spool(folder, 1 << 30, "a" * 32, Clock(), report, remover)
        for seq in range(1, 13):
            self.assertTrue(spool.wants() and spool.put((seq, seq, b"x" * (1 << 20))))
            while spool.flush():
                pass
        spool.delete()
        steps = 0
        while remover.is_busy:
            self.assertFalse(spool.wants())
            remover.pump()
            sizes = [os.path.getsize(spool.path)] if os.path.exists(spool.path) else [0]
            self.assertLessEqual(12 * (1 << 20) + 999 - sizes[0], (steps + 1) * STEP + 999)
            steps += 1
        self.assertEqual((steps, os.listdir(folder)), (4, []))
        self.assertTrue(spool.wants())
        spool.delete()


if __name__ == "__main__":
    unittest.main()
