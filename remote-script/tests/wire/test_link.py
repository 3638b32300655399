import random
import unittest

from livetree_wire.link import new_run_id

from .support import Folder, Hub, Script, run_for, run_until


class Stating(unittest.TestCase):
    def setUp(self):
        self.hub = Hub(self)
        self.script = Script(self, [self.hub.port], Folder(self).path)
        self.link = self.script.link

    def connect(self):
        run_until(self, lambda: self.link.state == "connected", self.hub, self.script)

    def settle(self):
        run_until(self, lambda: not self.link.unacked and self.link.state == "connected", self.hub, self.script)

    def check_all(self):
        self.settle()
        self.assertEqual(self.hub.values(self.link.run), list(range(1, self.script.number + 1)))
        self.assertEqual((self.hub.doubles, self.hub.holes), (0, []))

    def test_frames(self):
        """[SCRIPT-12] frames are numbered from 1, kept until acknowledged, applied in order"""
        self.connect()
        self.hub.acks = False
        for _ in range(3):
            self.script.state()
        run_for(0.1, self.hub, self.script)
        self.assertEqual(self.link.unacked, 3)
        self.hub.say("ack", {"run": self.link.run, "seq": 2})
        self.script.pump()
        self.assertEqual(self.link.unacked, 1)
        seqs = [payload["seq"] for _, payload in self.hub.applied[self.link.run]]
        self.assertEqual(seqs, [1, 2, 3])

    def test_foreign_acks(self):
        """[SCRIPT-12] acknowledgements of another run, and of what was never stated, forget nothing"""
        self.connect()
        self.hub.acks = False
        self.script.state()
        self.assertEqual(self.link.unacked, 1)
        self.hub.say("ack", {"run": new_run_id(), "seq": 1})
        run_for(0.1, self.hub, self.script)
        self.assertEqual(self.link.unacked, 1)
        self.hub.say("ack", {"run": self.link.run, "seq": 99})
        run_until(self, lambda: not self.link.unacked, self.hub, self.script)
        self.script.state()
        run_for(0.1, self.hub, self.script)
        self.assertEqual(self.link.unacked, 1)

    def test_killed_mid_frame(self):
        """[SCRIPT-14] the hub is killed when half of a large frame has come"""
        self.connect()
        self.script.state()
        self.settle()
        self.script.state(size=500000)
        self.script.pump()
        self.hub.pump()
        self.assertTrue(self.hub.connections[0].bytes or self.hub.connections[0].parts)
        self.hub.stop(hard=True)
        self.script.state()
        run_for(1, self.script)
        self.hub.start()
        self.check_all()

    def test_cut_in_a_message_of_the_hub(self):
        """[SCRIPT-14] the connection is cut in the middle of a message of the hub"""
        self.connect()
        for _ in range(5):
            self.script.state()
        self.settle()
        connection = self.hub.connections[0]
        text = '{"source":"hub","type":"ack","payload":{"run":"%s","seq":5}}' % self.link.run
        connection.raw(connection.frame(text)[:30])
        connection.cut()
        self.script.state()
        run_for(0.1, self.script)
        self.assertEqual(self.link.state, "off")
        self.check_all()

    def test_restarts_at_any_point(self):
        """[SCRIPT-13] 60 restarts of the hub at random points, with and without its last frames on disk"""
        chance = random.Random(7)
        self.connect()
        for _ in range(60):
            for _ in range(chance.randrange(30)):
                if chance.random() < 0.6:
                    self.script.state(size=chance.choice((0, 0, 200, 70000)))
                self.script.pump()
                if chance.random() < 0.8:
                    self.hub.pump()
            self.hub.stop(hard=chance.random() < 0.5)
            run_for(chance.random() * 8 * (chance.random() < 0.2), self.script)
            self.hub.start()
        self.check_all()
        self.assertGreater(self.script.number, 300)
        self.assertEqual(self.script.received.count(("start_over", {})), 1)

    def test_resume_replays_only_what_is_missing(self):
        """[SCRIPT-13] after a resume exactly what follows resumeAfter is stated again"""
        self.connect()
        self.hub.acks = False
        for _ in range(10):
            self.script.state()
        run_for(0.1, self.hub, self.script)
        self.hub.cursors[self.link.run] = 6
        del self.hub.applied[self.link.run][6:]
        self.hub.stop()
        run_for(0.1, self.script)
        self.hub.start()
        self.hub.acks = True
        self.check_all()
        self.assertIn(("resumed", {"after": 6}), self.script.received)

    def test_start_over(self):
        """[SCRIPT-15] start over: nothing old is stated, the next seq follows the one of hello"""
        self.hub.resumes = False
        for _ in range(4):
            self.script.state()
        self.connect()
        self.assertEqual(self.link.unacked, 0)
        self.assertEqual(self.hub.hellos[0]["lastSeq"], 4)
        self.assertEqual(self.link.send_events({"begin": [1], "end": [1]}), 5)
        self.settle()
        self.assertEqual([p["seq"] for _, p in self.hub.applied[self.link.run]], [5])

    def test_stated_between_hello_and_welcome(self):
        """[SCRIPT-15] what is stated between hello and a start over is forgotten without a hole in seq"""
        self.hub.answers = False
        run_until(self, lambda: self.hub.hellos, self.hub, self.script)
        self.script.state()
        self.hub.welcome(self.hub.connections[0], self.hub.hellos[0])
        self.connect()
        self.assertEqual(self.link.send_events({"begin": [1]}), 1)
        self.settle()
        self.assertEqual(self.hub.holes, [])

    def test_hub_lost_its_store(self):
        """[SCRIPT-15] what a hub asks for and nobody has any more is stated as a gap"""
        self.connect()
        for _ in range(9):
            self.script.state()
        self.settle()
        self.hub.cursors[self.link.run] = 4
        self.hub.stop()
        self.script.pump()
        self.script.state()
        self.hub.start()
        self.settle()
        self.assertEqual(self.hub.gaps(self.link.run), [(5, 9)])
        self.assertEqual(self.hub.cursors[self.link.run], 10)

    def test_hub_knows_more(self):
        """[SCRIPT-15] a hub that claims frames never stated gets a start over behind them"""
        self.hub.cursors[self.link.run] = 50
        self.connect()
        self.assertEqual(self.script.kinds(), ["connected", "start_over"])
        self.assertEqual(self.link.send_events({"begin": [1]}), 51)

    def test_new_run(self):
        """[SCRIPT-12] a new run counts from 1 with a hello of its own"""
        self.connect()
        self.script.state()
        self.settle()
        old = self.link.run
        self.link.bye("set changed")
        self.link.run = new_run_id()
        self.script.number = 0
        self.connect()
        self.script.state()
        self.check_all()
        self.assertEqual([h["run"] for h in self.hub.hellos], [old, self.link.run])
        self.assertEqual(self.hub.others, [("bye", {"run": old, "reason": "set changed"})])

    def test_ephemeral(self):
        """[SCRIPT-16] ephemeral values: latest by key, behind the frames stated before, none of before a connection"""
        self.link.send_ephemeral([["playhead", 1, 0.5]])
        self.link.send_heartbeat({"dirty": 9})
        self.connect()
        self.script.state()
        for beat in range(5):
            self.link.send_ephemeral([["playhead", 1, float(beat)], ["meter", 7, 0.25]])
        self.link.send_ephemeral([["motion", 3, {"prop": "a", "value": 1}], ["motion", 3, {"prop": "b", "value": 2}]])
        self.link.send_heartbeat({"dirty": 1})
        self.link.send_heartbeat({"dirty": 2})
        run_for(0.1, self.hub, self.script)
        kinds = [kind for kind, _ in self.hub.others]
        self.assertEqual(kinds, ["heartbeat", "ephemeral"])
        heartbeat, ephemeral = self.hub.others[0][1], self.hub.others[1][1]
        self.assertEqual((heartbeat["dirty"], heartbeat["run"], heartbeat["spool"]["frames"]), (2, self.link.run, 0))
        values = [["playhead", 1, 4.0], ["meter", 7, 0.25]]
        values += [["motion", 3, {"prop": "a", "value": 1}], ["motion", 3, {"prop": "b", "value": 2}]]
        self.assertEqual(sorted(map(str, ephemeral["values"])), sorted(map(str, values)))

    def test_ephemeral_waits(self):
        """[SCRIPT-16] an ephemeral value never overtakes a frame, a heartbeat may"""
        self.connect()
        order = []
        take = self.hub.take
        self.hub.take = lambda c, message: (order.append(message["type"]), take(c, message))
        for _ in range(30):
            self.script.state(size=20000)
        self.link.send_ephemeral([["playhead", 1, 1.0]])
        self.link.send_heartbeat({})
        run_until(self, lambda: "ephemeral" in order, self.hub, self.script)
        self.assertEqual(order, ["heartbeat"] + ["events"] * 30 + ["ephemeral"])
        self.assertEqual(self.hub.others[0][1]["seq"], 0)

    def test_handed_on(self):
        """[SCRIPT-19] requests of the hub are handed on, unknown ones counted"""
        self.connect()
        self.hub.say("observe", {"handle": 3, "facet": "notes"})
        self.hub.say("levitate", {})
        self.hub.say("ping", {"id": 4})
        self.script.received = []
        run_for(0.05, self.hub, self.script)
        self.assertEqual(self.script.received, [("observe", {"handle": 3, "facet": "notes"}), ("ping", {"id": 4})])
        self.assertEqual(self.link.counters["unknown messages"], 1)

    def test_bye(self):
        """[SCRIPT-17] bye leaves in the same call, behind what was stated, with a clean close"""
        self.connect()
        for _ in range(20):
            self.script.state(size=10000)
        self.assertTrue(self.link.bye("disconnect"))
        self.link.close()
        connection = self.hub.connections[0]
        run_until(self, lambda: connection.is_gone, self.hub, steps=20)
        self.assertEqual(self.hub.values(self.link.run), list(range(1, 21)))
        self.assertEqual(self.hub.others[-1], ("bye", {"run": self.link.run, "reason": "disconnect"}))
        self.assertEqual(connection.closed_with, 1000)
        self.assertEqual((self.link.state, self.link.pump(0.004)), ("off", []))

    def test_bye_over_unread_bytes(self):
        """[SCRIPT-17] what the script did not read of the hub does not take the bye along"""
        self.connect()
        for _ in range(500):
            self.hub.say("ping", {"id": 1})
        self.assertTrue(self.link.bye("disconnect"))
        connection = self.hub.connections[0]
        run_until(self, lambda: connection.is_gone, self.hub, steps=20)
        self.assertEqual([kind for kind, _ in self.hub.others], ["bye"])

    def test_bye_to_a_hub_that_does_not_read(self):
        """[SCRIPT-17] bye ends also when nobody reads"""
        self.connect()
        for _ in range(12):
            self.script.state(size=900000)
        self.assertFalse(self.link.bye("disconnect"))
        self.assertEqual(self.link.state, "off")

    def test_budget(self):
        """[SCRIPT-9] a pump sends and reads at most 64 KB, and less when its time is over"""
        self.connect()
        for _ in range(100):
            self.script.state(size=9000)
        connection = self.hub.connections[0]
        before = connection.received
        self.script.pump()
        self.hub.pump()
        self.assertLessEqual(connection.received - before, 65536)
        self.assertGreater(connection.received - before, 60000)
        self.settle()
        for _ in range(50):
            self.script.state(size=1000)
        self.script.clock.slow = 0.003
        before = connection.received
        self.script.pump()
        self.hub.pump()
        self.assertLess(connection.received - before, 5000)


