"""Copies of objects with all in them: new uids, each with the uid of what it is a copy of."""
from ..model.obj import Obj
from ..model.session import is_plain_slot

NOT_COPIED = ('drum_pads', 'envelopes')
NOT_KEPT = ('_playing', '_fired', 'is_recording', 'selected_device', 'selected_chain', 'selected_drum_pad')


def copy_object(world, obj):
    """The copy; it belongs to nobody yet."""
    pairs = {}
    made = _copy(world, obj, pairs)
    for old, new in list(pairs.items()):
        _point_inside(new, pairs)
    return made


def _copy(world, obj, pairs):
    values = {k: v for k, v in obj.v.items() if k not in NOT_KEPT}
    made = world.make(obj.lom, obj.kind, obj.role, None, values)
    if obj.kind is not None:
        mark_made(made, obj.uid)
    pairs[obj.uid] = made
    for name, held in obj.kids.items():
        if name in NOT_COPIED or held is None:
            continue
        if isinstance(held, Obj):
            made.kids[name] = _under(made, name, _copy(world, held, pairs))
        elif isinstance(held, dict):
            made.kids[name] = {key: _under(made, name, _copy(world, child, pairs))
                               for key, child in held.items() if not is_plain_slot(child)}
        else:
            made.kids[name] = [_under(made, name, _copy(world, child, pairs)) for child in held]
    return made


def _under(parent, name, child):
    child.parent, child.where = parent, name
    if child.lom == 'ClipSlot':
        child.v['_track'] = parent.uid
    return child


def mark_made(obj, made_from=None):
    """The object was made by an edit: as a copy of the one with that uid, or new."""
    obj.v['_made'] = True
    obj.made_from = made_from
    return obj


def mark_tree(obj):
    """Everything below a new object is new."""
    if obj.kind is not None:
        mark_made(obj)
    for child in obj.children():
        mark_tree(child)
    return obj


def _point_inside(obj, pairs):
    """References to copied things point at the copies."""
    targets = obj.v.get('_targets')
    if targets:
        obj.v['_targets'] = tuple(pairs[uid].uid for uid in targets if uid in pairs)
    if obj.v.get('group') in pairs:
        obj.v['group'] = pairs[obj.v['group']].uid
