"""The add/remove/has triplet of every observable name (docs/live-api.md, listeners)."""
import weakref

from .errors import CONNECTED, NOT_CONNECTED, dead, mismatch

VIEWS = ('Browser', 'Arranger', 'Session', 'Detail', 'Detail/Clip', 'Detail/DeviceChain')


def held(callback):
    """What is kept of a callback: Live holds the owner of a bound method weakly."""
    return weakref.WeakMethod(callback) if hasattr(callback, '__self__') and hasattr(callback, '__func__') else callback


def resolved(kept):
    """The callback again, or None when its owner is gone."""
    return kept() if isinstance(kept, weakref.WeakMethod) else kept


def find(obj, event, callback):
    """Index of the callback among those connected, -1 when it is not."""
    for index, kept in enumerate((obj.listeners or {}).get(event, ())):
        if resolved(kept) == callback:
            return index
    return -1


def connect(obj, event, callback):
    if find(obj, event, callback) >= 0:
        raise RuntimeError(CONNECTED)
    obj.world.counters.refuse_listener(obj, event)
    if obj.listeners is None:
        obj.listeners = {}
    obj.listeners.setdefault(event, []).append(held(callback))
    obj.world.counters.listeners += 1
    obj.world.on_listen(obj, event)


def disconnect(obj, event, callback):
    index = find(obj, event, callback) if obj.alive else -1
    if index < 0:
        raise RuntimeError(NOT_CONNECTED)
    kept = obj.listeners[event]
    del kept[index]
    if not kept:
        del obj.listeners[event]
    obj.world.counters.listeners -= 1


def drop_all(obj):
    """Forgets the listeners of an object that dies."""
    if obj.listeners:
        obj.world.counters.listeners -= sum(len(kept) for kept in obj.listeners.values())
        obj.listeners = None


def _event(owner, member, name, args):
    """The key of a listener: the name, or name:view for the one family with an argument."""
    if name != 'is_view_visible':
        if len(args) != 1 or not callable(args[0]):
            raise mismatch(member, owner, args)
        return name, args[0]
    if len(args) != 2 or args[0] not in VIEWS or not callable(args[1]):
        raise mismatch(member, owner, args)
    return name + ':' + args[0], args[1]


def triplet(owner, name, guard):
    """{method name: function} for one observable name."""
    add_name, remove_name, has_name = 'add_%s_listener' % name, 'remove_%s_listener' % name, '%s_has_listener' % name

    def add(self, *args, **named):
        if named or not self._o.alive:
            raise dead(owner)
        event, callback = _event(owner, add_name, name, args)
        guard(self._o)
        connect(self._o, event, callback)

    def remove(self, *args, **named):
        if named:
            raise mismatch(remove_name, owner, args)
        event, callback = _event(owner, remove_name, name, args)
        disconnect(self._o, event, callback)

    def has(self, *args, **named):
        if named or not self._o.alive:
            raise dead(owner)
        event, callback = _event(owner, has_name, name, args)
        return find(self._o, event, callback) >= 0

    return {add_name: add, remove_name: remove, has_name: has}
