"""Where the elements of a description come from: the loaded text, what was deleted before, copies of both.

docs/als-format.md, Identity: a copy gets new pointees throughout, a thing that is moved keeps them.
"""

import re

from .document import Document
from .tree import Scope

#: Elements whose Id is unique in the whole file.
POINTEE = re.compile(r'<((?:\w*(?:Automation|Modulation)Target|Pointee|ControllerTargets\.\d+)) Id="(\d+)"')
_REFERENCE = re.compile(r'<PointeeId Value="(\d+)"')


class Source(object):
    """A document with the book of what stands in it (reader.py), and its scenes in order."""

    def __init__(self, document, line_of, base, scenes):
        self.document = document
        self.line_of = line_of
        self.base = base
        self.scenes = scenes


class Area(object):
    """A scope over a source, or over a copy of the part of a source that begins at line ``start``."""

    def __init__(self, source, scope, start=0, is_copy=False):
        self.source = source
        self.scope = scope
        self.is_copy = is_copy
        self._start = start
        self._size = len(scope.document.lines)

    def line(self, uid):
        """The line of a thing of the source in this scope, or None."""
        line = self.source.line_of.get(uid)
        if line is None or not self._start <= line < self._start + self._size:
            return None
        return line - self._start

    def node(self, uid):
        """The same as a node."""
        line = self.line(uid)
        return None if line is None else self.scope.at(line)


class Pointees(object):
    """Gives out pointees. Up to Live 9 there is no counter: one above the highest in use."""

    def __init__(self, document):
        song = document.child(1, "LiveSet")
        self.line = document.child(song, "NextPointeeId")
        self.next = document.integer(song, "NextPointeeId") if self.line is not None else _above(document)

    def take(self):
        """A new one."""
        self.next += 1
        return self.next - 1

    def renew(self, lines):
        """Copied lines with new pointees; what points at one of them follows."""
        fresh = {}

        def give(match):
            fresh[match.group(2)] = str(self.take())
            return '<%s Id="%s"' % (match.group(1), fresh[match.group(2)])

        lines = [POINTEE.sub(give, line) if "Id=" in line else line for line in lines]
        return [_REFERENCE.sub(lambda m: '<PointeeId Value="%s"' % fresh.get(m.group(1), m.group(1)), line)
                if "<PointeeId" in line else line for line in lines]


def copy_area(source, line, pointees):
    """A copy of an element, with all below it, as an area of its own."""
    lines = source.document.lines[line:source.document.end[line] + 1]
    return Area(source, Scope(Document(pointees.renew(lines)), 0), line, True)


def bury(source, uids):
    """Keep the element of ``uids[0]`` (and what it holds: the other uids) after it was deleted."""
    first = source.line_of[uids[0]]
    lines = source.document.lines[first:source.document.end[first] + 1]
    inside = {uid: source.line_of[uid] - first for uid in uids}
    return Source(Document(lines), inside, {uid: source.base[uid] for uid in uids}, source.scenes)


def _above(document):
    return 1 + max([0] + [int(found.group(2)) for found in map(POINTEE.search, document.lines) if found])
