import unittest

from .support import Folder, Hub, Script, run_for, run_until


class StartOver(unittest.TestCase):
    def test_nothing_old(self):
        """[SCRIPT-168] after a start over nothing stated before it is sent, neither as it was nor in another's place"""
        hub = Hub(self)
        script = Script(self, [hub.port])
        hub.resumes = hub.answers = False
        for _ in range(3):
            script.state()
        run_until(self, lambda: hub.hellos, hub, script)
        script.state()
        hub.welcome(hub.connections[0], hub.hellos[0])
        run_until(self, lambda: script.link.state == "connected", hub, script)
        self.assertEqual(script.link.send_events({"begin": [1]}), 4)
        run_until(self, lambda: not script.link.unacked, hub, script)
        self.assertEqual([payload.get("begin") for _, payload in hub.applied[script.link.run]], [[1]])
        self.assertEqual((hub.doubles, hub.holes), (0, []))


class Late(unittest.TestCase):
    def test_before_all_of_this_run(self):
        """[SCRIPT-169] a long spool of a dead run arrives whole before the first frame of its successor"""
        folder, hub = Folder(self).path, Hub(self)
        dead = Script(self, [hub.port], folder)
        run_until(self, lambda: dead.link.state == "connected", hub, dead)
        hub.stop()
        for _ in range(60):
            dead.state(size=30000)
        run_for(6, dead)
        dead.link.close()
        hub.start()
        order = []
        state = hub.state
        hub.state = lambda c, kind, payload: (order.append(payload["run"]), state(c, kind, payload))
        script = Script(self, [hub.port], folder, seed=2)
        run_until(self, lambda: script.link.state == "connected", hub, script)
        script.state()
        run_until(self, lambda: not script.link.unacked, hub, script)
        self.assertEqual(order, [dead.link.run] * 60 + [script.link.run])


if __name__ == "__main__":
    unittest.main()
