"""One attempt at one port: TCP, WebSocket, `hello` and `welcome`; then messages until it ends."""
from collections import deque

from . import json_text
from .socket_io import CLOSED as SOCKET_CLOSED
from .socket_io import OPEN as SOCKET_OPEN
from .socket_io import TcpStream
from .websocket import WebSocket

HOST = "127.0.0.1"
PATH = "/script"
CONNECT_SECONDS = 0.5  # loopback answers at once or not at all (Windows takes seconds to refuse)
HANDSHAKE_SECONDS = 2.0
WELCOME_SECONDS = 3.0
PING_SECONDS = 10.0  # of silence until we ask
SILENCE_SECONDS = 30.0  # of silence until the hub counts as gone
PIECE = 1 << 16  # bytes read or written by one pump

CONNECTING, WAITING_HELLO, CONNECTED, CLOSED = "connecting", "waiting_hello", "connected", "closed"


class Session(object):
    """`now` is the script's waking time in seconds: it stands still while Live gives no ticks. `hello()`: bytes of
    the first message, or None. `reason`: why it is closed. `welcome`: payload of the hub's answer.
    `is_answered`: somebody listens on the port."""

    def __init__(self, port, hello, now):
        self.port = port
        self.state = CONNECTING
        self.reason = ""
        self.welcome = None
        self.connected_at = None
        self._hello = hello
        self._stream = TcpStream(HOST, port)
        self._socket = WebSocket("%s:%d" % (HOST, port), PATH)
        self._deadline = now + CONNECT_SECONDS
        self.is_answered = False
        self._heard_at = now
        self._pinged = False
        self._inbox = deque()

    # --- in

    def pump(self, now):
        """Reads what is there. Messages are taken one by one with `next_message`."""
        if self.state == CLOSED:
            return
        self._stream.poll()
        if self._stream.state == SOCKET_OPEN:
            self._open(now)
            if not self._inbox and self._stream.waiting < 4 * PIECE:
                self._read(now)
        if self.state == CLOSED:
            return
        if self._stream.state == SOCKET_CLOSED and not self._inbox:
            self.fail(self._stream.error)
        else:
            self._watch(now)

    def _open(self, now):
        if not self.is_answered:
            self.is_answered = True
            self._deadline = now + HANDSHAKE_SECONDS
            self._stream.write(self._socket.take())
            self._heard_at = now

    def _read(self, now):
        data = self._stream.read(PIECE)
        if not data:
            return
        self._heard_at = now
        self._pinged = False
        for event in self._socket.receive(data):
            self._judge(event, now)
        self._stream.write(self._socket.take())

    def _judge(self, event, now):
        kind = event[0]
        if kind == "open":
            self._say_hello(now)
        elif kind == "text":
            self._inbox.append(event[1])
        elif kind == "binary":
            self._inbox.append(None)
        elif kind in ("close", "failed"):
            self._inbox.append((kind, event[1], event[2]))

    def _say_hello(self, now):
        text = self._hello()
        if text is None:
            self.fail("no hello to say")
            return
        self._socket.send_text(text)
        self.state = WAITING_HELLO
        self._deadline = now + WELCOME_SECONDS

    def _watch(self, now):
        if self.state != CONNECTED:
            if now >= self._deadline:
                self.fail("no answer in time" if self.is_answered else "no connection in time")
            return
        silence = now - self._heard_at
        if silence >= SILENCE_SECONDS:
            self.fail("the hub is silent")
        elif silence >= PING_SECONDS and not self._pinged:
            self._pinged = True
            self._socket.ping()
            self._stream.write(self._socket.take())

    def next_message(self, now):
        """(type, payload) of the next message, or None. What is no message of a hub ends the session."""
        while self._inbox and self.state != CLOSED:
            found = self._inbox.popleft()
            message = None if isinstance(found, tuple) else _decode(found)
            if message is None:
                self.fail(_reason(found) if isinstance(found, tuple) else "not a message of a hub")
            elif self.state == CONNECTED or self._is_welcome(message, now):
                return message
        return None

    def _is_welcome(self, message, now):
        kind, payload = message
        if kind == "refuse":
            self.fail("refused: %s" % payload.get("message", payload.get("code", "")))
        elif kind != "welcome" or not _is_hub(payload):
            self.fail("no LiveTree hub, or of another protocol")
        else:
            self.state = CONNECTED
            self.welcome = payload
            self.connected_at = now
            return True
        return False

    # --- out

    @property
    def waiting(self):
        """Bytes written and not taken by the system yet."""
        return self._stream.waiting

    def send(self, text):
        """Queues one message, given as bytes of JSON."""
        self._socket.send_text(text)
        self._stream.write(self._socket.take())

    def flush(self):
        """Sends at most PIECE bytes; how many went."""
        return self._stream.flush(PIECE)

    def say_close(self):
        """Queues the close frame."""
        self._socket.close(1000)
        self._stream.write(self._socket.take())

    def fail(self, reason):
        """The end, for a reason."""
        self.reason = reason
        self.close()

    def close(self, softly=False):
        """The end. Softly: what was sent should still be read."""
        self.state = CLOSED
        self._inbox.clear()
        if softly:
            self._stream.close_softly()
        else:
            self._stream.close()


def _reason(event):
    kind, code, text = event
    return "closed by the hub (%d %s)" % (code, text) if kind == "close" else "%s (%d)" % (text, code)


def _is_hub(payload):
    after = payload.get("resumeAfter")
    is_known = after is None or (isinstance(after, int) and not isinstance(after, bool) and after >= 0)
    return payload.get("hub") == "LiveTree" and payload.get("protocol") == 1 and is_known


def _decode(text):
    """(type, payload) of a hub's text, or None."""
    try:
        message = json_text.decode(text)
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(message, dict) or message.get("source") != "hub":
        return None
    kind, payload = message.get("type"), message.get("payload")
    return (kind, payload) if isinstance(kind, str) and isinstance(payload, dict) else None
