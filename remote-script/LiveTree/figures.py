"""What the script says of itself: heartbeats to the hub, and the whole of it for the command `state` and for tests."""


class Figures(object):
    """`surface`: the script, whose parts are asked."""

    def __init__(self, surface, budget, report, link, commands):
        self._surface = surface
        self._budget = budget
        self._report = report
        self._link = link
        self._commands = commands

    def heartbeat(self, now):
        """The payload of a heartbeat, without what the link adds."""
        surface, run = self._surface, self._surface.run
        return {
            'dirty': len(run.dirty) if run else 0,
            'walking': run.walk.progress() if run and run.walk.is_walking() else None,
            'light': self._budget.is_light, 'realtime': surface.is_realtime,
            'setName': surface.set_name, 'setPath': surface.set_path,
            'listeners': run.listeners.count if run else 0, 'stats': self._stats(run, now),
        }

    def _stats(self, run, now):
        stats = self._report.percentiles()
        stats.update({
            'msPerSecond': round(self._budget.per_second() * 1000, 3),
            'eventsPerSecond': self._report.frames_per_second(now), 'errors': sum(self._report.errors.values()),
        })
        if run is not None:
            stats.update({
                'mismatches': sum(run.audit.mismatches.values()), 'mismatchProps': dict(run.audit.mismatches),
                'sweepAgeSeconds': run.sweep.age(), 'sweepOldestSeconds': round(run.sweep.oldest(), 3),
                'setAside': len(run.light), 'sweepFound': run.sweep.found, 'forced': run.lists.forced,
                'coalesced': run.values.coalesced, 'refusedListeners': run.listeners.refused,
                'sweptSlots': len(run.slots.swept), 'restates': run.restate.count, 'things': len(run.registry),
            })
        return stats

    def whole(self, now):
        """A heartbeat, and how the connections are."""
        found = self.heartbeat(now)
        found.update({
            'link': self._link.state, 'unacked': self._link.unacked, 'spool': self._link.spool_info(),
            'errorPlaces': dict(self._report.errors), 'pumps': self._report.pumps, 'frames': self._report.frames,
            'commands': self._commands.figures() if self._commands is not None else None,
        })
        return found
