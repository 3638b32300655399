"""One object of the model: a track, a clip, a parameter. Wrappers of the API point at it."""


class Obj(object):
    """State without behaviour; readers, effects and edits give it one.

    lom     name of its class in lom.json
    kind    kind of docs/protocol-script.md, or None for parts that are no nodes there (views, mixers, pads)
    role    what its class does not tell: audio, midi, group, return, main; drum, rack; midi or audio clip
    v       values by Live's member names, raw; names with a leading underscore are the simulator's own
    kids    owned objects: {name: Obj | [Obj] | {scene uid: Obj}}
    where   name under which the parent holds it
    """

    __slots__ = ('world', 'lom', 'wrap', 'kind', 'role', 'uid', 'made_from', 'ptr', 'alive',
                 'v', 'kids', 'parent', 'where', 'listeners')

    def __init__(self, world, lom, kind, role, uid, values):
        self.world = world
        self.lom = lom
        self.wrap = world.wrapper_of(lom)
        self.kind = kind
        self.role = role
        self.uid = uid
        self.made_from = None
        self.ptr = world.new_ptr()
        self.alive = True
        self.v = values
        self.kids = {}
        self.parent = None
        self.where = None
        self.listeners = None

    def children(self):
        """All owned objects, in no promised order."""
        for held in self.kids.values():
            if isinstance(held, Obj):
                yield held
            elif isinstance(held, dict):
                for child in held.values():
                    yield child
            elif held:
                for child in held:
                    yield child

    def __repr__(self):
        return '<%s %s %r%s>' % (self.lom, self.uid, self.v.get('name', ''), '' if self.alive else ' dead')
