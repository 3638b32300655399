"""The control surface: what Live calls, and what joins Live, the run, and the hub.

No framework, no threads. Live's timer pumps (`pace`); `update_display` watches over it. Nothing here may raise into
Live: a timer whose callback raises is stopped for good (docs/live-api.md, drivers).
"""
import Live

from . import clock, version
from .budget import Budget
from .console import Console
from .figures import Figures
from .live import is_alive, read
from .methods import Methods
from .pace import REST, REST_UNACKED, Pace
from .plain import plain
from .report import Report
from .run import Run
from .wire.canonical import node_hash
from .wire.link import Link, new_run_id

HEARTBEAT = 1.0  # seconds
ROOM = 1 << 18  # bytes that must be free before background work makes another frame
RETIRE = 200  # things whose listeners are taken off in one pump


def hash_of(thing):
    """Hash of what was stated of a thing."""
    return node_hash(thing.kind, thing.props, thing.lists)


class Surface(Methods):
    """One instance of the script. `c_instance`: Live's side. `settings`: of the wire. `commands`, `link`: make the
    command server and the link to the hub."""

    def __init__(self, c_instance, settings, commands=None, link=Link):
        self._c_instance = c_instance
        self._settings = settings
        self._is_closed = False
        self._report = Report(self.log)
        self._budget = Budget(clock)
        self.application = self._find_application()
        self.run = None  # type: Run
        self._retiring = None  # type: list  # things of a run whose listeners are being taken off
        self.is_realtime = True
        self._wish = None  # type: bool  # the user has turned the switch here, and the hub may not know
        self.set_name = self.set_path = ''
        self._was_connected = False
        self._has_frames = False
        self._last_beat = 0.0
        self._pong = None
        self._commands = None
        self._link = link(settings, clock, self.log, self.hello)
        if commands is not None:
            self._commands = commands(settings, clock, self.log, Console(self).handlers())
        self._figures = Figures(self, self._budget, self._report, self._link, self._commands)
        self._begin_run()
        self.pace = Pace(self.pump, self._report)

    def _find_application(self):
        try:
            return Live.Application.get_application()
        except Exception as error:
            self._report.note('application', error)
            return None

    # --- what Live calls

    def disconnect(self):
        """Leaves nothing behind: no listener, timer, socket or file."""
        self.retire('disconnect')

    def update_display(self):
        """Live's 100 ms tick: the timer's watchdog."""
        if not self._is_closed and self.pace.is_overdue():
            self.pump()

    # --- the pump

    def pump(self):
        """One turn: read what is dirty, state it, move bytes, hear the hub."""
        if self._is_closed:
            return
        try:
            self._pump()
        except Exception as error:
            self._report.note('pump', error)

    def _pump(self):
        rested = self.pace.begin()
        has_time = self._budget.begin(self.run is not None and self.run.walk.is_walking()) > 0
        self._follow_song()
        run = self.run
        has_news = False
        if run is not None and has_time:
            if len(run.light) and not self._budget.is_light:
                run.light.give_back()
            has_news = self._state(run)
        self._retire_slice()
        heard = self._talk() if self._budget.may_talk(has_news) else []
        for kind, payload in heard:
            self._hear(kind, payload)
        self._beat()
        is_idle = run is None or run.is_idle
        self._report.pump(self._budget.end(run is not None and run.has_backlog(), is_idle, rested))
        run = self.run
        rest = 0.0 if heard or run is None else self._rest_seconds(run)
        self.pace.end(rest, run and run.dirty, not heard and self._may_be_slow())

    def _talk(self):
        """The turn of the sockets. What the hub said."""
        seconds = self._budget.left_to_talk()
        heard = self._link.pump(seconds)
        if self._commands is not None:
            self._commands.pump(min(seconds, self._budget.left_to_talk()))
        return heard

    def _rest_seconds(self, run):
        """0: something is on its way to the hub, or waits to be read."""
        state = self._link.state
        if self._retiring is not None or not (state == 'off' or (state == 'connected' and self._link.is_sent())):
            return 0.0
        return run.rest(REST if state == 'connected' and self._link.unacked == 0 else REST_UNACKED)

    def _may_be_slow(self):
        """Real time is off, no listener is left, and nobody is being spoken with."""
        if self.is_realtime or self.run is not None or self._retiring is not None:
            return False
        is_still = self._link.state == 'off' or (self._link.state == 'connected' and self._link.unacked == 0)
        return is_still and (self._commands is None or not self._commands.is_busy)

    def _state(self, run):
        """True when a frame was stated."""
        connected = self._link.state == 'connected'
        payload = run.pump(not self._was_connected or self._link.room() >= ROOM)
        if payload is not None and self._was_connected:
            self._report.frame(clock.now())
            self._link.send_events(payload)
        values = run.ephemeral.take()
        if values and connected:
            self._link.send_ephemeral(values)
        return payload is not None

    def _follow_song(self):
        """A Set loaded under a living instance: another song, another run."""
        if self.run is None:
            return
        song = self.song()
        if is_alive(song) and not self.run.is_same_song(song):
            self._end_run('set changed')
            self._begin_run()

    def song(self):
        """Live's song, or None while there is none."""
        try:
            return self._c_instance.song()
        except Exception as error:
            self._report.note('song', error)
            return None

    # --- runs

    def _begin_run(self):
        song = self.song()
        if not is_alive(song):
            return
        self._was_connected = False
        self.run = Run(song, self.application, clock, self._report, self._budget, hash_of)
        limit = self._settings.get('maxListeners')
        if isinstance(limit, int) and limit >= 0:
            self.run.max_listeners = limit
        self._read_path()

    def _end_run(self, reason):
        """The run is over: its goodbye, then no listener is left."""
        self._link.bye(reason)
        run, self.run = self.run, None
        if run is not None:
            run.close()
        self._link.run = new_run_id()

    def choose_realtime(self, is_on):
        """The user turns the switch here: the hub, which keeps it, is told, now or when it is there again."""
        self._wish = is_on
        self._link.send_realtime(is_on)
        self.set_realtime(is_on)

    def set_realtime(self, is_on):
        """Off takes the listeners off, in slices; on begins a new run."""
        if is_on == self.is_realtime:
            return
        self.is_realtime = is_on
        self._link.bye('realtime on' if is_on else 'realtime off')
        if is_on:
            self._finish_retiring()
            self._link.run = new_run_id()
            self._begin_run()
        else:
            self._retire_run()

    def _retire_run(self):
        if self.run is not None:
            self._finish_retiring()
            self._retiring, self.run = self.run, None

    def _retire_slice(self):
        if self._retiring is not None and not self._retiring.close_some(RETIRE):
            self._retiring = None

    def _finish_retiring(self):
        if self._retiring is not None:
            self._retiring.close()
            self._retiring = None

    def retire(self, reason):
        """The instance ends: goodbye, then nothing is left. Never raises."""
        if self._is_closed:
            return
        self._is_closed = True
        for place, call in (
            ('timer', self.pace.stop), ('bye', lambda: self._link.bye(reason)), ('run', self._close_run),
            ('retiring', self._finish_retiring), ('link', self._link.close), ('commands', self._close_commands),
        ):
            try:
                call()
            except Exception as error:
                self._report.note('closing ' + place, error)

    def _close_run(self):
        run, self.run = self.run, None
        if run is not None:
            run.close()

    def _close_commands(self):
        if self._commands is not None:
            self._commands.close()

    # --- the hub

    def hello(self):
        """What this end says first."""
        return {
            'scriptVersion': version.VERSION, 'liveVersion': version.live_version(self.application),
            'pythonVersion': version.python_version(), 'setName': self.set_name, 'setPath': self.set_path,
            'commandPort': self._commands.port if self._commands is not None else None,
            'simulated': version.is_simulated(Live), 'features': version.features(Live),
        }

    def _hear(self, kind, payload):
        handler = getattr(self, '_on_' + kind, None)
        if handler is not None:
            try:
                handler(payload)
            except Exception as error:
                self._report.note('message ' + kind, error)

    def _on_connected(self, payload):
        self._show('LiveTree: connected')
        is_on = payload.get('realtime') is not False
        if self._wish is not None and self._wish != is_on:
            self._link.send_realtime(self._wish)
            return
        self._wish = None
        if is_on:
            self.set_realtime(True)
        else:
            # Nothing was said on this connection yet: it stays, without anything to state.
            self.is_realtime = False
            self._retire_run()

    def _on_disconnected(self, payload):
        if self.run is not None:
            self.run.looks.unobserve_all()

    def _on_start_over(self, payload):
        self._was_connected = True
        if self.run is not None:
            self.run.restate.request(1)
            self.run.ephemeral.again()

    def _on_resumed(self, payload):
        self._was_connected = True
        if self.run is not None:
            self.run.ephemeral.again()

    def _on_observe(self, payload):
        if self.run is not None:
            self.run.looks.observe(payload.get('handle'), payload.get('facet'))

    def _on_unobserve(self, payload):
        if self.run is not None:
            self.run.looks.unobserve(payload.get('handle'), payload.get('facet'))

    def _on_resync(self, payload):
        if self.run is not None:
            self.run.restate.request(payload.get('handle'))

    def _on_barrier(self, payload):
        if self.run is not None:
            handles = payload.get('read')
            self.run.barrier(payload.get('id'), handles if isinstance(handles, list) else ())

    def _on_configure(self, payload):
        if isinstance(payload.get('realtime'), bool):
            self._wish = None
            self.set_realtime(payload['realtime'])
        if isinstance(payload.get('maxListeners'), int) and self.run is not None:
            self.run.max_listeners = payload['maxListeners']
        if isinstance(payload.get('sweepMs'), (int, float)):
            self._budget.idle_second = payload['sweepMs'] / 1000.0

    def _on_ping(self, payload):
        self._pong = payload.get('id')
        self._last_beat = 0.0

    def _show(self, text):
        """Live's status bar."""
        try:
            self._c_instance.show_message(text)
        except Exception as error:
            self._report.note('status bar', error)

    def log(self, text):
        """Live's Log.txt."""
        try:
            self._c_instance.log_message('LiveTree: ' + text)
        except Exception:
            pass  # there is nowhere left to say it

    # --- the beat, once a second

    def _read_path(self):
        """The Set's name and path have no listener: looked at once a second."""
        song = self.song()
        name, path = plain(read(song, 'name')), plain(read(song, 'file_path'))
        self.set_name = name if isinstance(name, str) else ''
        self.set_path = path if isinstance(path, str) else ''

    def _beat(self):
        now = clock.now()
        if now - self._last_beat < HEARTBEAT and not self.pace.is_slow:
            return
        self._last_beat = now
        was = self.set_path
        self._read_path()
        if self.run is None and not self.is_realtime and self.set_path != was:
            # Without a run nobody sees that another Set was opened: the hub hears its path in a new hello.
            self._link.run = new_run_id()
        if self._link.state == 'connected':
            beat = self._figures.heartbeat(now)
            if self._pong is not None:
                beat['pong'], self._pong = self._pong, None
            self._link.send_heartbeat(beat)

    def is_quiet(self):
        """For tests: all that Live has is stated and, where a hub is or was, acknowledged."""
        if self._retiring is not None or (self.run is not None and not self.run.is_quiet()):
            return False
        if not self._was_connected:
            return True
        return self._link.state == 'connected' and self._link.unacked == 0

    def self_report(self):
        """For tests, and for the command `state`."""
        return self._figures.whole(clock.now())
