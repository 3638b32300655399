"""What goes into a file: the truth, with the values set by hand where automation moves things."""
from .motion import value_by_hand
from .truth import truth

MIXED = ('volume', 'panning', 'left_split_stereo', 'right_split_stereo', 'cue_volume', 'crossfader')


def nodes(node):
    """All nodes of a description."""
    yield node
    for held in node['lists'].values():
        for child in held:
            for one in nodes(child):
                yield one


def to_save(world, never_saved):
    """The description to save. Of a Set that came from no file everything is new."""
    description = truth(world)
    for node in nodes(description):
        if never_saved:
            node.setdefault('made_from', None)
        obj = world.by_uid.get(node['uid'])
        if obj is not None:
            _by_hand(obj, node['props'])
    return description


def _by_hand(obj, props):
    if obj.lom == 'DeviceParameter':
        props['value'] = value_by_hand(obj)
    mixer = obj.kids.get('mixer_device')
    for name in MIXED if mixer is not None else ():
        if name in props:
            props[name] = value_by_hand(mixer.kids[name])