class Hostile(unittest.TestCase):
    def test_hostile_messages(self):
        """[SCRIPT-19] hostile frames end the connection, nothing else; the next one works"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        texts = ["", "{", "[]", "null", '{"source":"hub"}', '{"source":"remote_script","type":"ping","payload":{}}']
        texts += ['{"source":"hub","type":1,"payload":{}}', "[" * 100000, '{"source":"hub","type":"ack","payload":[]}']
        texts += ['{"source":"hub","type":"ack","payload":{"run":"x","seq":"1"}}', '{"a":NaN}', "9" * 5000]
        for text in texts:
            run_until(self, lambda: script.link.state == "connected", hub, script)
            hub.say("ping", {"id": 1})
            hub.connections[-1].raw(hub.connections[-1].frame(text))
            run_until(self, lambda: script.link.state != "connected", hub, script, steps=100)
        self.assertEqual(script.link.counters["internal errors"], 0)
        run_until(self, lambda: script.link.state == "connected", hub, script)

    def test_hostile_bytes(self):
        """[SCRIPT-19] random bytes in the middle of a connection"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        chance = random.Random(3)
        for _ in range(40):
            run_until(self, lambda: script.link.state == "connected", hub, script)
            noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 300)))
            hub.connections[-1].raw(noise)
            run_for(0.03, hub, script)
            for each in hub.connections:
                each.cut()
            run_for(0.05, hub, script)
        self.assertEqual(script.link.counters["internal errors"], 0)

    def test_broken_hello(self):
        """[SCRIPT-19] a hello that raises is logged once and tried again"""
        hub = Hub(self)
        broken = [True]

        def hello():
            if broken:
                raise RuntimeError("Live is loading")
            return {"scriptVersion": "1"}

        script = Script(self, [hub.port], hello=hello)
        run_for(5, hub, script)
        self.assertEqual(sum("Live is loading" in line for line in script.logged), 1)
        del broken[:]
        run_until(self, lambda: script.link.state == "connected", hub, script)

    def test_sockets_closed_under_it(self):
        """[SCRIPT-19] Live closes every socket of the process: another one is opened"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        run_until(self, lambda: script.link.state == "connected", hub, script)
        script.link._session._stream._socket.close()
        run_for(0.05, hub, script)
        self.assertEqual(script.link.state, "off")
        script.state()
        run_until(self, lambda: not script.link.unacked and script.link.state == "connected", hub, script)
        self.assertEqual(hub.values(script.link.run), [1])

    def test_not_encodable(self):
        """[SCRIPT-36] what is no JSON, or too large, becomes a gap"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        run_until(self, lambda: script.link.state == "connected", hub, script)
        script.state()
        script.link.send_events({"nodes": {"1": {"props": {"name": object()}}}})
        script.link.send_events({"nodes": {"1": {"props": {"name": "x" * 2000000}}}})
        cycle = {}
        cycle["self"] = cycle
        script.link.send_events({"nodes": cycle})
        run_for(0.1, hub, script)
        script.state()
        run_until(self, lambda: not script.link.unacked, hub, script)
        run = script.link.run
        self.assertEqual((hub.values(run), hub.gaps(run), hub.holes), ([1, 2], [(2, 4)], []))
        self.assertEqual(script.link.counters["frames not encoded"], 2)
        self.assertEqual(script.link.counters["frames too large"], 1)


if __name__ == "__main__":
    unittest.main()
