"""A node of a description together with its element."""

from .reader import freeze

_MISSING = object()


class Placed(object):
    """A node of the description with its element: ``line`` in ``area``; ``base``: what the file says of it.

    ``fresh``: it stands for nothing in the file, so all its values are written.
    """

    def __init__(self, desc, area, line, base, fresh=False):
        self.desc = desc
        self.area = area
        self.line = line
        self.base = base
        self.fresh = fresh

    @property
    def node(self):
        """The element, opened for changes."""
        return self.area.scope.at(self.line)

    def changed(self):
        """``{member: value}`` of what the description says otherwise than the file."""
        known = {} if self.fresh or self.base is None else self.base.props
        return {name: value for name, value in self.desc["props"].items()
                if not _same(value, known.get(name, _MISSING))}

    def base_list(self, name):
        """uids of a list in the file."""
        return [] if self.base is None else self.base.lists.get(name, [])


def _same(value, known):
    if isinstance(value, float) and isinstance(known, (int, float)):
        return abs(value - known) <= 1e-9 * max(1.0, abs(value))
    return known is not _MISSING and freeze(value) == known
