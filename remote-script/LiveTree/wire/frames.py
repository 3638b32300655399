"""The bytes of WebSocket frames (RFC 6455, section 5)."""
import struct

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
CONTROL_LIMIT = 125  # bytes in a control frame
CLOSE_CODES = frozenset((1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014))


class ProtocolError(Exception):
    """The other end broke the protocol. `code`: the close code to tell it."""

    def __init__(self, code, message):
        Exception.__init__(self, message)
        self.code = code


def mask(payload, key):
    """The payload masked (or unmasked) with the 4 bytes of the key. One big XOR: a loop over bytes takes
    a hundred times as long."""
    size = len(payload)
    if not size:
        return b""
    repeated = (key * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "little") ^ int.from_bytes(repeated, "little")
    return masked.to_bytes(size, "little")


def encode(opcode, payload, key, final=True):
    """One masked frame."""
    size = len(payload)
    first = (0x80 if final else 0) | opcode
    if size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    return head + key + mask(payload, key)


def decode_head(buffer, at):
    """The head of a server's frame at an offset: (opcode, final, length, offset of the payload), or None while
    incomplete. Raises ProtocolError for what no server may send."""
    available = len(buffer) - at
    if available < 1:
        return None
    first = buffer[at]
    opcode, final = first & 0x0F, first >= 0x80
    _check_first(first, opcode, final)
    if available < 2:
        return None
    second = buffer[at + 1]
    if second & 0x80:
        raise ProtocolError(1002, "a frame of the server is masked")
    if opcode >= CLOSE and second > CONTROL_LIMIT:
        raise ProtocolError(1002, "a control frame is over %d bytes" % CONTROL_LIMIT)
    return _with_length(buffer, at, available, opcode, final, second)


def _check_first(first, opcode, final):
    if first & 0x70:
        raise ProtocolError(1002, "a reserved bit is set")
    if opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
        raise ProtocolError(1002, "opcode %d is reserved" % opcode)
    if opcode >= CLOSE and not final:
        raise ProtocolError(1002, "a control frame is fragmented")


def _with_length(buffer, at, available, opcode, final, second):
    if second < 126:
        return opcode, final, second, at + 2
    width, form, least = (2, "!H", 126) if second == 126 else (8, "!Q", 65536)
    if available < 2 + width:
        return None
    length = struct.unpack_from(form, buffer, at + 2)[0]
    if length < least:
        raise ProtocolError(1002, "a length is not written in the shortest way")
    if length >= 1 << 63:
        raise ProtocolError(1002, "a length has its first bit set")
    return opcode, final, length, at + 2 + width


def close_payload(code, reason=""):
    """Payload of a close frame; the reason is cut at 123 bytes, never inside a character."""
    cut = reason.encode("utf-8", "replace")[: CONTROL_LIMIT - 2].decode("utf-8", "ignore")
    return struct.pack("!H", code) + cut.encode("utf-8")


def decode_close(payload):
    """(code, reason) of a close frame; 1005 where it names none. Raises ProtocolError."""
    if not payload:
        return 1005, ""
    if len(payload) == 1:
        raise ProtocolError(1002, "a close frame of one byte")
    code = struct.unpack_from("!H", payload)[0]
    if code not in CLOSE_CODES and not 3000 <= code <= 4999:
        raise ProtocolError(1002, "close code %d may not be sent" % code)
    try:
        return code, bytes(payload[2:]).decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError(1007, "the reason of a close frame is not UTF-8")
