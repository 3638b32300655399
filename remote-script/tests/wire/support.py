"""A clock that tests turn, a script with a link, and a hub that speaks the wire over real sockets."""
import base64
import hashlib
import json
import os
import random
import select
import shutil
import socket
import struct
import tempfile

from livetree_wire import settings as wire_settings
from livetree_wire.link import Link

STEP = 0.01  # seconds of one pump


class Clock(object):
    """Time stands still until a test turns it; `slow`: what each look at `perf` costs."""

    def __init__(self):
        self.time = 1000.0
        self.slow = 0.0
        self.cost = 0.0

    def now(self):
        return self.time

    def wall(self):
        return 1.7e9 + self.time

    def perf(self):
        self.cost += self.slow
        return self.time + self.cost


class Folder(object):
    """A temporary folder for a test case."""

    def __init__(self, case):
        self.path = tempfile.mkdtemp(prefix="livetree-wire-")
        case.addCleanup(shutil.rmtree, self.path, True)


def free_ports(count):
    """Ports nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def make_settings(ports, spool_dir="", values=None, command_ports="0"):
    """Settings as the script loads them; byte limits may be set below what a settings file allows."""
    environ = {
        "LIVETREE_PORTS": ",".join(map(str, ports)),
        "LIVETREE_COMMAND_PORTS": command_ports,
        "LIVETREE_SPOOL_DIR": spool_dir,
    }
    settings = wire_settings.load(os.path.join(os.path.dirname(__file__), "no such folder"), fail, environ)
    for name, value in (values or {}).items():
        setattr(settings, name, value)
    return settings


def fail(text):
    raise AssertionError("logged: " + text)


class Connection(object):
    """The hub's end of one WebSocket, written apart from the script's."""

    def __init__(self, sock):
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = sock
        self.bytes = b""
        self.is_open = False
        self.is_gone = False
        self.is_reading = True
        self.closed_with = None
        self.parts = []
        self.received = 0

    def read(self, limit=1 << 20):
        """Complete texts that came."""
        if not self.is_reading or self.is_gone:
            return []
        while limit > 0:
            try:
                data = self.socket.recv(min(limit, 1 << 16))
            except BlockingIOError:
                break
            except OSError:
                data = b""
            if not data:
                self.is_gone = True
                break
            limit -= len(data)
            self.received += len(data)
            self.bytes += data
        if not self.is_open:
            self._shake_hands()
        return self._texts() if self.is_open else []

    def _shake_hands(self):
        head, end, rest = self.bytes.partition(b"\r\n\r\n")
        if not end:
            return
        lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        digest = hashlib.sha1((lines["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        answer += "Sec-WebSocket-Accept: %s\r\n\r\n" % base64.b64encode(digest).decode()
        self.bytes = rest
        self.is_open = True
        self.raw(answer.encode())

    def _texts(self):
        texts = []
        while True:
            frame = self._frame()
            if frame is None:
                return texts
            opcode, final, payload = frame
            if opcode == 8:
                self.closed_with = struct.unpack("!H", payload[:2])[0]
            elif opcode in (0, 1):
                self.parts.append(payload)
                if final:
                    texts.append(b"".join(self.parts).decode("utf-8"))
                    self.parts = []

    def _frame(self):
        if len(self.bytes) < 6:
            return None
        assert self.bytes[1] & 0x80, "a frame is not masked"
        size, at = self.bytes[1] & 0x7F, 2
        if size >= 126:
            width = 2 if size == 126 else 8
            if len(self.bytes) < at + width:
                return None
            size, at = int.from_bytes(self.bytes[at : at + width], "big"), at + width
        if len(self.bytes) < at + 4 + size:
            return None
        key, payload = self.bytes[at : at + 4], self.bytes[at + 4 : at + 4 + size]
        first = self.bytes[0]
        self.bytes = self.bytes[at + 4 + size :]
        repeated = (key * (size // 4 + 1))[:size]
        plain = (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
        return first & 0x0F, first >= 0x80, plain

    def frame(self, text, opcode=1):
        payload = text.encode("utf-8") if isinstance(text, str) else text
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x80 | opcode, 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 127, size)
        return head + payload

    def raw(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            self.is_gone = True

    def say(self, kind, payload):
        self.raw(self.frame(json.dumps({"source": "hub", "type": kind, "payload": payload})))

    def cut(self, hard=False):
        """Ends the connection; hard: as a crash does it."""
        if hard:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
        self.is_gone = True


class Hub(object):
    """Keeps what a store would keep: per run the cursor and every payload applied. `stop` and `start` are a crash and
    a restart on the same port; what is in `cursors` and `applied` survives."""

    def __init__(self, case, port=0):
        self.cursors = {}
        self.applied = {}  # run: [(kind, payload)]
        self.doubles = 0
        self.holes = []
        self.hellos = []
        self.others = []  # (type, payload) of everything without seq
        self.spool_wish = "send"
        self.resumes = True
        self.acks = True
        self.answers = True
        self.port = port
        self.connections = []
        self.listener = None
        self.start()
        case.addCleanup(self.stop)

    def start(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(8)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]

    def stop(self, hard=False):
        if self.listener is not None:
            self.listener.close()
            self.listener = None
        for each in self.connections:
            each.cut(hard)
        self.connections = []

    def pump(self):
        if self.listener is None:
            return
        try:
            while True:
                self.connections.append(Connection(self.listener.accept()[0]))
        except BlockingIOError:
            pass
        for each in self.connections:
            for text in each.read():
                self.take(each, json.loads(text))
            if each.is_gone:
                each.socket.close()
        self.connections = [each for each in self.connections if not each.is_gone]

    def take(self, connection, message):
        assert message["source"] == "remote_script", message
        kind, payload = message["type"], message["payload"]
        if kind == "hello":
            self.hellos.append(payload)
            if self.answers:
                self.welcome(connection, payload)
        elif kind in ("events", "gap"):
            self.state(connection, kind, payload)
        else:
            self.others.append((kind, payload))

    def welcome(self, connection, hello):
        run = hello["run"]
        after = self.cursors.get(run) if self.resumes else None
        if after is None:
            self.cursors[run] = hello["lastSeq"]
        spool = self.spool_wish if hello["spool"] else None
        answer = {"protocol": 1, "hub": "LiveTree", "resumeAfter": after, "realtime": True, "spool": spool}
        connection.say("welcome", answer)

    def state(self, connection, kind, payload):
        run = payload["run"]
        first, last = (payload["seq"],) * 2 if kind == "events" else (payload["fromSeq"], payload["toSeq"])
        cursor = self.cursors.get(run, first - 1 if payload.get("late") else 0)
        if last <= cursor:
            self.doubles += 1
        elif first > cursor + 1:
            self.holes.append((run, cursor, first))
        else:
            self.cursors[run] = last
            self.applied.setdefault(run, []).append((kind, payload))
        if self.acks:
            connection.say("ack", {"run": run, "seq": self.cursors.get(run, 0)})

    def say(self, kind, payload):
        for each in self.connections:
            each.say(kind, payload)

    def values(self, run):
        """What a test stated as tempo, in the order applied."""
        return [p["sets"]["1"]["metronome"] for k, p in self.applied.get(run, []) if k == "events" and "sets" in p]

    def gaps(self, run):
        return [(p["fromSeq"], p["toSeq"]) for k, p in self.applied.get(run, []) if k == "gap"]


class Script(object):
    """A link as the script's model would use it; states numbers, and starts over with a number when it must."""

    def __init__(self, case, ports, spool_dir="", values=None, hello=None, seed=1):
        self.clock = Clock()
        self.logged = []
        self.received = []
        self.settings = make_settings(ports, spool_dir, values)
        self.link = Link(self.settings, self.clock, self.logged.append, hello or self.hello, random.Random(seed).random)
        self.number = 0
        case.addCleanup(self.link.close)

    def hello(self):
        return {"scriptVersion": "0", "liveVersion": "12.3.6", "setName": "", "setPath": ""}

    def pump(self):
        self.clock.time += STEP
        received = self.link.pump(0.004)
        self.received += received
        return received

    def state(self, size=0):
        """One discrete frame; its number, from 1."""
        self.number += 1
        payload = {"sets": {"1": {"metronome": self.number}}}
        if size:
            payload["names"] = [["x" * size, 1]]
        self.link.send_events(payload)
        return self.number

    def kinds(self):
        return [kind for kind, _ in self.received]


def run_until(case, done, *pumped, **options):
    """Pumps all in turn until `done()`; fails after so many steps (10,000)."""
    for step in range(options.get("steps", 10000)):
        for each in pumped:
            each.pump()
        if done():
            return
        if step % 20 == 19:
            let_bytes_arrive(pumped)
    case.fail("did not happen within %d steps" % options.get("steps", 10000))


def run_for(seconds, *pumped):
    for step in range(int(round(seconds / STEP))):
        for each in pumped:
            each.pump()
        if step < 100 and step % 2:
            let_bytes_arrive(pumped)


def let_bytes_arrive(pumped):
    """Time stands still for the parts, but the system needs some to move bytes between sockets."""
    sockets = [each.listener for each in pumped if getattr(each, "listener", None)]
    for each in pumped:
        sockets += [connection.socket for connection in getattr(each, "connections", ())]
    if sockets:
        select.select([each for each in sockets if each.fileno() >= 0], [], [], 0.001)
