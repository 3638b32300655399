"""The text while it is being edited: elements that are looked at become nodes, all others stay lines.

A ``Scope`` is a view of one document (or a copy of a part of it) whose nodes can be changed, taken out and put
elsewhere, also into another scope. ``Writer`` gives the lines of the result and knows where every line went.
"""

import bisect
import re

from . import figures

_VALUE = re.compile(r""" Value=("[^"]*"|'[^']*')""")
_ID = re.compile(r' Id="(-?\d+)"')


class Node(object):
    """One element: ``head`` is its opening tag without the closing mark (``<Name Value="x"``), or a line of text."""

    __slots__ = ("scope", "line", "head", "held", "parent", "dirty")

    def __init__(self, scope, line, parent):
        self.scope = scope
        self.line = line
        self.head = _head(scope.document.lines[line].lstrip("\t"))
        self.held = None
        self.parent = parent
        self.dirty = False

    @property
    def kids(self):
        """The children as nodes, in order. Change the list only through the methods of this class."""
        if self.held is None:
            self.held = self.scope.expand(self)
        return self.held

    @property
    def tag(self):
        """Name of the element."""
        return self.head[1:].split(" ", 1)[0]

    def touch(self):
        """Mark as changed: it and all above are written anew."""
        node = self
        while node is not None and not node.dirty:
            node.kids
            node.dirty = True
            node = node.parent

    def child(self, tag):
        """The first child of that name, or None."""
        for kid in self.kids:
            if kid.tag == tag:
                return kid
        return None

    def path(self, path):
        """A descendant by path, or None."""
        node = self
        for tag in path.split("/"):
            node = node.child(tag) if node is not None else None
        return node

    def id(self):
        """The attribute Id as a number, or None."""
        found = _ID.search(self.head)
        return int(found.group(1)) if found else None

    def set_id(self, number):
        """Another Id (nothing happens where there is none, Live 9)."""
        self.set_head(_ID.sub(' Id="%d"' % number, self.head, 1))

    def own(self):
        """The attribute Value."""
        found = _VALUE.search(self.head)
        return figures.unescape(found.group(1)[1:-1]) if found else ""

    def set_own(self, text):
        """Another attribute Value."""
        written = ' Value="%s"' % figures.escape(text)
        self.set_head(_VALUE.sub(lambda _: written, self.head, 1))

    def set(self, path, text):
        """Another Value of a descendant; nothing happens where there is none. True if there is one."""
        node = self.path(path)
        if node is not None:
            node.set_own(text)
        return node is not None

    def attribute(self, name):
        """An attribute's text, or ""."""
        found = re.search(r' %s="([^"]*)"' % re.escape(name), self.head)
        return figures.unescape(found.group(1)) if found else ""

    def set_attribute(self, name, text):
        """Another value of an attribute that the element has."""
        written = ' %s="%s"' % (name, figures.escape(text))
        self.set_head(re.sub(r' %s="[^"]*"' % re.escape(name), lambda _: written, self.head, 1))

    def set_head(self, head):
        """Another opening tag."""
        if head != self.head:
            self.touch()
            self.head = head

    def set_kids(self, nodes):
        """Other children in this order; nodes may come from anywhere. Nothing happens if they are the same."""
        if self.kids == nodes:
            return
        self.touch()
        for node in nodes:
            if node.parent is not self:
                node.detach()
                node.parent = self
        self.held = nodes

    def detach(self):
        """Take the element out of where it is."""
        if self.parent is not None and self in self.parent.kids:
            self.parent.set_kids([kid for kid in self.parent.kids if kid is not self])
        self.parent = None

    def append(self, node):
        """Put an element behind the last child."""
        node.detach()
        self.set_kids(self.kids + [node])


class Scope(object):
    """The part of a document below one line, open for changes."""

    def __init__(self, document, line):
        self.document = document
        self._nodes = {}
        self.root = Node(self, line, None)
        self._nodes[line] = self.root

    def expand(self, node):
        """The children of a node, made from the lines."""
        kids = [Node(self, line, node) for line in self.document.kids(node.line)]
        for kid in kids:
            self._nodes[kid.line] = kid
        return kids

    def at(self, line):
        """The node of a line, wherever it is by now."""
        node = self._nodes.get(line)
        if node is None:
            self.at(self.document.parent[line]).kids
            node = self._nodes[line]
        return node


class Writer(object):
    """The lines of the result, and the way from a line of a source to its line there."""

    def __init__(self):
        self.lines = []
        self._moved = {}

    def write(self, node, depth):
        """Append an element with all below it."""
        if node.dirty:
            self._write_anew(node, depth)
        else:
            self._copy(node, depth)

    def line_of(self, scope, line):
        """Where a line of a scope's document went, or None."""
        starts, runs = self._moved.get(id(scope), ((), ()))
        at = bisect.bisect_right(starts, line) - 1
        if at < 0 or line > runs[at][0]:
            return None
        return runs[at][1] + line - starts[at]

    def finish(self):
        """To be called once before ``line_of``."""
        for key, runs in self._moved.items():
            runs.sort()
            self._moved[key] = ([run[0] for run in runs], [run[1:] for run in runs])

    def _write_anew(self, node, depth):
        indent = "\t" * depth
        self._note(node.scope, node.line, node.line)
        if node.head[:1] != "<":
            self.lines.append(indent + node.head)
        elif not node.kids:
            self.lines.append("%s%s />" % (indent, node.head))
        else:
            self.lines.append("%s%s>" % (indent, node.head))
            for kid in node.kids:
                self.write(kid, depth + 1)
            self.lines.append("%s</%s>" % (indent, node.tag))

    def _copy(self, node, depth):
        document = node.scope.document
        last = document.end[node.line]
        self._note(node.scope, node.line, last)
        first = document.lines[node.line]
        before = len(first) - len(first.lstrip("\t"))
        lines = document.lines[node.line:last + 1]
        if before < depth:
            indent = "\t" * (depth - before)
            lines = [indent + line for line in lines]
        elif before > depth:
            lines = [line[before - depth:] for line in lines]
        self.lines.extend(lines)

    def _note(self, scope, first, last):
        self._moved.setdefault(id(scope), []).append((first, last, len(self.lines)))


def _head(body):
    if body[-3:] == " />":
        return body[:-3]
    if body[-2:] == "/>":
        return body[:-2]
    return body[:-1] if body[:1] == "<" and body[-1:] == ">" and "</" not in body else body
