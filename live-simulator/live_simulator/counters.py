"""What the script did, counted."""


class Counters(object):
    """Writes, mutating calls, listeners, callbacks, exceptions, lines in the log."""

    def __init__(self, faults, random):
        self.faults = faults
        self.random = random
        self.reads = 0
        self.writes = {}
        self.calls = {}
        self.refused_writes = 0
        self.listeners = 0
        self.listener_calls = 0
        self.listener_seconds = 0.0
        self.callback_exceptions = 0
        self.timer_exceptions = 0
        self.tick_exceptions = 0
        self.log_errors = 0
        self.log_lines = 0
        self.messages = 0
        self.edits = 0
        self.failed_reads = 0
        self.refused_listeners = 0
        self.lost_notifications = 0

    def count_write(self, owner, name):
        """A property written (Track.mute) or a mutating method called (Song.undo())."""
        table = self.calls if name.endswith(')') else self.writes
        key = '%s.%s' % (owner, name)
        table[key] = table.get(key, 0) + 1

    def refuse_listener(self, obj, event):
        """Fails an add_listener by the switch `refuse`."""
        if self.faults.refuse and self.random.random() < self.faults.refuse:
            self.refused_listeners += 1
            raise RuntimeError('Cannot observe %s.%s' % (obj.lom, event))

    def fail_read(self, obj, name):
        """Fails a read by the switch `reads`."""
        if self.random.random() < self.faults.reads:
            self.failed_reads += 1
            raise RuntimeError('Cannot read %s.%s' % (obj.lom, name))

    def as_dict(self):
        plain = {k: v for k, v in vars(self).items() if isinstance(v, (int, float))}
        plain['writes'] = sum(self.writes.values())
        plain['mutatingCalls'] = sum(self.calls.values())
        plain['written'] = dict(self.writes)
        plain['called'] = dict(self.calls)
        return plain
