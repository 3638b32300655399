"""A WebSocket client without I/O: bytes of the socket in, events and bytes for the socket out (RFC 6455).

Why our own: docs/decisions/0008-write-a-small-websocket-client.md.
"""
import codecs
import io
import os

from . import frames, handshake
from .frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, ProtocolError

MESSAGE_LIMIT = 1 << 20  # bytes of one received message
FRAGMENT = 1 << 16  # bytes of payload in one sent frame
PONGS_LIMIT = 1 << 14  # bytes of answers to pings that may wait

CONNECTING, OPEN, CLOSING, CLOSED = "connecting", "open", "closing", "closed"


class WebSocket(object):
    """One connection. Events of `receive`: ("open",), ("text", str), ("binary", bytes), ("ping", bytes),
    ("pong", bytes), ("close", code, reason) when the server closed, ("failed", code, message) when it broke the
    protocol; after the last two nothing follows. `code` of a refused handshake is the HTTP status or 0."""

    def __init__(self, host, path, message_limit=MESSAGE_LIMIT, fragment=FRAGMENT, random=os.urandom):
        self.state = CONNECTING
        self._random = random
        self._nonce = random(16)
        self._limit = message_limit
        self._fragment = fragment
        self._in = bytearray()
        self._out = [handshake.request(host, path, self._nonce)]
        self._pongs = 0  # bytes of answers to pings since the last take
        self._reset_message()
        self._frame = None  # (final, bytes still to come) of a data frame whose head was read

    def _reset_message(self):
        self._opcode = None
        self._whole = None  # the parts so far, where there are several
        self._size = 0
        self._decoder = None

    # --- out

    def take(self):
        """The bytes that wait to be written to the socket, once."""
        out = b"".join(self._out)
        self._out = []
        self._pongs = 0
        return out

    def send_text(self, payload):
        """Queues a message: str, or its UTF-8 bytes. Longer ones leave in several frames, so that an answer to a
        ping never waits for a whole message. Nothing after close."""
        if self.state == OPEN:
            self._send_message(TEXT, payload.encode("utf-8") if isinstance(payload, str) else payload)

    def send_binary(self, payload):
        """Queues a message of bytes."""
        if self.state == OPEN:
            self._send_message(BINARY, payload)

    def ping(self, payload=b""):
        """Queues a ping of at most 125 bytes."""
        if self.state == OPEN:
            self._send(PING, payload[: frames.CONTROL_LIMIT])

    def close(self, code=1000, reason=""):
        """Begins the end: the close frame is queued, the server's own is waited for."""
        if self.state == OPEN:
            self._send(CLOSE, frames.close_payload(code, reason))
            self.state = CLOSING
        elif self.state == CONNECTING:
            self.state = CLOSED

    def _send_message(self, opcode, payload):
        size = len(payload)
        view = memoryview(payload)
        for start in range(0, max(size, 1), self._fragment):
            end = start + self._fragment
            self._send(opcode if start == 0 else CONTINUATION, view[start:end], end >= size)

    def _send(self, opcode, payload, final=True):
        self._out.append(frames.encode(opcode, payload, self._random(4), final))

    # --- in

    def receive(self, data):
        """What the bytes bring; never raises. Bytes may be cut anywhere."""
        events = []
        if self.state != CLOSED:
            self._in += data
            try:
                self._read(events)
            except handshake.HandshakeError as error:
                self._end(events, ("failed", error.status, str(error)))
            except ProtocolError as error:
                self._fail(events, error)
        return events

    def _fail(self, events, error):
        if self.state == OPEN:
            self._send(CLOSE, frames.close_payload(error.code, str(error)))
        self._end(events, ("failed", error.code, str(error)))

    def _end(self, events, event):
        self.state = CLOSED
        del self._in[:]
        self._reset_message()
        events.append(event)

    def _read(self, events):
        if self.state == CONNECTING and not self._read_head(events):
            return
        at = 0
        while self.state != CLOSED:
            after = self._read_frame(at, events)
            if after is None:
                break
            at = after
        del self._in[:at]

    def _read_head(self, events):
        size = handshake.head_length(self._in)
        if not size:
            return False
        handshake.check(bytes(self._in[:size]), self._nonce)
        del self._in[:size]
        self.state = OPEN
        events.append(("open",))
        return True

    def _read_frame(self, at, events):
        """One step: a control frame, a head, or what is there of a payload. The offset behind it, None: wait."""
        if self._frame is not None:
            return self._read_payload(at, events)
        head = frames.decode_head(self._in, at)
        if head is None:
            return None
        opcode, final, length, start = head
        if opcode >= CLOSE:
            return self._read_control(opcode, start, length, events)
        self._begin(opcode, length)
        self._frame = (final, length)
        return self._read_payload(start, events, at)

    def _begin(self, opcode, length):
        if opcode == CONTINUATION:
            if self._opcode is None:
                raise ProtocolError(1002, "a continuation of nothing")
        elif self._opcode is not None:
            raise ProtocolError(1002, "a new message inside another")
        else:
            self._opcode = opcode
        self._size += length
        if self._size > self._limit:
            raise ProtocolError(1009, "a message is over %d bytes" % self._limit)

    def _read_payload(self, start, events, head_at=None):
        final, missing = self._frame
        end = min(start + missing, len(self._in))
        if end == start and missing:
            return start if head_at is not None else None
        with memoryview(self._in) as view:
            chunk = bytes(view[start:end])
        done = end - start == missing
        self._frame = None if done else (final, missing - len(chunk))
        self._take_chunk(chunk, done and final, events)
        return end

    def _take_chunk(self, chunk, last, events):
        is_text = self._opcode == TEXT
        message = self._decode(chunk, last) if is_text else chunk
        if self._whole is not None or not last:
            if self._whole is None:
                self._whole = io.StringIO(newline="") if is_text else io.BytesIO()
            self._whole.write(message)
            if not last:
                return
            message = self._whole.getvalue()
        self._reset_message()
        if self.state == OPEN:
            events.append(("text" if is_text else "binary", message))

    def _decode(self, chunk, last):
        """Text of a part of a message; an impossible byte is found before the rest of the message comes."""
        try:
            if last and self._decoder is None:
                return chunk.decode("utf-8")
            if self._decoder is None:
                self._decoder = codecs.getincrementaldecoder("utf-8")()
            return self._decoder.decode(chunk, last)
        except UnicodeDecodeError:
            raise ProtocolError(1007, "a text is not UTF-8")

    def _read_control(self, opcode, start, length, events):
        end = start + length
        if len(self._in) < end:
            return None
        payload = bytes(self._in[start:end])
        if opcode == CLOSE:
            self._closed(payload, events)
        elif opcode == PING:
            self._pong(payload)
            events.append(("ping", payload))
        else:
            events.append(("pong", payload))
        return end

    def _pong(self, payload):
        self._pongs += len(payload) + 6
        if self.state == OPEN and self._pongs <= PONGS_LIMIT:
            self._send(PONG, payload)

    def _closed(self, payload, events):
        code, reason = frames.decode_close(payload)
        if self.state == OPEN:
            self._send(CLOSE, frames.close_payload(1000 if code == 1005 else code))
        self._end(events, ("close", code, reason))
