"""Which Live saved the text. docs/als-format.md, Versions."""

import re

from .errors import AlsError

_CREATOR = re.compile(r' Creator="Ableton Live (\d+)(?:\.(\d+))?')
OLDEST = 9


class Version(object):
    """``major`` 9...12, ``minor``; the names that differ between them."""

    def __init__(self, root):
        found = _CREATOR.search(root)
        if root[:8] != "<Ableton" or found is None:
            raise AlsError("not a Live Set: the root is not <Ableton Creator=\"Ableton Live ...\">")
        self.major = int(found.group(1))
        self.minor = int(found.group(2) or 0)
        if self.major < OLDEST:
            raise AlsError("saved by Live %d: the stand-in reads Sets of Live 9 to 12" % self.major)

    @property
    def main_track(self):
        """Tag of the main track."""
        return "MainTrack" if self.major >= 12 else "MasterTrack"

    @property
    def color(self):
        """Tag of a colour."""
        return "Color" if self.major >= 11 else "ColorIndex"

    @property
    def scenes(self):
        """Tag of the list of scenes."""
        return "Scenes" if self.major >= 11 else "SceneNames"

    @property
    def plain_notes(self):
        """Values of notes at their default are left out (12.2 on)."""
        return (self.major, self.minor) >= (12, 2)

    @property
    def list_ids(self):
        """Nearly all list elements have an Id."""
        return self.major >= 10
