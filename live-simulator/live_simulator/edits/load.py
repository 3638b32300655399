"""Importing this module registers all edits."""
from . import arrangement, chains, clips, devices, groups, launch, notes, parameters  # noqa: F401
from . import returns, scenes, song, tracks  # noqa: F401
