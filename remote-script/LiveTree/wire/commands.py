"""Port 9001: one command a line, one line of JSON as answer, for `nc` and Hammerspoon. Never blocks, never raises.

A web page can post to any port of this computer. So a connection whose first line is no command gets the error and its
end, and nothing behind that line is looked at.
"""
import errno
import os
import socket

from . import json_text
from .socket_io import AGAIN

HOST = "127.0.0.1"
LINE_LIMIT = 256  # bytes of one line
CONNECTIONS_LIMIT = 8
IDLE_SECONDS = 60.0
LEAVING_SECONDS = 1.0  # from the last answer of a refused connection to its end: time for it to be read
ACCEPT_SECONDS = 0.1  # between two looks for a first connection: each is a call of the system, also when none is there
BIND_SECONDS = 5.0  # between attempts to find a free port
ANSWER_LIMIT = 1 << 16  # bytes of one answer
LINES_PER_PUMP = 8


class CommandError(Exception):
    """Raised by a handler: the command cannot be done; its text is the answer."""


class Peer(object):
    """One connection."""

    def __init__(self, connection, now):
        self.socket = connection
        self.heard_at = now
        self.is_known = False  # its first line was a command
        self.leaves_at = None
        self.inbox = bytearray()
        self.out = bytearray()

    def is_overdue(self, now):
        """Whether it has been idle, or leaving, for too long."""
        if self.leaves_at is not None:
            return now >= self.leaves_at
        return now - self.heard_at >= IDLE_SECONDS

    def read(self):
        """Takes what is there of the next line; False at the end."""
        data = self.socket.recv(LINE_LIMIT + 2 - len(self.inbox))
        self.inbox += data
        return bool(data)

    def line(self):
        """The next line, None while incomplete. Raises CommandError over the limit."""
        end = self.inbox.find(b"\n")
        if end < 0 and len(self.inbox) <= LINE_LIMIT:
            return None
        if end < 0 or end > LINE_LIMIT:
            raise CommandError("a line is over %d bytes" % LINE_LIMIT)
        line = bytes(self.inbox[:end])
        del self.inbox[: end + 1]
        return line.rstrip(b"\r")

    def flush(self):
        """Sends what it takes."""
        if self.out:
            del self.out[: self.socket.send(bytes(self.out[:ANSWER_LIMIT]))]


