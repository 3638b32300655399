"""The opening handshake of a WebSocket client (RFC 6455, section 4.1)."""
import base64
import hashlib

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
HEAD_LIMIT = 16384  # bytes of status line and headers together
HEADERS_LIMIT = 64  # lines


class HandshakeError(Exception):
    """The answer is not the beginning of a WebSocket. `status`: the HTTP status, 0 where there is none."""

    def __init__(self, message, status=0):
        Exception.__init__(self, message)
        self.status = status


def request(host, path, nonce):
    """The request; `nonce` is 16 random bytes. Without Origin: a program, not a page."""
    lines = [
        "GET %s HTTP/1.1" % path,
        "Host: %s" % host,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: %s" % base64.b64encode(nonce).decode("ascii"),
        "Sec-WebSocket-Version: 13",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def accept_key(nonce):
    """What a WebSocket server answers to this nonce."""
    return base64.b64encode(hashlib.sha1(base64.b64encode(nonce) + GUID).digest()).decode("ascii")


def head_length(buffer):
    """Bytes of the head with its empty line, or 0 while incomplete. Raises HandshakeError over the limit."""
    end = buffer.find(b"\r\n\r\n", 0, HEAD_LIMIT)
    if end >= 0:
        return end + 4
    if len(buffer) >= HEAD_LIMIT:
        raise HandshakeError("the head of the answer is over %d bytes" % HEAD_LIMIT)
    if not b"HTTP/1.1 ".startswith(bytes(buffer[:9])):
        raise HandshakeError("the answer is not HTTP/1.1")
    return 0


def check(head, nonce):
    """Raises HandshakeError unless the head accepts the request made with `nonce`."""
    lines = head.decode("latin-1").split("\r\n")[:-2]
    _check_status(lines[0])
    headers = _headers(lines[1:])
    if headers.get("upgrade", "").lower() != "websocket":
        raise HandshakeError("the answer does not upgrade to websocket", 101)
    tokens = [token.strip().lower() for token in headers.get("connection", "").split(",")]
    if "upgrade" not in tokens:
        raise HandshakeError("the answer does not upgrade the connection", 101)
    if headers.get("sec-websocket-accept") != accept_key(nonce):
        raise HandshakeError("the accept key is wrong", 101)
    for name in ("sec-websocket-extensions", "sec-websocket-protocol"):
        if name in headers:
            raise HandshakeError("the answer has a %s that was not asked for" % name, 101)


def _check_status(line):
    parts = line.split(" ", 2)
    code = parts[1] if len(parts) > 1 else ""
    if parts[0] != "HTTP/1.1" or len(code) != 3 or not (code.isdigit() and code.isascii()):
        raise HandshakeError("the answer is not HTTP/1.1")
    if code != "101":
        raise HandshakeError("HTTP status %s" % code, int(code))


def _headers(lines):
    if len(lines) > HEADERS_LIMIT:
        raise HandshakeError("the answer has over %d headers" % HEADERS_LIMIT)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.lower()
        if not colon or not name or name != name.strip():
            raise HandshakeError("a header of the answer is malformed")
        if name in headers and name.startswith("sec-websocket-"):
            raise HandshakeError("the answer has %s twice" % name)
        headers[name] = headers[name] + "," + value.strip() if name in headers else value.strip()
    return headers
