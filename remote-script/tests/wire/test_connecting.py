import socket
import unittest

from livetree_wire.ladder import Ladder

from .support import Hub, Script, free_ports, run_for, run_until


class Connecting(unittest.TestCase):
    def test_ladder(self):
        """[SCRIPT-10] ports in turn, then a pause that doubles from 0.2 s to 5 s, between half and whole of it"""
        ladder, now, pauses = Ladder([1, 2, 3], lambda: 0.5), 0.0, []
        for _ in range(8):
            tried = []
            while ladder.next_port(now) is not None:
                tried.append(ladder.next_port(now))
                ladder.failed(now)
            self.assertEqual(tried, [1, 2, 3])
            before = now
            while ladder.next_port(now) is None:
                now += 0.001
            pauses.append(round(now - before, 2))
        self.assertEqual(pauses, [0.15, 0.3, 0.6, 1.2, 2.4, 3.75, 3.75, 3.75])

    def test_ladder_after_a_connection(self):
        """[SCRIPT-10] the last good port comes first; pauses start anew only after a connection that held"""
        ladder = Ladder([1, 2, 3], lambda: 0.999)
        for _ in range(12):
            ladder.failed(0.0)
        ladder.lost(3, 0.0, held_seconds=1.0)
        self.assertIsNone(ladder.next_port(2.9))
        self.assertEqual(ladder.next_port(3.3), 3)
        ladder.lost(3, 10.0, held_seconds=6.0)
        self.assertEqual(ladder.next_port(10.21), 3)
        ladder.failed(10.21)
        self.assertEqual(ladder.next_port(10.21), 1)

    def test_jitter(self):
        """[SCRIPT-10] two scripts do not come back in step"""
        first, second = Ladder([1]), Ladder([1])
        ends = []
        for ladder in (first, second):
            for _ in range(6):
                ladder.failed(0.0)
            ends.append(ladder._not_before)
        self.assertNotEqual(ends[0], ends[1])

    def test_third_port(self):
        """[SCRIPT-10] a hub on the third of five ports is found within a second"""
        ports = free_ports(5)
        hub = Hub(self, ports[2])
        script = Script(self, ports)
        run_until(self, lambda: script.link.state == "connected", hub, script, steps=100)
        self.assertEqual(script.kinds(), ["connected", "start_over"])
        hello = hub.hellos[0]
        self.assertEqual((hello["protocol"], hello["lastSeq"], hello["spool"]), (1, 0, None))
        self.assertRegex(hello["run"], "^[0-9a-f]{32}$")

    def test_hub_comes_later(self):
        """[SCRIPT-10] a hub that starts after a minute is found within 5.5 s"""
        (port,) = free_ports(1)
        script = Script(self, [port])
        run_for(60, script)
        hub = Hub(self, port)
        run_until(self, lambda: script.link.state == "connected", hub, script, steps=550)

    def test_404(self):
        """[SCRIPT-11] a server that answers HTTP 404 is left for the next port"""
        self.check_other_server(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def test_silent_server(self):
        """[SCRIPT-11] a server that never answers is left after 2 s for the next port"""
        script, other = self.check_other_server(b"")
        self.assertGreater(script.clock.time - 1000, 1.9)
        other.close()

    def test_other_language(self):
        """[SCRIPT-11] a server that speaks something else is left for the next port"""
        self.check_other_server(b"220 mail.example ESMTP\r\n")

    def check_other_server(self, answer):
        other = socket.socket()
        self.addCleanup(other.close)
        other.bind(("127.0.0.1", 0))
        other.listen(4)
        other.setblocking(False)
        hub = Hub(self)
        script = Script(self, [other.getsockname()[1], hub.port])
        peers = []

        class Other(object):
            def pump(self):
                try:
                    peer = other.accept()[0]
                    peers.append(peer)
                    peer.send(answer)
                except BlockingIOError:
                    pass

        run_until(self, lambda: script.link.state == "connected", Other(), hub, script, steps=300)
        self.assertTrue(peers)
        for peer in peers:
            peer.close()
        self.assertTrue(any("No hub on port" in line for line in script.logged), script.logged)
        return script, other

    def test_other_websocket_server(self):
        """[SCRIPT-11] WebSocket servers that give no welcome, or another hub's, are left for the next port"""
        silent, foreign, hub = Hub(self), Hub(self), Hub(self)
        silent.answers = False
        foreign.welcome = lambda connection, hello: connection.say("welcome", {"hub": "Other", "protocol": 1})
        script = Script(self, [silent.port, foreign.port, hub.port])
        run_until(self, lambda: script.link.state == "connected", silent, foreign, hub, script, steps=400)
        self.assertEqual((len(silent.hellos), len(foreign.hellos), len(hub.hellos)), (1, 1, 1))

    def test_refused(self):
        """[SCRIPT-11] a hub that refuses is tried again with pauses; its words are logged once"""
        hub = Hub(self)
        hub.welcome = lambda connection, hello: connection.say("refuse", {"code": "version", "message": "too old"})
        script = Script(self, [hub.port])
        run_for(30, hub, script)
        self.assertEqual(sum("too old" in line for line in script.logged), 1)
        self.assertLess(len(hub.hellos), 14)

    def test_stall(self):
        """[SCRIPT-35] five minutes without a tick, as under an open menu, do not end the connection"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        run_until(self, lambda: script.link.state == "connected", hub, script)
        script.clock.time += 300
        run_for(1, hub, script)
        self.assertEqual(script.link.counters["disconnections"], 0)

    def test_silence(self):
        """[SCRIPT-35] a hub that answers nothing for 30 s of ticks counts as gone; one that answers pings does not"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        run_until(self, lambda: script.link.state == "connected", hub, script)
        run_for(35, script)
        self.assertIn("disconnected", script.kinds())


if __name__ == "__main__":
    unittest.main()
