"""A TCP client socket that never blocks; polled from the pump, without `select`.

A non-blocking connect is followed up by asking: SO_ERROR (refused), getpeername (there), connect_ex again (each
system's own code). Live may close every file and socket of the process (docs/live-api.md), so that any error means
"closed, open another one later", never an end.
"""
import errno
import socket

CONNECTING, OPEN, CLOSED = "connecting", "open", "closed"


def _codes(*names):
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


# Winsock's numbers are written out: Python's errno has the C runtime's beside them.
AGAIN = _codes("EAGAIN", "EWOULDBLOCK", "EINTR") | {10035}
PENDING = _codes("EINPROGRESS", "EALREADY") | AGAIN | {10036, 10037, 10022}
CONNECTED = _codes("EISCONN") | {0, 10056}

PIECE = 1 << 16  # bytes moved by one call


class TcpStream(object):
    """One connection attempt and, when it succeeds, the connection. `error`: why it is closed."""

    def __init__(self, host, port, socket_module=socket):
        self.state = CONNECTING
        self.error = ""
        self._address = (host, port)
        self._out = bytearray()
        self._socket = None
        try:
            self._socket = socket_module.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._socket.setblocking(False)
            self._set_no_delay()
            self._judge(self._socket.connect_ex(self._address))
        except (OSError, ValueError, OverflowError) as error:
            self._fail(error)

    def _set_no_delay(self):
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            pass  # slower, not wrong

    def _judge(self, code):
        if code in CONNECTED:
            self._connected()
        elif code not in PENDING:
            self._fail(OSError(code, errno.errorcode.get(code, "error %d" % code)))

    def _connected(self):
        if self._socket.getsockname() == self._socket.getpeername():
            # A port of the system's own range that nobody listens on may be given to this very socket.
            raise OSError(errno.ECONNREFUSED, "connected to itself")
        self.state = OPEN

    def poll(self):
        """Looks whether the connection stands; the state afterwards."""
        if self.state == CONNECTING:
            try:
                self._poll()
            except OSError as error:
                self._fail(error)
        return self.state

    def _poll(self):
        code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._judge(code)
        elif self._has_peer():
            self._connected()
        else:
            self._judge(self._socket.connect_ex(self._address))

    def _has_peer(self):
        try:
            self._socket.getpeername()
            return True
        except OSError:
            return False

    # --- bytes

    @property
    def waiting(self):
        """Bytes taken by `write` that the system has not taken yet."""
        return len(self._out)

    def write(self, data):
        """Queues bytes; `flush` moves them."""
        if self.state != CLOSED:
            self._out += data

    def flush(self, limit):
        """Sends at most `limit` bytes; how many went."""
        sent = 0
        while self.state == OPEN and self._out and sent < limit:
            count = self._send_piece(min(PIECE, limit - sent))
            if not count:
                break
            del self._out[:count]
            sent += count
        return sent

    def _send_piece(self, size):
        try:
            return self._socket.send(bytes(self._out[:size]))
        except OSError as error:
            return self._again_or_fail(error)

    def read(self, limit):
        """At most `limit` bytes that are there; b"" when none are, also at the end (`state` tells)."""
        if self.state != OPEN or limit <= 0:
            return b""
        try:
            data = self._socket.recv(min(PIECE, limit))
        except OSError as error:
            self._again_or_fail(error)
            return b""
        if not data:
            self._fail("closed by the other end")
        return data

    def _again_or_fail(self, error):
        if error.errno not in AGAIN:
            self._fail(error)
        return 0

    def _fail(self, error):
        self.error = str(error)
        self.close()

    def close(self):
        """Lets the socket go, whatever state it is in. Unsent bytes are lost."""
        self.state = CLOSED
        del self._out[:]
        if self._socket is not None:
            try:
                self._socket.close()
            except OSError:
                pass
            self._socket = None

    def close_softly(self):
        """Closes after what was sent: a socket closed over unread bytes resets the connection, and what the other
        end had not read yet would be lost. Reads at most 1 MB, waits for nothing."""
        try:
            if self.state == OPEN:
                self._socket.shutdown(socket.SHUT_WR)
                for _ in range(16):
                    if not self._socket.recv(PIECE):
                        break
        except OSError:
            pass
        self.close()
