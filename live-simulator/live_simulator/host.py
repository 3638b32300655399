"""Runs the Remote Script as Live does: loads it, builds instances, calls them, takes them down."""
import importlib
import os
import sys

from .surface.convert import wrap


class CInstance(object):
    """What create_instance gets: Live's side of a control surface."""

    def __init__(self, host, identifier):
        self._host = host
        self._identifier = identifier
        self._alive = True

    def song(self):
        return wrap(self._host.world.song)

    def log_message(self, *texts):
        self._host.log.script(' '.join(str(t) for t in texts))

    def show_message(self, text):
        self._host.world.counters.messages += 1
        self._host.messages.append(str(text))
        self._host.log.info('status bar: %s' % text)

    def send_midi(self, data):
        return True

    def request_rebuild_midi_map(self):
        pass

    def handle(self):
        return self._identifier

    def instance_identifier(self):
        return self._identifier

    def preferences(self, key):
        return ''

    def set_pad_translation(self, *_):
        pass

    def set_feedback_channels(self, *_):
        pass

    def set_controlled_track(self, *_):
        pass

    def full_velocity(self):
        return None

    @property
    def playhead(self):
        return None


def find_package(folder):
    """(folder to put on the path, name of the package) for --script."""
    folder = os.path.abspath(folder)
    if os.path.isfile(os.path.join(folder, '__init__.py')):
        return os.path.dirname(folder), os.path.basename(folder)
    inner = sorted(n for n in os.listdir(folder) if os.path.isfile(os.path.join(folder, n, '__init__.py'))
                   and n != 'tests')
    if len(inner) != 1:
        raise SystemExit('no Remote Script in %s' % folder)
    return folder, inner[0]


class Host(object):
    """Holds the instances of the script; every call into them is guarded as Live guards it."""

    def __init__(self, world, scheduler, clock, log):
        self.world = world
        self.scheduler = scheduler
        self.clock = clock
        self.log = log
        self.cost = None  # set by Live
        self.package = None
        self.instances = []
        self.messages = []
        self.count = 0
        self.loading = False
        scheduler.script = self

    def load(self, folder):
        """Imports the script and gives it this clock."""
        path, name = find_package(folder)
        if path not in sys.path:
            sys.path.insert(0, path)
        self.package = importlib.import_module(name)
        try:
            clock = importlib.import_module(name + '.clock')
        except ImportError:
            return
        clock.now, clock.wall, clock.perf = self.clock.now, self.clock.wall, self.clock.perf

    def guarded(self, where, call, *args):
        """The result of a call into the script; an exception is logged and counted, as Live does."""
        try:
            return call(*args)
        except Exception:
            self.world.counters.tick_exceptions += 1
            self.log.exception('in ' + where)
            return None

    def create(self):
        """One more instance."""
        self.count += 1
        instance = self.guarded('create_instance', self.package.create_instance, CInstance(self, self.count))
        if instance is not None:
            self.instances.append(instance)
        return instance

    def start(self):
        """As at Live's start: one instance, or two of which the older goes soon."""
        if self.package is None:
            return
        self.create()
        if self.world.notifier.chance(self.world.faults.two_instances):
            ticks = [self.world.chaos.randint(1, 3)]
            self.scheduler.after_tick.append(lambda: self._second(ticks))

    def _second(self, ticks):
        ticks[0] -= 1
        if ticks[0] == 0:
            first = self.instances[0]
            self.create()
            self.scheduler.defer(self.world.chaos.randint(1, 4), lambda: self.disconnect(first))

    def disconnect(self, instance):
        if instance in self.instances:
            self.instances.remove(instance)
            self.guarded('disconnect', instance.disconnect)

    def disconnect_all(self):
        for instance in list(self.instances):
            self.disconnect(instance)

    def update_display(self):
        for instance in list(self.instances):
            self.guarded('update_display', self.cost.call, 'tick', instance.update_display)

    def main_instance(self):
        """The newest instance; it is the one that counts."""
        return self.instances[-1] if self.instances else None

    def ask(self, name):
        """What the script answers to is_quiet or self_report; None when it has no such method."""
        instance = self.main_instance()
        method = getattr(instance, name, None)
        return None if method is None else self.guarded(name, method)
