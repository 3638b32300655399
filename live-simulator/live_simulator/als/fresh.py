"""A Set that was never saved: a description that came from no file gets an empty Set to be written into."""

from . import scales, templates
from .container import MAC_NEW, Container
from .document import Document
from .errors import AlsError
from .loaded import Loaded
from .sources import Pointees
from .version import Version

#: As whom the Set is saved.
CREATOR = ("5", "12.0_12300", "Ableton Live 12.3.6")

_v, _of = templates.value, templates.element


def from_nothing(description):
    """A Loaded for a description without a file: an empty Set of Live 12.3 whose song and main track it names.

    ``save`` then writes all of the description into it, as at the first save of a new Set.
    """
    mains = description["lists"].get("main", ())
    if len(mains) != 1:
        raise AlsError("a Set has one main track")
    root = '<Ableton MajorVersion="%s" MinorVersion="%s" SchemaChangeCount="1" Creator="%s" Revision="">' % CREATOR
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', root]
    lines += ["\t" + line for line in templates.document_of(_song(Version(root))).lines] + ["</Ableton>", ""]
    pointees = Pointees(Document(lines))
    lines = pointees.renew(lines)
    lines[3] = lines[3].replace('"1"', '"%d"' % pointees.next)
    document = Document(lines)
    known = {2: description["uid"], document.child(2, "MainTrack"): mains[0]["uid"]}
    highest = max(each for each in _uids(description))
    return Loaded("", document, Container(True, MAC_NEW, "\n"), known, highest)


def _uids(node):
    yield node["uid"]
    for kids in node["lists"].values():
        for kid in kids:
            for uid in _uids(kid):
                yield uid


def _song(version):
    return _of(
        "LiveSet", _v("NextPointeeId", "1"), _v("OverwriteProtectionNumber", "3075"), _v("LomId", "0"),
        _v("LomIdView", "0"), _of("Tracks"), _main(version), _cue(version), _of("SendsPre"), _of("Scenes"),
        _of("Transport", _v("LoopOn", "false"), _v("LoopStart", "0"), _v("LoopLength", "4"), _v("CurrentTime", "0"),
            _v("PunchIn", "false"), _v("PunchOut", "false")),
        _v("GlobalQuantisation", "4"), _v("AutoQuantisation", "0"),
        _of("ScaleInformation", _v("Root", "0"), _v("Name", "0")), _v("InKey", "false"),
        _of("Locators", _of("Locators")), _v("Annotation"), _v("HighlightedTrackIndex", "0"),
        _of("GroovePool", _v("LomId", "0"), _of("Grooves")), _v("ViewData", "{}"))


def _main(version):
    meter = str(scales.code_from_meter(4, 4))
    more = (templates.number("Tempo", "120", "60", "200", "8"), templates.choice("TimeSignature", meter, "9"),
            templates.number("CrossFade", "0", "-1", "1"))
    envelopes = (_envelope("0", "9", "EnumEvent", meter), _envelope("1", "8", "FloatEvent", "120"))
    return templates.main_track("MainTrack", version, "Main", more, envelopes)


def _cue(version):
    return templates.main_track("PreHearTrack", version, "Cue", (), ())


def _envelope(ident, target, event, text):
    first = _of('%s Id="0" Time="-63072000" Value="%s"' % (event, text))
    return _of('AutomationEnvelope Id="%s"' % ident, _of("EnvelopeTarget", _v("PointeeId", target)),
               _of("Automation", _of("Events", first)))
