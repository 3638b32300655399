import json
import os
import random
import socket
import unittest

from livetree_wire import commands
from livetree_wire.commands import CommandError, CommandServer

from .support import Clock, free_ports, make_settings


class CommandsTest(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.logged = []
        self.calls = []
        self.sockets = []
        self.server = self.serve([0])
        self.addCleanup(self.close)

    def close(self):
        self.server.close()
        for each in self.sockets:
            each.close()

    def serve(self, ports):
        handlers = {"state": self.state, "select": self.select, "broken": self.broken, "huge": lambda _: "x" * 70000}
        settings = make_settings([1], command_ports=",".join(map(str, ports)))
        return CommandServer(settings, self.clock, self.logged.append, handlers)

    def state(self, argument):
        self.calls.append(argument)
        return {"playing": False, "cpu": float("inf")}

    def select(self, argument):
        self.calls.append(argument)
        raise CommandError("no track is called %s" % argument)

    def broken(self, argument):
        raise RuntimeError("an object of Live is gone")

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.server.port))
        client.settimeout(0.01)
        self.sockets.append(client)
        return client

    def pump(self, times=5):
        for _ in range(times):
            self.clock.time += 0.01
            self.server.pump(0.004)

    def read(self, client, lines=1):
        """So many answers, then what follows: b"" = the end."""
        text = b""
        for _ in range(300):
            self.pump(1)
            try:
                data = client.recv(1 << 17)
            except socket.timeout:
                data = None
            if data == b"":
                return [json.loads(line) for line in text.splitlines()] + [b""]
            text += data or b""
            if text.count(b"\n") >= lines and text.endswith(b"\n"):
                return [json.loads(line) for line in text.splitlines()]
        return self.fail("only %r came" % text)

    def ask(self, text):
        client = self.connect()
        client.sendall(text)
        return self.read(client)


class Commands(CommandsTest):
    def test_answers(self):
        """[SCRIPT-29] several commands of one connection, cut anywhere, answered line by line in order"""
        client = self.connect()
        for piece in (b"sta", b"te\r\nselect  Bass 2 ", b"\n", b"state x\nhelp\n"):
            client.sendall(piece)
            self.pump(3)
        answers = self.read(client, 4)
        self.assertEqual(answers[0], {"ok": True, "command": "state", "result": {"playing": False, "cpu": {"float": "inf"}}})
        self.assertEqual(answers[1], {"ok": False, "command": "select", "error": "no track is called Bass 2"})
        self.assertEqual(answers[3]["result"], ["broken", "help", "huge", "select", "state"])
        self.assertEqual(self.calls, ["", "Bass 2", "x"])

    def test_broken_handler(self):
        """[SCRIPT-29] a handler that raises is an error for that line, logged once"""
        client = self.connect()
        client.sendall(b"broken\nbroken\nstate\n")
        answers = self.read(client, 3)
        self.assertEqual([answer["ok"] for answer in answers], [False, False, True])
        self.assertEqual((self.server.errors, sum("gone" in line for line in self.logged)), (2, 1))

    def test_later_typing_error(self):
        """[SCRIPT-29] behind a command an unknown line is an error, and the connection goes on"""
        client = self.connect()
        client.sendall(b"state\nstat\n\nstate\n")
        self.assertEqual([answer["ok"] for answer in self.read(client, 4)], [True, False, False, True])


class FirstLine(CommandsTest):
    def check_end(self, text, commands=0):
        client = self.connect()
        client.sendall(text)
        answers = self.read(client)
        self.assertFalse(answers[-1]["ok"])
        self.assertEqual(self.read(client), [b""])
        self.assertEqual(len(self.calls), commands)
        self.pump(150)
        self.assertEqual(self.server._peers, [])

    def test_post(self):
        """[SCRIPT-30] a page posts commands: the error and the end, none is carried out"""
        self.check_end(b"POST / HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n\r\nselect 1\nstate\n")

    def test_command_as_method(self):
        """[SCRIPT-30] a request whose method is a command is none"""
        self.check_end(b"state / HTTP/1.1\r\n\r\nstate\n")

    def test_http_behind_a_command(self):
        """[SCRIPT-30] HTTP behind a command ends the connection too"""
        client = self.connect()
        client.sendall(b"state\n")
        self.read(client)
        client.sendall(b"GET / HTTP/1.1\r\nstate\nstate\n")
        self.read(client)
        self.assertEqual((self.read(client), len(self.calls)), ([b""], 1))

    def test_rubbish(self):
        """[SCRIPT-30] empty, binary and unknown first lines: the error and the end"""
        for text in (b"\n", b"\x16\x03\x01\x02\x00\n", b"\xff\xfe\n", b"State\n", b"statex\n", b" \n"):
            self.check_end(text + b"state\n")


