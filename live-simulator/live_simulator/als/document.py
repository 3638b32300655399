"""The text of a Set as lines, with the structure of the elements beside it.

Live writes one element a line, indented with tabs (docs/als-format.md, Container), so an element is named by the
number of its first line and the text itself is never taken apart: what no edit touches is written again as it was.
"""

import re
from array import array

from . import figures
from .errors import AlsError

_ATTRIBUTE = re.compile(r""" ([\w.]+)=(?:"([^"]*)"|'([^']*)')""")
_VALUE = re.compile(r""" Value=(?:"([^"]*)"|'([^']*)')""")
_ID = re.compile(r' Id="(-?\d+)"')


class Document(object):
    """Lines; ``end[i]``: last line of the element that begins at line i; ``parent[i]``: the line of its parent.

    The methods take the line of an element. ``None`` is taken for a missing element and gives a missing one.
    """

    def __init__(self, lines):
        self.lines = lines
        self.end = array("l", range(len(lines)))
        self.parent = array("l", [-1]) * len(lines)
        self._scan()

    def _scan(self):
        open_lines, current = [], -1
        end, parent = self.end, self.parent
        for index, line in enumerate(self.lines):
            body = line.lstrip("\t")
            if body[:2] == "</":
                if not open_lines:
                    raise AlsError("line %d closes an element that is not open" % (index + 1))
                end[current] = index
                current = open_lines.pop()
                continue
            parent[index] = current
            if body[:1] == "<" and body[-2:] != "/>" and body[:2] != "<?" and "</" not in body:
                open_lines.append(current)
                current = index
        if open_lines:
            raise AlsError("the text ends inside an element (opened on line %d)" % (current + 1))

    def tag(self, line):
        """Name of the element."""
        body = self.lines[line].lstrip("\t")
        stop = len(body)
        for mark in (" ", ">", "/"):
            at = body.find(mark)
            if 0 < at < stop:
                stop = at
        return body[1:stop]

    def kids(self, line):
        """Lines of the children, text lines included."""
        if line is None:
            return
        at, last, end = line + 1, self.end[line], self.end
        while at < last:
            yield at
            at = end[at] + 1

    def child(self, line, tag):
        """Line of the first child of that name, or None."""
        opening = "<" + tag
        size = len(opening)
        for kid in self.kids(line):
            body = self.lines[kid].lstrip("\t")
            if body.startswith(opening) and body[size:size + 1] in (" ", ">", "/"):
                return kid
        return None

    def path(self, line, path):
        """Line of a descendant by a path such as ``DeviceChain/Mixer``, or None."""
        for tag in path.split("/"):
            if line is None:
                return None
            line = self.child(line, tag)
        return line

    def by_tag(self, line):
        """``{name: line}`` of the children; the first of each name."""
        found = {}
        for kid in self.kids(line):
            found.setdefault(self.tag(kid), kid)
        return found

    def attributes(self, line):
        """``{name: text}``."""
        return {name: figures.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(self.lines[line])}

    def id(self, line):
        """The attribute Id as a number, or None."""
        found = _ID.search(self.lines[line])
        return int(found.group(1)) if found else None

    def own(self, line, default=""):
        """The attribute Value of the element itself."""
        found = _VALUE.search(self.lines[line]) if line is not None else None
        if found is None:
            return default
        return figures.unescape(found.group(1) if found.group(1) is not None else found.group(2))

    def value(self, line, path, default=""):
        """The attribute Value of a descendant."""
        return self.own(self.path(line, path), default)

    def number(self, line, path, default=0.0):
        """The same as a number."""
        written = self.value(line, path, None)
        return default if written is None else figures.number(written)

    def integer(self, line, path, default=0):
        """The same as a whole number."""
        return int(self.number(line, path, default))

    def flag(self, line, path, default=False):
        """The same as a switch."""
        written = self.value(line, path, None)
        return default if written is None else written == "true"
