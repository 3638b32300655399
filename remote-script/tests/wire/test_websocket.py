import base64
import hashlib
import os
import random
import struct
import unittest

from livetree_wire import frames, handshake
from livetree_wire.websocket import CLOSED, OPEN, PONGS_LIMIT, WebSocket

NONCE = bytes(range(16))


def fixed(size):
    return NONCE[:size]


def answer(nonce=NONCE, **changes):
    """What a server answers; `changes` by header name with _ for -, None leaves a header out."""
    key = base64.b64encode(nonce) + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    accept = base64.b64encode(hashlib.sha1(key).digest()).decode()
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Accept": accept}
    headers.update(changes)
    status = headers.pop("status", "HTTP/1.1 101 Switching Protocols")
    lines = ["%s: %s" % (name.replace("_", "-"), value) for name, value in headers.items() if value is not None]
    return ("\r\n".join([status] + lines) + "\r\n\r\n").encode("latin-1")


def frame(opcode, payload=b"", final=True, masked=False, reserved=0):
    size = len(payload)
    first = (0x80 if final else 0) | reserved | opcode
    mask = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, mask | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, mask | 126, size)
    else:
        head = struct.pack("!BBQ", first, mask | 127, size)
    return head + payload


def opened(**options):
    client = WebSocket("127.0.0.1:8765", "/script", random=fixed, **options)
    client.take()
    assert client.receive(answer()) == [("open",)]
    return client


def unmasked(data):
    """The frames a server reads: (opcode, final, payload) each; by a loop over bytes."""
    found = []
    while data:
        size, at = data[1] & 0x7F, 2
        assert data[1] & 0x80
        if size >= 126:
            width = 2 if size == 126 else 8
            size, at = int.from_bytes(data[2 : 2 + width], "big"), 2 + width
        key, payload = data[at : at + 4], data[at + 4 : at + 4 + size]
        found.append((data[0] & 15, data[0] >= 128, bytes(b ^ key[i % 4] for i, b in enumerate(payload))))
        data = data[at + 4 + size :]
    return found


