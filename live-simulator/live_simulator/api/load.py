"""Importing this module registers all readers, writers and methods."""
from . import do_song, do_track, write_all  # noqa: F401
from . import read_clip, read_color, read_device, read_session, read_song, read_track  # noqa: F401
