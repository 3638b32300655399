"""Light mode: when the budget has not sufficed for five seconds, only structure, names, mixer and transport."""
from .dirty import CONTINUOUS, DISCRETE

KEPT_KINDS = frozenset(('song', 'track', 'send', 'scene', 'chain'))


class Light(object):
    """Puts aside what light mode does not read, and gives it back afterwards."""

    def __init__(self, dirty):
        self._dirty = dirty
        self._aside = {}

    def keeps(self, subject, aspect, weight):
        """True when a mark is read in light mode too; else it is put aside."""
        if subject.kind in KEPT_KINDS or weight not in (DISCRETE, CONTINUOUS):
            return True
        self._aside[(subject, aspect)] = weight
        return False

    def give_back(self):
        """The mode is over: everything put aside is marked again."""
        aside, self._aside = self._aside, {}
        for (subject, aspect), weight in aside.items():
            self._dirty.mark(subject, aspect, weight)

    def __len__(self):
        return len(self._aside)
