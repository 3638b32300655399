"""One table per kind of node: which members are read, listened to, and read again when what fires."""
from .clip import CLIP, TAKE_LANE
from .device import CHAIN, DEVICE, PARAMETER
from .scene import LOCATOR, SCENE, SLOT
from .song import SONG
from .track import SEND, TRACK

KINDS = dict(
    (each.name, each)
    for each in (SONG, TRACK, SEND, DEVICE, PARAMETER, CHAIN, CLIP, SLOT, SCENE, LOCATOR, TAKE_LANE)
)
