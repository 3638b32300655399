"""What leaves next on a connection: the spool of a dead run, heartbeats, frames, then ephemeral values."""
from . import json_text

WATER = 1 << 16  # bytes that may wait at the socket before more is added
DISK_READ = 1 << 16  # bytes read from spools by one call
EPHEMERAL_LIMIT = 4096  # keys that may wait


def envelope(kind, payload):
    """Bytes of one message; the payload is JSON already."""
    return b'{"source":"remote_script","type":"%s","payload":%s}' % (kind.encode("ascii"), payload)


class Outbox(object):
    """Of one run. `heartbeat`: payload of the one that waits."""

    def __init__(self, run, frames, dead, report):
        self.heartbeat = None
        self._run = run
        self._frames = frames
        self._dead = dead
        self._report = report
        self._is_late = False  # the dead run's spool is being sent
        self._ephemeral = {}
        self._sent = 0  # last seq sent on this connection

    def begin(self, spool_wish):
        """A connection stands; what the hub wants of the spool that was offered."""
        self.forget()
        dead = self._dead.current
        if dead is not None and spool_wish == "drop":
            self._dead.drop()
        elif dead is not None and spool_wish == "send":
            dead.rewind()
            self._is_late = True

    def forget(self):
        """The connection is gone, and what is only of the moment with it."""
        self.heartbeat = None
        self._ephemeral.clear()
        self._is_late = False
        self._sent = 0

    def put_ephemeral(self, values):
        """Keeps the latest value of each key, handle and, for motion, property."""
        for key, handle, value in values:
            prop = value.get("prop") if isinstance(value, dict) else None
            if len(self._ephemeral) < EPHEMERAL_LIMIT or (key, handle, prop) in self._ephemeral:
                self._ephemeral[key, handle, prop] = value

    def is_empty(self):
        """Whether all frames and spools were handed to the connection."""
        return not self._is_late and self._frames.is_all_sent()

    def fill(self, session, has_time):
        """Hands messages to the session until enough bytes wait there."""
        allowance = DISK_READ
        if self.heartbeat is not None and session.waiting < WATER:
            self._send_heartbeat(session)
        while session.waiting < WATER:
            was_late = self._is_late
            message, used = self._next(allowance)
            allowance -= used
            if message is not None:
                session.send(message)
            elif self._is_late or not was_late:
                break
            if not has_time():
                return
        if self._ephemeral and self.is_empty() and session.waiting < WATER:
            self._send_ephemeral(session)

    def _send_heartbeat(self, session):
        body, self.heartbeat = self.heartbeat, None
        body["seq"] = self._sent
        session.send(envelope("heartbeat", json_text.encode(body).encode("ascii")))

    def _send_ephemeral(self, session):
        values = [[key[0], key[1], value] for key, value in self._ephemeral.items()]
        self._ephemeral.clear()
        payload = json_text.encode({"run": self._run, "values": values})
        session.send(envelope("ephemeral", payload.encode("ascii")))

    def _next(self, allowance):
        """(message or None, bytes read from the disk)."""
        if self._is_late:
            return self._next_late(allowance)
        item, used = self._frames.next(allowance)
        if item is None:
            return None, used
        self._sent = item[1]
        return self._message(self._run, item), used

    def _next_late(self, allowance):
        try:
            item, used = self._dead.current.next(allowance)
        except (OSError, ValueError) as error:
            self._dead.fail(error)
            item, used = None, 0
        if item is not None:
            return self._message(self._dead.current.run, _late(item)), used
        self._is_late = self._dead.current is not None and not self._dead.current.is_read
        return None, used

    def _message(self, run, item):
        first, last, payload = item
        if payload is not None:
            return envelope("events", payload)
        self._report("gaps told", "The hub was told of frames that are nowhere any more.")
        gap = {"run": run, "fromSeq": first, "toSeq": last}
        return envelope("gap", json_text.encode(gap).encode("ascii"))

    def acknowledge_late(self, run, seq):
        """An ack of another run; whether it is of the dead one, whose file goes with its last frame."""
        dead = self._dead.current
        if dead is None or dead.run != run:
            return False
        if seq >= dead.last and not self._is_late:
            self._dead.drop()
        return True


def _late(item):
    first, last, payload = item
    return first, last, payload if payload is None else payload[:-1] + b',"late":true}'
