"""The script's link to the hub: connects, says hello, states frames until they are acknowledged.

Never blocks, never raises, never loses a frame silently. What it keeps of a run survives lost connections and restarts
of the hub; what it writes to the spool survives a crash of Live too (docs/protocol-script.md).
"""
import binascii
import os
import sys
from collections import Counter

from . import json_text
from .dead_spools import DeadSpools
from .frame_log import FrameLog
from .ladder import Ladder
from .merging import Merger
from .outbox import Outbox, envelope
from .removal import Remover
from .session import CLOSED, CONNECTED, Session
from .spool import Spool

PROTOCOL = 1
GONE_SECONDS = 5.0  # without a hub until frames go to the spool
LONGEST_STEP = 1.0  # seconds one pump counts for; a longer pause is Live's, not the hub's
BYE_SECONDS = 0.1  # longest `bye`
BYE_TRIES = 20000  # and in attempts, should the clock stand still

# Messages of the hub that are handed on; others belong to a newer hub and are counted.
HANDED_ON = frozenset(("observe", "unobserve", "resync", "barrier", "configure", "ping"))


def new_run_id():
    """32 hexadecimal digits that no other run has."""
    return binascii.hexlify(os.urandom(16)).decode("ascii")


class Link(object):
    """`state`: "off" (pause between attempts, or closed), "connecting", "waiting_hello" or "connected".
    `counters`: everything that went wrong, by name. `log(text)`: one line for people; each trouble once a run."""

    def __init__(self, settings, clock, log, hello, chance=None):
        self.counters = Counter()
        self._settings = settings
        self._clock = clock
        self._say = log
        self._hello = hello
        self._ladder = Ladder(settings.ports, chance) if chance else Ladder(settings.ports)
        self._session = None
        self._is_closed = False
        self._last_reason = ""
        self._awake = 0.0  # seconds, without the pauses of Live's ticks
        self._pumped_at = clock.now()
        self._gone_since = 0.0
        self._run = ""
        self._start_run(new_run_id())

    # --- runs

    @property
    def run(self):
        """The run whose frames are stated. Setting it ends the one before: what the hub has not acknowledged of
        that goes to its spool, and a new hello is said."""
        return self._run

    @run.setter
    def run(self, run):
        if run != self._run:
            self._end_run(is_flushed=False)
            self._start_run(run)
            self._ladder.again()

    def _start_run(self, run):
        self._run = run
        self._said = set()
        self._remover = Remover(self._report)
        self._merger = Merger()
        self._frames = FrameLog(self._settings.memory_bytes, self._new_spool(run))
        self._dead = DeadSpools(self._settings.spool_dir, self._report, self._remover)
        self._outbox = Outbox(run, self._frames, self._dead, self._report)
        self._hello_seq = 0
        self._is_flushed = False  # the last bye took everything along

    def _new_spool(self, run):
        return Spool(self._settings.spool_dir, self._settings.spool_bytes, run, self._clock, self._report, self._remover)

    def _end_run(self, is_flushed):
        self._end_merging()
        if self._session is not None:
            self._session.close()
            self._leave_session()
        self._frames.close(is_away=not is_flushed and self._frames.unacked > 0)
        self._dead.close()
        self._remover.close()

    # --- what the model sees

    @property
    def state(self):
        """See the class."""
        return self._session.state if self._session is not None else "off"

    @property
    def unacked(self):
        """Frames stated and not acknowledged."""
        return self._frames.unacked + (0 if self._merger.is_empty else 1)

    def is_sent(self):
        """Whether all that was stated has left: nothing but acknowledgements is awaited."""
        return (
            self.state == CONNECTED and self._merger.is_empty
            and self._outbox.is_empty() and self._session.waiting == 0
        )

    def room(self):
        """Bytes of frames that may still be stated before some are cut off."""
        return self._frames.room()

    def spool_info(self):
        """The member `spool` of a heartbeat."""
        return {"bytes": self._frames.spool.size, "frames": self._frames.spool.frames}

    def send_events(self, payload):
        """States one frame; its seq. `payload`: members of `events` without `run` and `seq`."""
        body = dict(payload)
        body.setdefault("time", self._clock.wall())
        if self.state != CONNECTED and self._merger.takes(body):
            self._merger.add(body, self._awake)
            return self._frames.last + 1
        self._end_merging()
        return self._keep(body)

    def _end_merging(self):
        body = self._merger.take()
        if body is not None:
            self._keep(body)

    def _keep(self, body):
        body["run"], body["seq"] = self._run, self._frames.last + 1
        self._is_flushed = False
        if not self._frames.add(self._encoded(body)):
            self._report("frames in gaps", "A frame could not be kept; the hub will ask for a snapshot.")
        return self._frames.last

    def _encoded(self, body):
        """Bytes, or None for what the hub could not take."""
        try:
            text = json_text.encode(body).encode("ascii")
        except (ValueError, TypeError, RecursionError) as error:
            self._report("frames not encoded", "A frame is no JSON: %r" % (error,))
            return None
        if len(text) <= self._settings.frame_bytes:
            return text
        self._report("frames too large", "A frame of %d bytes is over the limit." % len(text))
        return None

    def send_ephemeral(self, values):
        """Latest values, [key, handle, value] each; forgotten while not connected."""
        if self.state == CONNECTED:
            self._outbox.put_ephemeral(values)

    def send_heartbeat(self, payload):
        """The latest heartbeat; forgotten while not connected. The link adds run, time, unacked and spool where they
        are not given, and the seq after which it travels."""
        if self.state == CONNECTED:
            body = {"run": self._run, "time": self._clock.wall()}
            body.update(unacked=self.unacked, spool=self.spool_info())
            body.update(payload)
            self._outbox.heartbeat = body

    def send_realtime(self, is_on):
        """Tells the hub that the user has turned the switch here; whether it could be said."""
        if self.state != CONNECTED:
            return False
        payload = json_text.encode({"run": self._run, "on": is_on}).encode("ascii")
        self._session.send(envelope("realtime", payload))
        return True

    # --- the pump

    def pump(self, budget_seconds):
        """Moves bytes; the messages received, as (type, payload). Of its own the link adds ("connected", payload of
        welcome), then ("start_over", {}) or ("resumed", {"after": seq}), and ("disconnected", {"reason": text})."""
        received = []
        try:
            self._tick()
            if not self._is_closed:
                self._pump(self._clock.perf() + budget_seconds, received)
        except Exception as error:  # the pump belongs to Live's timer, which an exception would stop for good
            self._report("internal errors", "Error in the link to the hub: %r" % (error,))
            self._drop_session("internal error", received)
        return received

    def _tick(self):
        now = self._clock.now()
        self._awake += min(max(now - self._pumped_at, 0.0), LONGEST_STEP)
        self._pumped_at = now

    def _pump(self, deadline, received):
        if self._session is None:
            self._connect()
        if self._session is not None:
            self._converse(deadline, received)
        if self._merger.is_old(self._awake):
            self._end_merging()
        is_gone = self.state != CONNECTED and self._awake - self._gone_since >= GONE_SECONDS
        self._frames.pump_spool(is_gone)
        self._remover.pump()

    def _connect(self):
        port = self._ladder.next_port(self._awake)
        if port is not None and self._dead.pump():
            self._session = Session(port, self._hello_text, self._awake)

    def _hello_text(self):
        self._end_merging()
        self._hello_seq = self._frames.last
        try:
            payload = {"pid": os.getpid(), "pythonVersion": sys.version.split()[0], "commandPort": None}
            payload.update({"simulated": False, "features": []})
            payload.update(self._hello())
            dead = self._dead.current
            payload.update(protocol=PROTOCOL, run=self._run, lastSeq=self._hello_seq)
            payload["spool"] = dead.offer() if dead else None
            return envelope("hello", json_text.encode(payload).encode("ascii"))
        except Exception as error:  # the payload is made by code that reads Live
            self._report("hello errors", "No hello can be said: %r" % (error,))
            return None

    def _converse(self, deadline, received):
        self._session.pump(self._awake)
        while True:
            message = self._session.next_message(self._awake)
            if message is None:
                break
            self._take(message, received)
            if self._clock.perf() >= deadline:
                break
        if self._session.state == CONNECTED:
            self._outbox.fill(self._session, lambda: self._clock.perf() < deadline)
        self._session.flush()
        if self._session.state == CLOSED:
            self._drop_session(self._session.reason, received)

    def _take(self, message, received):
        kind, payload = message
        if kind == "welcome":
            self._welcome(payload, received)
        elif kind == "ack":
            self._acknowledge(payload.get("run"), payload.get("seq"))
        elif kind == "refuse":
            self._session.fail("refused: %s" % payload.get("message", ""))
        elif kind in HANDED_ON:
            received.append(message)
        else:
            self.counters["unknown messages"] += 1

    def _welcome(self, payload, received):
        self._end_merging()
        self._say("Connected to the hub on port %d." % self._session.port)
        self._last_reason = ""
        self.counters["connections"] += 1
        self._outbox.begin(payload.get("spool"))
        received.append(("connected", payload))
        after = payload.get("resumeAfter")
        if after is not None and after <= self._frames.last:
            self._frames.rewind(after)
            received.append(("resumed", {"after": after}))
            return
        if after is not None:
            self._report("impossible resumes", "The hub knows frames of this run that were never stated.")
        self._frames.start_over(self._hello_seq if after is None else after)
        received.append(("start_over", {}))

    def _acknowledge(self, run, seq):
        if not isinstance(seq, int) or isinstance(seq, bool):
            self._session.fail("an ack without seq")
        elif run == self._run:
            self._frames.acknowledge(seq)
        elif not self._outbox.acknowledge_late(run, seq):
            self.counters["acks of other runs"] += 1

    def _drop_session(self, reason, received):
        session = self._session
        if session is None:
            return
        session.close()
        if session.connected_at is None:
            self._ladder.failed(self._awake)
            if session.is_answered and reason != self._last_reason:
                self._last_reason = reason
                self._say("No hub on port %d: %s." % (session.port, reason))
        else:
            self._ladder.lost(session.port, self._awake, self._awake - session.connected_at)
            received.append(("disconnected", {"reason": reason}))
            self.counters["disconnections"] += 1
            self._say("Lost the hub on port %d: %s." % (session.port, reason))
        self._leave_session()

    def _leave_session(self):
        if self._session.connected_at is not None:
            self._gone_since = self._awake
        self._outbox.forget()
        self._session = None

    def _report(self, what, text):
        self.counters[what] += 1
        if what not in self._said:
            self._said.add(what)
            self._say(text)

    # --- the end

    def bye(self, reason):
        """Says goodbye behind everything stated and ends the connection, within this call and BYE_SECONDS; whether
        all of it left. The next pump connects anew, unless `close` is called."""
        is_flushed = False
        try:
            if self.state == CONNECTED:
                is_flushed = self._say_bye(json_text.encode({"run": self._run, "reason": reason}).encode("ascii"))
                self._session.close(softly=True)
        except Exception as error:
            self._report("internal errors", "Error while saying goodbye: %r" % (error,))
        if self._session is not None:
            self._session.close()
            self._leave_session()
        self._ladder.again()
        self._is_flushed = is_flushed
        return is_flushed

    def _say_bye(self, payload):
        self._end_merging()
        deadline = self._clock.perf() + BYE_SECONDS
        is_said = False
        for _ in range(BYE_TRIES):
            if not is_said:
                self._outbox.fill(self._session, lambda: True)
            if not is_said and self._outbox.is_empty():
                self._session.send(envelope("bye", payload))
                self._session.say_close()
                is_said = True
            self._session.flush()
            if (is_said and not self._session.waiting) or self._clock.perf() >= deadline:
                break
        return is_said and not self._session.waiting

    def close(self):
        """The end: no socket and no open file is left. What the hub has not got is in the spool, where there is
        one."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._end_run(self._is_flushed)
        except Exception as error:
            self._report("internal errors", "Error while closing: %r" % (error,))
