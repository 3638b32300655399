"""The real script in the simulator, in one process, on a clock that jumps. Sockets are not the point here."""
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, '..', '..', 'LiveTree')
for folder in (os.path.join(HERE, '..', '..'), os.path.join(HERE, '..', '..', '..', 'live-simulator')):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from live_simulator.live import Live  # noqa: E402

from .raw_model import RawModel  # noqa: E402


class Settings(object):
    """What the surface asks of the settings."""

    def __init__(self, **values):
        self._values = values

    def get(self, name, default=None):
        return self._values.get(name, default)


class RecordingLink(object):
    """Stands where the link to the hub stands; keeps what is stated, as it would travel."""

    def __init__(self, settings, clock, log, hello):
        self.state = 'off'
        self._texts = []
        self._decoded = []
        self.ephemeral = []
        self.beats = []
        self.byes = []
        self.runs = []
        self.inbox = []
        self.unacked = 0
        self.room_bytes = 1 << 23
        self.is_closed = False
        self.realtime = True
        self.told_realtime = []
        self._run = 'a'
        self.hello = hello

    @property
    def run(self):
        return self._run

    @run.setter
    def run(self, run):
        self._run = run
        self.runs.append(run)
        self.state = 'off'

    def pump(self, budget_seconds):
        received, self.inbox = self.inbox, []
        if self.state == 'off' and not self.is_closed:
            self.state = 'connected'
            received = [('connected', {'realtime': self.realtime}), ('start_over', {})] + received
        return received

    def send_realtime(self, is_on):
        self.told_realtime.append(is_on)
        return True

    def send_events(self, payload):
        from LiveTree.wire import json_text
        self._texts.append(json_text.encode(dict(payload, run=self._run, seq=len(self._texts) + 1)))
        return len(self._texts)

    @property
    def frames(self):
        """All frames, as they come out at the other end."""
        from LiveTree.wire import json_text
        self._decoded.extend(json_text.decode(text) for text in self._texts[len(self._decoded):])
        return self._decoded

    def send_ephemeral(self, values):
        self.ephemeral.extend(values)

    def send_heartbeat(self, payload):
        self.beats.append(payload)

    def spool_info(self):
        return {'bytes': 0, 'frames': 0}

    def is_sent(self):
        return True

    def room(self):
        return self.room_bytes

    def bye(self, reason):
        self.byes.append(reason)
        self.state = 'off'

    def close(self):
        self.is_closed = True


class Ticker(object):
    """Work takes 10 us between two looks at the clock: budgets mean the same on every machine."""

    def __init__(self):
        self.at = 0.0

    def perf(self):
        self.at += 0.00001
        return self.at


class World(object):
    """A simulated Live with the script in it, and a model made of its frames."""

    def __init__(self, description=None, seed=1, faults='none', profile='12.3.6', quiet=True, **settings):
        from LiveTree import clock
        self.live = Live(profile=profile, seed=seed, speed='max', faults=faults)
        self.live.build(description)
        clock.now, clock.wall, clock.perf = self.live.clock.now, self.live.clock.wall, Ticker().perf
        self.clock = clock
        self.settings = Settings(**settings)
        self.links = []
        self.live.host.package = types.SimpleNamespace(create_instance=self._create)
        self.live.host.start()
        self.model = RawModel()
        self._applied = 0
        if quiet:
            self.quiet()

    def _create(self, c_instance):
        from LiveTree.surface import Surface
        surface = Surface(c_instance, self.settings, None, self._link)
        return surface

    def _link(self, *args):
        self.links.append(RecordingLink(*args))
        return self.links[-1]

    @property
    def surface(self):
        return self.live.host.instances[-1]

    @property
    def run(self):
        return self.surface.run

    @property
    def link(self):
        return self.links[-1]

    @property
    def counters(self):
        return self.live.world.counters

    def edit(self, edit_name, **args):
        return self.live.edit(edit_name, **args)

    def go(self, seconds=0.05):
        """Lets simulated time pass."""
        self.live.run(seconds)
        return self

    def quiet(self, limit=120.0):
        """Until the script has stated everything; fails when it never does."""
        waited = 0.0
        while True:
            self.go(0.02)
            waited += 0.02
            busy = self.live.scheduler.pending_work or self.live.scheduler.is_stalled()
            if not busy and not self.link.inbox and self.surface.is_quiet():
                return self.apply()
            if waited > limit:
                raise AssertionError('never quiet: %r' % (self.surface.self_report(),))

    def apply(self):
        """Brings the model up to the last frame."""
        for frame in self.link.frames[self._applied:]:
            self.model.apply(frame)
        self._applied = len(self.link.frames)
        return self

    def mute_sweep(self):
        """No sweep, no audit: only what Live tells is known."""
        self.run.sweep.is_on = self.run.audit.is_on = False
        return self

    def new_frames(self):
        """Frames since the last call of apply() or quiet()."""
        return self.link.frames[self._applied:]

    def differences(self, leave=()):
        """Where the model made of frames is not the truth; what Live moves by itself is not compared."""
        return self.model.differences(self.live.truth(), leave=leave, moving=self.moving())

    def handle(self, kind, name):
        return self.model.named(kind, name)

    def objects(self, lom):
        """Living objects of the simulator by class, for tests that reach behind Live's surface."""
        return [obj for obj in self.live.world.by_uid.values() if obj.lom == lom and obj.alive]

    def moving(self):
        """(uid, property) of everything that automation or a macro holds."""
        found = set()
        for obj in self.live.world.by_uid.values():
            held = obj.lom == 'DeviceParameter' and obj.alive
            if held and (obj.v.get('automation_state') == 1 or obj.v.get('is_enabled') is False):
                found.update(self._moved_by(obj))
        return found

    def _moved_by(self, parameter):
        if parameter.kind in ('send', 'parameter'):
            yield (parameter.uid, 'value')
            yield (parameter.uid, 'value_text')
            yield (parameter.parent.uid, 'on')
            return
        owner = parameter.parent.parent
        yield (owner.uid, parameter.where)
        yield (owner.uid, parameter.where + '_text')
        yield (self.live.world.song.uid, 'tempo' if parameter.where == 'song_tempo' else '')

    def close(self):
        self.live.close()
