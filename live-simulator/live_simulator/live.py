"""One whole Live: world, clock, scheduler, host. What the process and the tests start."""
import random

from . import builtin
from .api import load as _api  # noqa: F401  (registers)
from .clock import make_clock
from .cost import Cost
from .edits import load as _edits  # noqa: F401  (registers)
from .edits import registry
from .host import Host
from .log import Log
from .model.build import build
from .model.truth import truth
from .model.world import World
from .scheduler import Scheduler
from .surface import modules
from .surface.classes import surface


class Live(object):
    """start() → edits, ticks → close()."""

    def __init__(self, profile='12.3.6', seed=0, speed=1.0, faults='', stream=None):
        self.clock = make_clock(speed)
        self.log = Log(stream)
        self.world = World(surface(profile), self.clock, self.log, seed)
        self.log.counters = self.world.counters
        self.world.faults.parse(faults)
        self.cost = Cost(self.clock)
        self.scheduler = Scheduler(self.world, self.clock, random.Random(seed + 2))
        self.host = Host(self.world, self.scheduler, self.clock, self.log)
        self.world.application = self.world.make('Application')
        self.world.adopt(self.world.application, 'view', self.world.make('Application.View'))
        self.scheduler.cost = self.host.cost = self.world.notifier.cost = self.cost
        modules.install(profile, self.world, self.scheduler)
        self.scheduler.start()

    def build(self, description=None):
        """Opens a description (the small built-in Set when none is given)."""
        app = self.world.application
        build(self.world, builtin.small() if description is None else description)
        for part in (app, app.kids['view']):
            self.world.by_uid[part.uid] = part
        return self.world.song

    def script(self, folder):
        self.host.load(folder)
        self.host.start()

    def edit(self, edit_name, **args):
        """Makes one edit; {'uid', 'kind'} of what it was about, or None."""
        return registry.run(self.world, edit_name, args)

    def truth(self):
        return truth(self.world)

    def described(self):
        """The truth, with how often each object was made anew by undo and redo: `again`."""
        return _with_again(self.truth(), self.world.revived)

    def run(self, seconds):
        """For a jumping clock: lets simulated time pass."""
        self.scheduler.run_until(self.clock.now() + seconds)

    def close(self):
        self.host.disconnect_all()


def _with_again(node, revived):
    if node['uid'] in revived:
        node['again'] = revived[node['uid']]
    for nodes in node['lists'].values():
        for each in nodes:
            _with_again(each, revived)
    return node
