"""What all readers share: the document, and the book of what stands on which line."""

from . import palette


class Reader(object):
    """Makes nodes of the description. ``known``: {line: uid} of the description that was saved, None at first.

    At first every line gets a uid from 1 on. What a description that was saved did not name (parameters of a new
    device, say) gets a negative uid, so that it never meets a uid that the model gives out.

    After reading, ``line_of`` is {uid: line} and ``base`` is {uid: (kind, props, {list: [uids]}, auto_name)}:
    what the file says, kept apart from the nodes given out, which the model may change.
    """

    def __init__(self, document, version, known, last_uid):
        self.document = document
        self.version = version
        self.known = dict(known or {})
        self.last_uid = last_uid
        self._step = -1 if known else 1
        self._given = min([0] + list(self.known.values()))
        self.line_of = {}
        self.base = {}
        self.scene_uids = []
        self.automated = frozenset()

    def make(self, kind, line, props, lists=None, auto_name=None):
        """A node for the element on that line."""
        uid = self.uid_of(line)
        node = {"uid": uid, "kind": kind, "props": props, "lists": lists or {}}
        if auto_name is not None:
            node["auto_name"] = auto_name
        self.line_of[uid] = line
        self.base[uid] = Base(node)
        return node

    def uid_of(self, line):
        """The uid of the element on that line."""
        uid = self.known.get(line)
        if uid is None:
            self._given += self._step
            uid = self.known[line] = self._given
            self.last_uid = max(self.last_uid, uid)
        return uid

    def color(self, line):
        """``{"color", "color_index"}``: index and 0xRRGGBB, both None without a colour."""
        index = self.document.integer(line, self.version.color, -1)
        if index < 0:
            return {"color": None, "color_index": None}
        index = (index - 140 if index >= 140 else index) % len(palette.PALETTE)
        return {"color": palette.rgb(index), "color_index": index}


class Base(object):
    """What the file says of one node, independent of the dictionaries that were given out."""

    __slots__ = ("kind", "props", "lists", "auto_name")

    def __init__(self, node):
        self.kind = node["kind"]
        self.props = {name: freeze(value) for name, value in node["props"].items()}
        self.lists = {name: [kid["uid"] for kid in kids] for name, kids in node["lists"].items()}
        self.auto_name = node.get("auto_name")


def freeze(value):
    """A value that nobody can change, equal for equal values: lists become tuples, notes sorted tuples."""
    if isinstance(value, list):
        return tuple(freeze(item) for item in value)
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return value
