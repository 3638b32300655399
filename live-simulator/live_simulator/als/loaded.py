"""A Set that was read: the description, and the text it came from."""

from .container import unpack
from .document import Document
from .reader import Reader
from .reading_set import read_song
from .version import Version

#: Deleted things that an undo may bring back are kept up to this number.
MAX_BURIED = 500


class Loaded(object):
    """``set``: the description; ``path``; ``version``; ``last_uid``: the highest uid in use; ``left_out``: uids of
    the description that was saved which the file's version of Live cannot hold (take lanes up to Live 10).

    The rest belongs to this package: ``document``, ``container``, ``line_of`` and ``base`` (reader.py), ``buried``:
    {uid: Source} of what was deleted since the file was opened, ``next_track_id``.
    """

    def __init__(self, path, document, container, known=None, last_uid=0):
        self.path = path
        self.document = document
        self.container = container
        self.version = Version(document.lines[1] if len(document.lines) > 1 else "")
        reader = Reader(document, self.version, known, last_uid)
        self.set = read_song(reader)
        self.last_uid = reader.last_uid
        self.line_of = reader.line_of
        self.base = reader.base
        self.buried = {}
        self.left_out = []
        self.next_track_id = 1 + max([-1] + [document.id(kid) or 0 for kid in self.track_lines()])

    def track_lines(self):
        """Lines of all tracks and returns."""
        return self.document.kids(self.document.child(self.line_of[self.set["uid"]], "Tracks"))

    def text(self):
        """The XML, as it stands in the file."""
        return self.container.eol.join(self.document.lines)


def load(path):
    """Read a `.als` of Live 9 to 12, gzip or bare XML. Raises AlsError, or OSError if there is no such file."""
    with open(path, "rb") as stream:
        text, container = unpack(stream.read())
    return Loaded(path, Document(text.split(container.eol)), container)
