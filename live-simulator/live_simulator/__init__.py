"""A stand-in for Ableton Live: its Python API, its threads of time, its ways to surprise a Remote Script."""