class Handshake(unittest.TestCase):
    def test_request(self):
        """[SCRIPT-1] the request is the one of RFC 6455, its key answered as in the example there"""
        nonce = b"the sample nonce"
        self.assertEqual(handshake.accept_key(nonce), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        lines = handshake.request("127.0.0.1:8765", "/script", nonce).split(b"\r\n")
        self.assertEqual(lines[0], b"GET /script HTTP/1.1")
        self.assertIn(b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", lines)
        self.assertIn(b"Host: 127.0.0.1:8765", lines)
        self.assertFalse([line for line in lines if line.lower().startswith(b"origin")])

    def test_accepted(self):
        """[SCRIPT-1] header names and tokens in any case, connection lists, cut anywhere"""
        text = answer(Upgrade="WebSocket", Connection="keep-alive, UPGRADE", Server="x")
        for cut in range(len(text)):
            client = WebSocket("h", "/", random=fixed)
            events = client.receive(text[:cut]) + client.receive(text[cut:])
            self.assertEqual((events, client.state), ([("open",)], OPEN))

    def test_refused(self):
        """[SCRIPT-1] whatever else is answered is refused, with its HTTP status"""
        cases = [(answer(status="HTTP/1.1 404 Not Found"), 404), (answer(status="HTTP/1.0 101 x"), 0)]
        cases += [(answer(status="HTTP/1.1 1010 x"), 0), (answer(status="HTTP/1.1"), 0)]
        cases += [(answer(status="HTTP/1.1 \xb9\xb2\xb3 x"), 0)]
        cases += [(answer(Upgrade=None), 101), (answer(Upgrade="h2c"), 101), (answer(Connection="close"), 101)]
        cases += [(answer(Sec_WebSocket_Accept=None), 101), (answer(nonce=bytes(16)), 101)]
        cases += [(answer(Sec_WebSocket_Extensions="permessage-deflate"), 101)]
        cases += [(answer(Sec_WebSocket_Protocol="x"), 101), (b"SSH-2.0-OpenSSH\r\n", 0), (b"\r\n\r\n", 0)]
        cases += [(answer().replace(b"Upgrade: ", b"Upgrade "), 0), (answer(**{"Bad ": "x"}), 0)]
        cases += [(answer() .replace(b"\r\n\r\n", b"\r\nsec-websocket-accept: x\r\n\r\n"), 0)]
        for text, status in cases:
            client = WebSocket("h", "/", random=fixed)
            events = client.receive(text)
            self.assertEqual([event[:2] for event in events], [("failed", status)], text)
            self.assertEqual((client.state, client.receive(answer())), (CLOSED, []))

    def test_limits(self):
        """[SCRIPT-1] an endless head and too many headers are refused before they are stored"""
        client, fed = WebSocket("h", "/", random=fixed), 0
        client.receive(b"HTTP/1.1 101 x\r\n")
        while client.state != CLOSED:
            client.receive(b"A: b\r\n" * 100)
            fed += 600
        self.assertLess(fed, handshake.HEAD_LIMIT + 1200)
        events = WebSocket("h", "/", random=fixed).receive(answer(**{"X%d" % n: "y" for n in range(70)}))
        self.assertIn("64 headers", events[0][2])


class Receiving(unittest.TestCase):
    def test_lengths(self):
        """[SCRIPT-2] every length class, in the bytes of the head's answer and later"""
        client = WebSocket("h", "/", random=fixed)
        payloads = [os.urandom(size) for size in (0, 1, 125, 126, 65535, 65536)]
        events = client.receive(answer() + b"".join(frame(2, payload) for payload in payloads))
        self.assertEqual(events, [("open",)] + [("binary", payload) for payload in payloads])

    def test_random_splits(self):
        """[SCRIPT-2] 300 conversations cut at random give the events of the whole"""
        chance = random.Random(2)
        for _ in range(300):
            data, expected = answer(), [("open",)]
            for _ in range(chance.randrange(1, 12)):
                more, events = conversation(chance)
                data += more
                expected += events
            client, events, at = WebSocket("h", "/", random=fixed), [], 0
            while at < len(data):
                size = chance.choice((1, 1, 2, 3, 10, 100, 1000))
                events += client.receive(data[at : at + size])
                at += size
            self.assertEqual(events, expected)

    def test_every_split(self):
        """[SCRIPT-2] one conversation cut in two at every byte"""
        data = frame(1, b"a" * 130) + frame(1, "\u20ac\U0001f600".encode(), False) + frame(9, b"p")
        data += frame(0, "\u00e4".encode()) + frame(8, b"\x03\xe8bye")
        expected = [("text", "a" * 130), ("ping", b"p"), ("text", "\u20ac\U0001f600\u00e4"), ("close", 1000, "bye")]
        for cut in range(len(data) + 1):
            client = opened()
            self.assertEqual(client.receive(data[:cut]) + client.receive(data[cut:]), expected)

    def test_noise(self):
        """[SCRIPT-2] random bytes and changed conversations raise nothing and end in bounded memory"""
        chance = random.Random(4)
        for _ in range(1000):
            data = bytearray(b"".join(conversation(chance)[0] for _ in range(3)))
            for _ in range(chance.randrange(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            client = opened(message_limit=5000)
            for at in range(0, len(data), 50):
                client.receive(bytes(data[at : at + 50]))
            self.assertLess(len(client._in), 200)
            if client.state == CLOSED:
                self.assertEqual(client.receive(b"\x81\x00"), [])

    def test_wrong_frames(self):
        """[SCRIPT-2] what RFC 6455 forbids fails with 1002, and the code is sent"""
        wrong = [frame(1, b"x", masked=True), frame(3), frame(11), frame(1, reserved=0x40), frame(1, reserved=0x10)]
        wrong += [frame(9, b"x" * 126), frame(9, b"x", final=False), frame(8, b"\x03")]
        wrong += [b"\x82\x7e\x00\x05", b"\x82\x7f\x00\x00\x00\x00\x00\x00\xff\xff", b"\x82\x7f\xff" + b"\x00" * 7]
        for data in wrong:
            client = opened()
            self.assertEqual(client.receive(data)[0][:2], ("failed", 1002), data)
            self.assertEqual(unmasked(client.take())[-1][2][:2], b"\x03\xea")

    def test_order_of_parts(self):
        """[SCRIPT-4] a part without a beginning, a beginning inside a message: 1002"""
        for data in (frame(0, b"x"), frame(1, b"a", False) + frame(1, b"b"), frame(2, b"a", False) + frame(1)):
            self.assertEqual(opened().receive(data)[-1][:2], ("failed", 1002))
        client = opened()
        events = client.receive(frame(1, b"a", False) + frame(9, b"1") + frame(10, b"2") + frame(0, b"", False))
        self.assertEqual(events + client.receive(frame(0, b"b")), [("ping", b"1"), ("pong", b"2"), ("text", "ab")])

    def test_utf8(self):
        """[SCRIPT-6] wrong UTF-8 fails with 1007 at the first impossible byte, valid text may be cut in a character"""
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"a\x80"):
            self.assertEqual(opened().receive(frame(1, bad))[0][:2], ("failed", 1007), bad)
        client = opened()
        self.assertEqual(client.receive(frame(1, b"ok \xe2\x82", False)), [])
        self.assertEqual(client.receive(b"\x00\x05x")[0][:2], ("failed", 1007))
        self.assertEqual(opened().receive(frame(1, b"a", False) + frame(0, b"\xe2\x82"))[0][:2], ("failed", 1007))
        client = opened()
        self.assertEqual(client.receive(b"\x81\x7e\x10\x00" + b"abc\xff")[0][:2], ("failed", 1007))

    def test_limits(self):
        """[SCRIPT-6] a message over the limit fails with 1009 at its head, in one frame or in many"""
        client = opened(message_limit=1000)
        self.assertEqual(client.receive(b"\x82\x7f\x00\x00\x00\x7f\xff\xff\xff\xff")[0][:2], ("failed", 1009))
        client = opened(message_limit=1000)
        self.assertEqual(client.receive(frame(2, b"x" * 900, False)), [])
        self.assertEqual(client.receive(frame(0, b"x" * 101)[:4])[0][:2], ("failed", 1009))
        client = opened(message_limit=1000)
        self.assertEqual(client.receive(frame(1, b"", False) + frame(0, b"", False) * 100000), [])

    def test_ping(self):
        """[SCRIPT-5] a ping is answered with its payload; a flood of them in bounded memory"""
        client = opened()
        client.receive(frame(9, b"hello") + frame(10, b"unasked"))
        self.assertEqual(unmasked(client.take()), [(10, True, b"hello")])
        client.receive(frame(9, b"x" * 125) * 10000)
        self.assertLess(len(client.take()), PONGS_LIMIT + 200)
        client.receive(frame(9, b"again"))
        self.assertEqual(unmasked(client.take()), [(10, True, b"again")])

    def test_close(self):
        """[SCRIPT-5] a close is answered with its code; codes that nobody may send and bad reasons fail"""
        for payload, event in ((b"", (1005, "")), (b"\x03\xe9", (1001, "")), (b"\x0f\xa1ok", (4001, "ok"))):
            client = opened()
            self.assertEqual(client.receive(frame(8, payload) + frame(1, b"late")), [("close",) + event])
            self.assertEqual(unmasked(client.take()), [(8, True, payload[:2] or b"\x03\xe8")])
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535):
            self.assertEqual(opened().receive(frame(8, struct.pack("!H", code)))[0][:2], ("failed", 1002), code)
        self.assertEqual(opened().receive(frame(8, b"\x03\xe8\xff"))[0][:2], ("failed", 1007))

    def test_closing(self):
        """[SCRIPT-5] after our close nothing more is sent or handed on; the server's close ends it"""
        client = opened()
        client.close(1000, "\u00e4" * 100)
        client.send_text("late")
        sent = unmasked(client.take())
        self.assertEqual([(opcode, len(payload)) for opcode, _, payload in sent], [(8, 124)])
        self.assertEqual(client.receive(frame(1, b"late") + frame(9, b"x")), [("ping", b"x")])
        self.assertEqual((client.receive(frame(8, b"\x03\xe8")), client.take()), ([("close", 1000, "")], b""))


class Sending(unittest.TestCase):
    def test_masks(self):
        """[SCRIPT-3] what a server unmasks is what was sent, at every length up to 300 and at the classes' borders"""
        chance = random.Random(1)
        for size in list(range(300)) + [65535, 65536, 65537]:
            payload, key = bytes(chance.randrange(256) for _ in range(size)), os.urandom(4)
            self.assertEqual(unmasked(frames.encode(2, payload, key)), [(2, True, payload)])

    def test_new_key_each(self):
        """[SCRIPT-3] every frame has a key of its own"""
        client = WebSocket("h", "/", random=os.urandom)
        client.state = OPEN
        client.take()
        for _ in range(50):
            client.send_text("x" * 10)
        data = client.take()
        self.assertEqual(len({data[at + 2 : at + 6] for at in range(0, len(data), 16)}), 50)

    def test_fragments(self):
        """[SCRIPT-3] a long message leaves in several frames that a server puts together"""
        for size in (0, 9, 10, 11, 20, 35):
            client = opened(fragment=10)
            client.send_text("y" * size)
            parts = unmasked(client.take())
            self.assertEqual(b"".join(payload for _, _, payload in parts), b"y" * size)
            self.assertEqual([opcode for opcode, _, _ in parts], [1] + [0] * (len(parts) - 1))
            self.assertEqual([final for _, final, _ in parts], [False] * (len(parts) - 1) + [True])


def conversation(chance):
    """Random valid bytes of a server, with the events they mean."""
    kind = chance.randrange(4)
    if kind == 0:
        payload = bytes(chance.randrange(256) for _ in range(chance.choice((0, 3, 125))))
        return frame(9, payload), [("ping", payload)]
    if kind == 1:
        payload = bytes(chance.randrange(256) for _ in range(chance.choice((0, 5, 126, 4000))))
        return frame(2, payload), [("binary", payload)]
    text = "".join(chance.choice("a\u00e4\u20ac\U0001f600") for _ in range(chance.choice((0, 5, 60, 700))))
    data, at, opcode, out, events = text.encode("utf-8"), 0, 1, b"", []
    while kind == 2 and at < len(data) and chance.random() < 0.8:
        size = chance.randrange(0, 40)
        out += frame(opcode, data[at : at + size], False)
        at, opcode = at + size, 0
        if chance.random() < 0.2:
            out += frame(10, b"i")
            events.append(("pong", b"i"))
    return out + frame(opcode, data[at:]), events + [("text", text)]


if __name__ == "__main__":
    unittest.main()
