import json
import os
import random
import subprocess
import sys
import unittest

from livetree_wire import spool_lines
from livetree_wire.link import new_run_id

from .spools import SpoolTest, spools
from .support import free_ports, run_for, run_until


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


if __name__ == "__main__":
    unittest.main()