class Limits(CommandsTest):
    def test_long_line(self):
        """[SCRIPT-31] 256 bytes are a line, 257 the end"""
        self.assertTrue(self.ask(b"state " + b"x" * 250 + b"\n")[0]["ok"])
        for text in (b"state " + b"x" * 251 + b"\n", b"x" * 100000):
            client = self.connect()
            client.sendall(text)
            self.assertIn("256 bytes", self.read(client)[0]["error"])
            self.assertEqual(len(self.calls), 1)

    def test_connections(self):
        """[SCRIPT-31] eight connections; the ninth is served when one of them ends"""
        clients = [self.connect() for _ in range(9)]
        clients[8].sendall(b"state\n")
        self.pump(20)
        self.assertEqual((len(self.server._peers), self.calls), (8, []))
        clients[0].close()
        self.assertTrue(self.read(clients[8])[0]["ok"])

    def test_idle(self):
        """[SCRIPT-31] a connection that says nothing for a minute is closed"""
        client = self.connect()
        client.sendall(b"sta")
        self.pump(5)
        self.clock.time += 61
        self.assertEqual(self.read(client), [b""])

    def test_answers_not_read(self):
        """[SCRIPT-31] who does not read answers is not read either"""
        client = self.connect()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(0.2)
        try:
            for _ in range(3000):
                client.sendall(b"help\n" * 2000)
                self.pump(1)
        except socket.timeout:
            pass
        peer = self.server._peers[0]
        self.assertLess(len(peer.out), 2 * commands.ANSWER_LIMIT)
        self.assertLess(len(peer.inbox), 300)

    def test_large_answer(self):
        """[SCRIPT-31] an answer over 64 KB is an error"""
        self.assertIn("65536 bytes", self.ask(b"huge\n")[0]["error"])

    def test_work_of_a_pump(self):
        """[SCRIPT-31] at most eight lines a pump, fewer when its time is over"""
        client = self.connect()
        client.sendall(b"state\n" * 20)
        self.pump(1)
        before = len(self.calls)
        self.assertLessEqual(before, 8)
        self.clock.slow = 0.005
        self.pump(3)
        self.assertEqual(len(self.calls), before)

    def test_noise(self):
        """[SCRIPT-31] random bytes from random connections raise nothing and leave nothing"""
        chance = random.Random(9)
        for _ in range(200):
            client = self.connect()
            client.sendall(bytes(chance.choice(b"state\n\r \xff\x00") for _ in range(chance.randrange(1, 600))))
            self.pump(2)
            if chance.random() < 0.5:
                client.close()
            else:
                self.clock.time += 61
                self.pump(3)
        self.pump(300)
        self.assertEqual((self.server._peers, self.server.errors), ([], 0))


class Figures(CommandsTest):
    def test_figures(self):
        """[PORT-4] commands carried out, connections refused and handlers that raised are counted"""
        client = self.connect()
        client.sendall(b"state\nbroken\nselect x\nnone\n")
        self.read(client, 4)
        for text in (b"none\n", b"GET / HTTP/1.1\n", b"x" * 300):
            self.ask(text)
        figures = self.server.figures()
        wanted = {"port": self.server.port, "carriedOut": 3, "refused": 3, "errors": 1, "connections": 4}
        self.assertEqual(figures, wanted)


class Ports(CommandsTest):
    def test_second(self):
        """[SCRIPT-32] the first free port of the range"""
        ports = free_ports(3)
        first, second = self.serve(ports), self.serve(ports)
        self.addCleanup(first.close)
        self.addCleanup(second.close)
        self.assertEqual([first.port, second.port], ports[:2])

    def test_none(self):
        """[SCRIPT-32] no port is free: said once, tried again, taken when one is free"""
        ports = free_ports(1)
        first, second = self.serve(ports), self.serve(ports)
        self.addCleanup(second.close)
        for _ in range(1000):
            self.clock.time += 0.01
            second.pump(0.004)
        self.assertEqual((second.port, sum("No port" in line for line in self.logged)), (None, 1))
        first.close()
        for _ in range(600):
            self.clock.time += 0.01
            second.pump(0.004)
        self.assertEqual(second.port, ports[0])

    def test_closed_under_it(self):
        """[SCRIPT-32] Live closes every socket: the port is taken again"""
        self.server._listener.close()
        self.pump(2)
        self.assertTrue(self.ask(b"state\n")[0]["ok"])

    @unittest.skipUnless(os.path.exists("/proc/self/fd"), "open files cannot be counted here")
    def test_close(self):
        """[SCRIPT-32] close leaves no socket"""
        before = len(os.listdir("/proc/self/fd"))
        server = self.serve([0])
        client = socket.create_connection(("127.0.0.1", server.port))
        server.pump(0.004)
        server.close()
        client.close()
        server.pump(0.004)
        self.assertEqual(len(os.listdir("/proc/self/fd")), before)


if __name__ == "__main__":
    unittest.main()