class CommandServer(object):
    """`handlers`: name → function of the rest of the line (text, stripped) that returns a JSON value, or raises
    CommandError. `help` is added. `port`: where it listens, None while no port is free."""

    def __init__(self, settings, clock, log, handlers):
        self.port = None
        self.errors = 0
        self.carried_out = 0  # commands
        self.refused = 0  # connections that were ended: a web page, or a line over the limit
        self._ports = settings.command_ports
        self._clock = clock
        self._log = log
        self._handlers = dict(handlers)
        self._handlers.setdefault("help", lambda argument: sorted(self._handlers))
        self._listener = None
        self._peers = []
        self._is_closed = False
        self._next_bind = self._next_accept = clock.now()
        self._has_complained = False
        self._bind()

    # --- listening

    def _bind(self):
        for port in self._ports:
            self._listener = _listen(port)
            if self._listener is not None:
                self.port = self._listener.getsockname()[1]
                self._log("Commands are taken on port %d." % self.port)
                return
        self._next_bind = self._clock.now() + BIND_SECONDS
        if not self._has_complained:
            self._has_complained = True
            self._log("No port for commands is free (%s): none are taken." % ", ".join(map(str, self._ports)))

    def pump(self, budget_seconds):
        """Accepts, reads, answers; bounded."""
        if self._is_closed:
            return
        try:
            deadline = self._clock.perf() + budget_seconds
            if self._listener is None and self._clock.now() >= self._next_bind:
                self._bind()
            if self._peers or self._clock.now() >= self._next_accept:
                self._accept()
            for peer in list(self._peers):
                self._serve(peer, deadline)
        except Exception as error:
            self._trouble(error)

    def _trouble(self, error):
        self.errors += 1
        if self.errors == 1:
            self._log("Error on the port for commands: %r" % (error,))

    def _accept(self):
        self._next_accept = self._clock.now() + ACCEPT_SECONDS
        while self._listener is not None and len(self._peers) < CONNECTIONS_LIMIT:
            try:
                connection, _ = self._listener.accept()
                connection.setblocking(False)
            except OSError as error:
                if error.errno not in AGAIN and error.errno != errno.ECONNABORTED:
                    self._stop_listening()
                return
            self._peers.append(Peer(connection, self._clock.now()))

    def _stop_listening(self):
        """Live may have closed the socket under us."""
        _close(self._listener)
        self._listener = self.port = None

    # --- serving

    def _serve(self, peer, deadline):
        now = self._clock.now()
        try:
            is_over = self._is_over(peer, now, deadline)
        except OSError as error:
            is_over = error.errno not in AGAIN or peer.is_overdue(now)
        if is_over:
            _close(peer.socket)
            self._peers.remove(peer)

    def _is_over(self, peer, now, deadline):
        peer.flush()
        gone = peer.leaves_at is None and self._talk(peer, now, deadline)
        return gone or peer.is_overdue(now)

    def _talk(self, peer, now, deadline):
        """Reads and answers lines; True at the other's end."""
        for _ in range(LINES_PER_PUMP):
            if peer.out or peer.leaves_at is not None or self._clock.perf() >= deadline:
                return False
            line = self._next_line(peer, now)
            if line is None:
                return False
            if line is False:
                return True
            self._answer(peer, line)
            peer.flush()
        return False

    def _next_line(self, peer, now):
        """The next line; None: not yet; False: the other end is gone."""
        try:
            line = peer.line()
            if line is None:
                if not peer.read():
                    return False
                peer.heard_at = now
                line = peer.line()
            return line
        except CommandError as error:
            self._refuse(peer, str(error))
            return None

    def _answer(self, peer, line):
        try:
            name, handler, argument = self._parse(line)
        except CommandError as error:
            if peer.is_known and not _is_http(line):
                peer.out += _encode({"ok": False, "error": str(error)})
            else:
                self._refuse(peer, str(error))
            return
        peer.is_known = True
        self.carried_out += 1
        peer.out += self._run(name, handler, argument)

    def _parse(self, line):
        try:
            text = line.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise CommandError("the line is not UTF-8")
        name, _, argument = text.partition(" ")
        handler = self._handlers.get(name)
        if handler is None or _is_http(line):
            raise CommandError("unknown command; `help` lists them")
        return name, handler, argument.strip()

    def _run(self, name, handler, argument):
        try:
            answer = _encode({"ok": True, "command": name, "result": handler(argument)})
            if len(answer) <= ANSWER_LIMIT:
                return answer
            reason = "the answer is over %d bytes" % ANSWER_LIMIT
        except CommandError as error:
            reason = str(error)
        except Exception as error:  # a handler reads Live, where anything may raise
            self._trouble(error)
            reason = "internal error"
        return _encode({"ok": False, "command": name, "error": reason})

    def _refuse(self, peer, reason):
        self.refused += 1
        peer.out += _encode({"ok": False, "error": reason})
        peer.leaves_at = self._clock.now() + LEAVING_SECONDS
        peer.flush()
        if not peer.out:
            # The rest stays unread; closing at once would reset the connection before the answer is read.
            peer.socket.shutdown(socket.SHUT_WR)

    @property
    def is_busy(self):
        """Somebody is connected."""
        return bool(self._peers)

    def figures(self):
        """What happened on the port so far."""
        return {
            "port": self.port, "connections": len(self._peers), "carriedOut": self.carried_out,
            "refused": self.refused, "errors": self.errors,
        }

    def close(self):
        """No socket is left."""
        self._is_closed = True
        self._stop_listening()
        for peer in self._peers:
            _close(peer.socket)
        self._peers = []


def _is_http(line):
    return b" HTTP/" in line


def _encode(answer):
    return json_text.encode(answer).encode("ascii") + b"\n"


def _close(sock):
    try:
        if sock is not None:
            sock.close()
    except OSError:
        pass


def _listen(port):
    """A listening socket on this port of loopback, or None."""
    listener = None
    try:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setblocking(False)
        if os.name == "posix":
            # Windows would give a port that is in use to both.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        elif hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        listener.bind((HOST, port))
        listener.listen(CONNECTIONS_LIMIT)
        return listener
    except (OSError, OverflowError):
        _close(listener)
        return None
