"""The WebSocket client against servers that others wrote."""
import glob
import os
import select
import shutil
import subprocess
import sys
import unittest

from livetree_wire.socket_io import CLOSED, OPEN, TcpStream
from livetree_wire.websocket import WebSocket

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = (0, 1, 125, 126, 127, 65535, 65536, 65537, 200000, 1 << 20)


def python_with_websockets():
    """The first interpreter that imports `websockets`, with its version; None where there is none."""
    candidates = [sys.executable, "/usr/bin/python3", "python3"]
    candidates += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python3")))
    for python in candidates:
        test = [python, "-c", "import websockets, sys; print(sys.version.split()[0], websockets.__version__)"]
        try:
            done = subprocess.run(test, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return python, done.stdout.decode().strip()
    return None


class Client(object):
    """The script's socket and WebSocket, waiting where the script would come back with its next pump."""

    def __init__(self, port):
        self.stream = TcpStream("127.0.0.1", port)
        self.socket = WebSocket("127.0.0.1:%d" % port, "/script", message_limit=1 << 23)
        self.events = []

    def step(self):
        self.stream.poll()
        if self.stream.state == CLOSED:
            return
        self.stream.write(self.socket.take())
        self.stream.flush(1 << 20)
        wants = [self.stream._socket]
        select.select(wants, wants if self.stream.waiting or self.stream.state != OPEN else [], [], 1)
        data = self.stream.read(1 << 16)
        if data:
            self.events += self.socket.receive(data)

    def until(self, case, count):
        """The next events, in all so many that are no pings."""
        for _ in range(20000):
            if self.stream.state == CLOSED:
                break
            self.step()
            messages = [event for event in self.events if event[0] not in ("ping", "pong")]
            if len(messages) >= count:
                self.events = []
                return messages
        return case.fail("only %r came" % (self.events,))


class Server(object):
    """What both servers must do; they are real ones, in their own processes."""

    def setUp(self):
        self.process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end)
        self.client = Client(int(self.process.stdout.readline()))
        self.assertEqual(self.client.until(self, 1), [("open",)])

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.client.stream.close()

    def test_messages(self):
        """[SCRIPT-7] texts and bytes of every length class come back as they were sent"""
        for size in SIZES:
            text = ("\u00e4\u20ac\U0001f600x" * size)[:size]
            self.client.socket.send_text(text)
            self.client.socket.send_binary(os.urandom(size // 2))
            first, second = self.client.until(self, 2)
            self.assertEqual((first, second[0], len(second[1])), (("text", text), "binary", size // 2))

    def test_fragments(self):
        """[SCRIPT-7] a message in many frames is put together"""
        for text in ("parts:", "parts:abc", "parts:" + "0123456789" * 500):
            self.client.socket.send_text(text)
            self.assertEqual(self.client.until(self, 1), [("text", text)])

    def test_many(self):
        """[SCRIPT-7] 3,000 messages in one go keep their order"""
        texts = ["message %d" % number for number in range(3000)]
        for text in texts:
            self.client.socket.send_text(text)
        self.assertEqual(self.client.until(self, 3000), [("text", text) for text in texts])

    def test_server_closes(self):
        """[SCRIPT-7] the server closes: code and reason are told, the socket ends"""
        self.client.socket.send_text("close")
        self.assertEqual(self.client.until(self, 1), [("close", 4001, "f\u00fcr heute")])
        for _ in range(100):
            self.client.step()
        self.assertEqual(self.client.stream.state, CLOSED)
        self.assertIn(b"closed 4001", self.process.stdout.readline())

    def test_client_closes(self):
        """[SCRIPT-7] the client closes: the server has its code and answers"""
        self.client.socket.close(1000, "Live quits")
        self.assertEqual(self.client.until(self, 1)[0][:2], ("close", 1000))
        self.client.stream.close()
        self.assertEqual(self.process.stdout.readline().strip(), b"closed 1000 Live quits")

    def test_ping(self):
        """[SCRIPT-7] a ping of the server is answered, so that it keeps the connection"""
        self.client.socket.send_text("ping")
        for _ in range(100):
            self.client.step()
            if self.client.events:
                break
        self.assertEqual(self.client.events, [("ping", b"are you there")])


@unittest.skipUnless(shutil.which("node"), "NO NODE: the WebSocket client is not tested against the server of ws")
class NodeServer(Server, unittest.TestCase):
    def command(self):
        return ["node", os.path.join(HERE, "ws_server.mjs")]


PYTHON = python_with_websockets()
if PYTHON:
    sys.stderr.write("WebSocket client against websockets of Python %s (%s)\n" % (PYTHON[1], PYTHON[0]))


@unittest.skipUnless(PYTHON, "NO python3-websockets: the WebSocket client is not tested against its server")
class PythonServer(Server, unittest.TestCase):
    def command(self):
        return [PYTHON[0], os.path.join(HERE, "websockets_server.py")]


if __name__ == "__main__":
    unittest.main()
