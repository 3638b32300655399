"""The palette of Live 10 and later: 5 rows of 14 colours, as `Clip.color` and `Track.color` give them (0xRRGGBB).

Public sources, equal in all 70: bsom/machination, guitest4.py; gluon/AbletonLive11_MIDIRemoteScripts,
Launchpad_MK2/Colors.py.
The order of the 60 colours up to Live 9 is not known; they are shown in this palette (assumption of the stand-in).
"""

_ROWS = (
    "ff94a6 ffa529 cc9927 f7f47c bffb00 1aff2f 25ffa8 5cffe8 8bc5ff 5480e4 92a7ff d86ce4 e553a0 ffffff",
    "ff3636 f66c03 99724b fff034 87ff67 3dc300 00bfaf 19e9ff 10a4ee 007dc0 886ce4 b677c6 ff39d4 d0d0d0",
    "e2675a ffa374 d3ad71 edffae d2e498 bad074 9bc48d d4fde1 cdf1f8 b9c1e3 cdbbe4 ae98e5 e5dce1 a9a9a9",
    "c6928b b78256 99836a bfba69 a6be00 7db04d 88c2ba 9bb3c4 85a5c2 8393cc a595b5 bf9fbe bc7196 7b7b7b",
    "af3333 a95131 724f41 dbc300 85961f 539f31 0a9c8e 236384 1a2f96 2f52a2 624bad a34bad cc2e6e 3c3c3c",
)

PALETTE = tuple(int(color, 16) for row in _ROWS for color in row.split())


def rgb(index):
    """0xRRGGBB of a palette index."""
    return PALETTE[index % len(PALETTE)]


def nearest(color):
    """The palette index that a written colour snaps to (docs/live-api.md: a write snaps to the palette)."""
    return min(range(len(PALETTE)), key=lambda index: _distance(PALETTE[index], color))


def _distance(one, other):
    return sum((((one >> shift) & 255) - ((other >> shift) & 255)) ** 2 for shift in (0, 8, 16))
