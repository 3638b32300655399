"""A description saved as Live saves it."""

import time

from . import noise as noises
from . import patterns
from .automation import follow_devices
from .container import pack
from .document import Document
from .edit_song import edit_song
from .editor import Editor
from .loaded import MAX_BURIED, Loaded


def save(loaded, description, path, pattern=patterns.REPLACE, clock=None, noise=None):
    """Write the description to a path and answer what was written, read back, with the same uids.

    pattern  one of ``patterns.ALL``
    clock    ``wall()`` and, if it has one, ``sleep(seconds)``; real time without
    noise    ``noise.Noise``: what Live changes by itself at a save; without one only what was edited differs

    Raises AlsError when the description cannot be saved; then nothing was written.
    """
    clock = clock or patterns.SystemClock()
    sleep = getattr(clock, "sleep", time.sleep)
    saving = save_steps(loaded, description, path, pattern, clock, noise)
    while True:
        try:
            sleep(next(saving))
        except StopIteration as done:
            return done.value


def save_steps(loaded, description, path, pattern=patterns.REPLACE, clock=None, noise=None):
    """The same as a generator: yields seconds to wait before it is asked to go on; its value is the answer."""
    written = render(loaded, description, path, noise)
    data = pack(written.text(), written.container)
    for seconds in patterns.steps(data, path, pattern, clock or patterns.SystemClock()):
        yield seconds
    return written


def render(loaded, description, path, noise=None):
    """What a save would write, without writing it (Loaded)."""
    editor = Editor(loaded, description)
    edit_song(editor)
    follow_devices(editor)
    _count_pointees(editor)
    lines, known = editor.result()
    if noise is not None:
        noises.disturb(lines, noise, editor.version)
    last = max([loaded.last_uid] + list(editor.index))
    written = Loaded(path, Document(lines), loaded.container, known, last)
    written.next_track_id = editor.next_track_id
    written.left_out = editor.left_out
    written.buried = _still_buried(loaded, editor)
    return written


def _count_pointees(editor):
    if editor.pointees.line is not None:
        node = editor.main.scope.at(editor.pointees.line)
        node.set_own(str(editor.pointees.next))


def _still_buried(loaded, editor):
    kept = {uid: grave for uid, grave in loaded.buried.items() if uid not in editor.index}
    kept.update(editor.graves())
    for uid in list(kept)[:max(0, len(kept) - MAX_BURIED)]:
        del kept[uid]
    return kept
