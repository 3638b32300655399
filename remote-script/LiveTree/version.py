"""The version of this script, and what can be told of the Live around it."""
import sys

from .live import ABSENT, call

VERSION = '1.0.0'
PROTOCOL = 1
# Optional parts of Live: name told to the hub, and the class and member that show it.
FEATURES = (
    ('filePath', 'Song', 'Song', 'file_path'),
    ('takeLanes', 'Track', 'Track', 'take_lanes'),
    ('sceneTempo', 'Scene', 'Scene', 'tempo_enabled'),
    ('drumChainNotes', 'DrumChain', 'DrumChain', 'in_note'),
    ('scaleMode', 'Song', 'Song', 'scale_mode'),
    ('noteIds', 'Clip', 'Clip', 'get_all_notes_extended'),
)


def live_version(application):
    """Such as "12.3.6"."""
    numbers = [
        call(application, 'get_major_version'), call(application, 'get_minor_version'),
        call(application, 'get_bugfix_version'),
    ]
    return '.'.join(str(number) for number in numbers if number is not ABSENT)


def python_version():
    return '.'.join(str(number) for number in sys.version_info[:3])


def features(live):
    """Names of the optional parts that this Live has."""
    found = []
    for name, module, cls, member in FEATURES:
        if hasattr(getattr(getattr(live, module, None), cls, None), member):
            found.append(name)
    return found


def is_simulated(live):
    """Live's own module is built in; a stand-in comes from a file."""
    return getattr(live, '__file__', None) is not None
