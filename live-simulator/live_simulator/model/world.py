"""The running Live: one song, its objects by uid, and the few primitives all changes are made of."""
import contextlib
import random
import time

from ..counters import Counters
from ..faults import Faults
from ..surface.listeners import drop_all
from . import effects
from .journal import Journal, MISSING
from .names import Names
from .notifier import Notifier
from .obj import Obj
from .pool import Pool
from .selection import Selection
from .replay import Replay
from .session import Session
from .transport import Transport

POOLED = ('track', 'device', 'chain', 'clip', 'scene', 'locator', 'takeLane')


class World(Session, Replay):
    """Everything that is one process of Live.

    clock: see clock.py; log: see log.py; surface: the wrapper classes of the version; later(seconds, call): see
    scheduler.py, set by the process.
    """

    def __init__(self, surface, clock, log, seed=0):
        self.surface = surface
        self.clock = clock
        self.log = log
        self.faults = Faults()
        self.random = random.Random(seed)
        self.chaos = random.Random(seed + 1)
        self.counters = Counters(self.faults, self.chaos)
        self.notifier = Notifier(self.faults, self.counters, self.chaos, log)
        self.later = None
        self.on_tick = []
        self.song = None
        self.application = None
        self.loaded = None
        self.file_path = ''
        self.dialogs = 0
        self.ptr_count = 0
        self.inner_uid = 0
        self.free_ptrs = []
        self.last_edit_at = 0.0
        self.forget()

    def forget(self):
        """Everything of one song is dropped, before another is built."""
        self.by_uid = {}
        self.pools = {kind: Pool() for kind in POOLED}
        self.journal = Journal()
        self.next_uid = 1
        self.step = None
        self.replaying = False
        self.left = []
        self.revived = {}
        self.motions = {}
        self.rides = set()
        self.rows = None
        self.soloed = None
        self.names = Names(self)
        self.selection = Selection(self)
        self.transport = Transport(self)

    def reseed(self, seed):
        self.random.seed(seed)
        self.chaos.seed(seed + 1)

    # --- objects -------------------------------------------------------------------------------

    def wrapper_of(self, lom):
        return self.surface.classes[lom]

    def new_ptr(self):
        if self.free_ptrs and self.faults.reuse and self.chaos.random() < self.faults.reuse:
            return self.free_ptrs.pop()
        self.ptr_count += 1
        return 0x600000010000 + 64 * self.ptr_count

    def take_uid(self, uid=None):
        """A uid for a node: the given one, or a new one above all others."""
        if uid is None:
            uid = self.next_uid
        self.next_uid = max(self.next_uid, uid + 1)
        return uid

    def make(self, lom, kind=None, role='', uid=None, values=None):
        """A new object that belongs to nobody yet. Parts that are no nodes get a negative uid."""
        if kind is None:
            self.inner_uid -= 1
            uid = self.inner_uid
        else:
            uid = self.take_uid(uid)
        obj = Obj(self, lom, kind, role, uid, {} if values is None else values)
        self._register(obj)
        return obj

    def _register(self, obj):
        self.by_uid[obj.uid] = obj
        if obj.kind in self.pools:
            self.pools[obj.kind].add(obj)

    def adopt(self, parent, name, child):
        """Puts a part under its parent while it is built: no notification, no undo."""
        parent.kids[name] = child
        child.parent, child.where = parent, name
        return child

    def adopt_list(self, parent, name, children):
        parent.kids[name] = children
        for child in children:
            child.parent, child.where = parent, name
        return children

    def kill(self, obj):
        """The object and all it owns are gone for good: every wrapper of them is dead."""
        for child in obj.children():
            self.kill(child)
        if obj.alive:
            obj.alive = False
            drop_all(obj)
            self.free_ptrs.append(obj.ptr)
            del self.free_ptrs[:-1000]
            if self.by_uid.get(obj.uid) is obj:
                del self.by_uid[obj.uid]
            if obj.kind in self.pools:
                self.pools[obj.kind].discard(obj)
            self.motions.pop(obj.uid, None)

    def revive(self, dead):
        """A new object in the place of a dead one (undo): same uid and content, another pointer."""
        obj = Obj(self, dead.lom, dead.kind, dead.role, dead.uid, dead.v)
        obj.made_from = dead.made_from
        self._register(obj)
        self.revived[obj.uid] = self.revived.get(obj.uid, 0) + 1
        for name, held in dead.kids.items():
            obj.kids[name] = self._revive_held(obj, name, held)
        return obj

    def _revive_held(self, parent, name, held):
        def again(child):
            new = self.current(child) or self.revive(child)
            new.parent, new.where = parent, name
            return new
        if isinstance(held, Obj):
            return again(held)
        if isinstance(held, dict):
            return {key: again(child) for key, child in held.items()
                    if not effects.is_plain_slot(child) and key in self.by_uid}
        return None if held is None else [again(child) for child in held]

    def current(self, obj):
        """The living object with the uid of this one, or None."""
        return obj if obj.alive else self.by_uid.get(obj.uid)

    # --- changes -------------------------------------------------------------------------------

    def set(self, obj, name, value, undo=True):
        """Gives a value; tells its listeners when it is another one than before."""
        old = obj.v.get(name, MISSING)
        if old is value or (old == value and type(old) is type(value)):
            return
        early = self.notifier.before(obj, name)
        if value is MISSING:
            del obj.v[name]
        else:
            obj.v[name] = value
        if undo and self.step is not None:
            self.step.append(('value', obj, name, old, value))
        if not early:
            self.notifier.tell(obj, name)
        effects.after_set(self, obj, name, None if old is MISSING else old, None if value is MISSING else value)
        self.notifier.halfway()

    def set_kids(self, obj, name, new, undo=True, silent=False):
        """Gives an owned object or list of objects; what left and found no other parent dies with the gesture."""
        old = obj.kids.get(name)
        event = effects.event_of(obj, name)
        early = self.notifier.before(obj, event) if not silent else True
        self._leave(obj, name, old, new)
        obj.kids[name] = new
        for child in _items(new):
            child.parent, child.where = obj, name
        if undo and self.step is not None:
            self.step.append(('kid', obj, name, old, new))
        if not early:
            self.notifier.tell(obj, event)
        effects.after_kids(self, obj, name, old, new)
        self.notifier.halfway()

    def _leave(self, obj, name, old, new):
        staying = set(map(id, _items(new)))
        for child in _items(old):
            if id(child) not in staying and child.parent is obj and child.where == name:
                child.parent = None
                self.left.append(child)

    def tell(self, obj, event):
        self.notifier.tell(obj, event)

    @contextlib.contextmanager
    def gesture(self, name, undo=True):
        """One act of the user: one undo step; afterwards the listeners are told. Gestures inside one join it."""
        if self.step is not None:
            yield
            return
        self.step = []
        try:
            yield
        finally:
            self._bury()
            changes, self.step = self.step, None
            if undo:
                self.journal.push(name, changes)
            self.last_edit_at = time.time()
            self.notifier.flush()

    def _bury(self):
        while self.left:
            left, self.left = self.left, []
            for obj in left:
                if obj.alive and obj.parent is None:
                    effects.before_kill(self, obj)
                    self.kill(obj)

    def on_listen(self, obj, event):
        """Somebody listens to something that floods."""
        effects.on_listen(self, obj, event)


def _items(held):
    if held is None:
        return ()
    return (held,) if isinstance(held, Obj) else held
