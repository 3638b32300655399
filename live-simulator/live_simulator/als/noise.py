"""What Live changes at a save without an edit, by a seed. docs/als-format.md, Noise."""

import random
import re

_HEX = re.compile(r"^\t+[0-9A-F]+$")
_ID = re.compile(r' Id="(\d+)"')


class Noise(object):
    """Which noise, and how often. One object for one session: every save draws from it.

    view      play position, selected track, selections, zoom
    renumber  Ids of original files, plug-in presets, relative paths: one more at each save
    plugins   the share of saves at which a plug-in's dump has other bytes of the same length (0...1)
    """

    def __init__(self, seed, view=True, renumber=True, plugins=0.25):
        self.random = random.Random(seed)
        self.view = view
        self.renumber = renumber
        self.plugins = plugins


def disturb(lines, noise, version):
    """Change the lines of a Set in place; their number stays."""
    if noise.view:
        _move_view(lines, noise.random)
    if noise.renumber and version.list_ids:
        _renumber(lines)
    if noise.plugins and noise.random.random() < noise.plugins:
        _dump_anew(lines, noise.random)


def _move_view(lines, dice):
    for at, line in enumerate(lines):
        if line.startswith("\t\t<HighlightedTrackIndex "):
            lines[at] = _set(line, str(dice.randrange(8)))
        elif line.startswith("\t\t\t<CurrentTime "):
            lines[at] = _set(line, str(dice.randrange(0, 512)))
        elif line.startswith(("\t\t\t<AnchorTime ", "\t\t\t<OtherTime ")):
            lines[at] = _set(line, str(dice.randrange(0, 512)))
        elif line.startswith("\t\t\t\t<CurrentZoom "):
            lines[at] = _set(line, "%.3f" % dice.uniform(0.1, 0.9))


def _set(line, text):
    return re.sub(r'Value="[^"]*"', lambda _: 'Value="%s"' % text, line, 1)


def _renumber(lines):
    path_parts = sum(1 for line in lines if "<RelativePathElement Id=" in line)
    for at, line in enumerate(lines):
        if "<FileRef Id=" in line and "<OriginalFileRef>" in lines[at - 1]:
            lines[at] = _raise(line, 1)
        elif "Preset Id=" in line and line.lstrip("\t").startswith(("<VstPreset ", "<Vst3Preset ", "<AuPreset ")):
            lines[at] = _raise(line, 1)
        elif "<RelativePathElement Id=" in line:
            lines[at] = _raise(line, path_parts)


def _raise(line, more):
    return _ID.sub(lambda found: ' Id="%d"' % (int(found.group(1)) + more), line, 1)


def _dump_anew(lines, dice):
    """Other bytes in the second line of every plug-in's dump."""
    for at, line in enumerate(lines):
        if line.endswith("<Buffer>") and at + 2 < len(lines) and _HEX.match(lines[at + 2]):
            digits = lines[at + 2].lstrip("\t")
            indent = lines[at + 2][:-len(digits)]
            lines[at + 2] = indent + "".join(dice.choice("0123456789ABCDEF") for _ in digits)
