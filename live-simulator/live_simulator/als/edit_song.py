"""What an edit of the song changes: tempo, loop, tracks, returns, scenes, locators."""

from . import figures, scales, templates
from .edit_clip import write_color
from .edit_device import set_parameter
from .edit_track import edit_track, write_group
from .errors import AlsError
from .reading_set import SCALES

_TRANSPORT = {
    "loop": ("LoopOn", figures.boolean),
    "loop_start": ("LoopStart", figures.double),
    "loop_length": ("LoopLength", figures.double),
    "punch_in": ("PunchIn", figures.boolean),
    "punch_out": ("PunchOut", figures.boolean),
}


def edit_song(editor):
    """The whole description."""
    desc = editor.description
    if desc["uid"] != editor.loaded.set["uid"]:
        raise AlsError("this is the description of another Set")
    song = editor.obtain(desc, None)
    _write_song(editor, song)
    scenes = editor.fill(song, "scenes", lambda: song.node.child(editor.version.scenes), True)
    for at, scene in enumerate(scenes):
        _edit_scene(editor, scene, at)
    _edit_tracks(editor, song)
    for locator in editor.fill(song, "locators", lambda: song.node.path("Locators/Locators"), True):
        _edit_locator(locator)


def _write_song(editor, song):
    changed, props = song.changed(), song.desc["props"]
    for name, (tag, write) in _TRANSPORT.items():
        if name in changed:
            song.node.set("Transport/" + tag, write(props[name]))
    if "tempo" in changed:
        _write_main(editor, song, "Tempo", figures.single(props["tempo"]))
    if "signature_numerator" in changed or "signature_denominator" in changed:
        code = scales.code_from_meter(props["signature_numerator"], props["signature_denominator"])
        _write_main(editor, song, "TimeSignature", str(code))
    if "root_note" in changed:
        for tag in ("Root", "RootNote"):
            song.node.set("ScaleInformation/" + tag, str(int(props["root_note"])))
    if "scale_name" in changed:
        _write_scale(song.node.path("ScaleInformation/Name"), props["scale_name"])
    for name, tag in (("clip_trigger_quantization", "GlobalQuantisation"),
                      ("midi_recording_quantization", "AutoQuantisation")):
        if name in changed:
            song.node.set(tag, str(int(props[name])))
    if "scale_mode" in changed:
        song.node.set("InKey", figures.boolean(props["scale_mode"]))


def _write_scale(node, name):
    if node is not None:
        node.set_own(str(SCALES.index(name)) if node.own().isdigit() and name in SCALES else name)


def _write_main(editor, song, tag, text):
    """A value of the main mixer, with the initial event of its automation, which gets a new Id."""
    main = song.node.child(editor.version.main_track)
    parameter = main.path("DeviceChain/Mixer/" + tag)
    set_parameter(parameter, text)
    target = parameter.child("AutomationTarget").id()
    envelopes = main.path("AutomationEnvelopes/Envelopes")
    for envelope in envelopes.kids if envelopes is not None else ():
        if int(envelope.path("EnvelopeTarget/PointeeId").own()) != target:
            continue
        events = envelope.path("Automation/Events")
        if len(events.kids) == 1:
            events.kids[0].set_attribute("Value", text)
            events.kids[0].set_id(editor.new_id(events))


# Tracks

def _edit_tracks(editor, song):
    desc = song.desc["lists"]
    tracks = [editor.obtain(track, song) for track in desc["tracks"]]
    returns = [editor.obtain(track, song) for track in desc["returns"]]
    for track in tracks + returns:
        _number_track(editor, track)
    before = song.base_list("tracks") + song.base_list("returns")
    holder = song.node.child("Tracks") if [t.desc["uid"] for t in tracks + returns] != before else None
    if holder is not None:
        holder.set_kids([track.node for track in tracks + returns])
    _edit_pre(editor, song, returns)
    ids = {track.desc["uid"]: track.area.scope.document.id(track.line) if _is_old(editor, track) else track.node.id()
           for track in tracks}
    for track in tracks + returns:
        edit_track(editor, track)
    for track in tracks:
        write_group(editor, track, ids)
    main = [editor.obtain(track, song) for track in desc["main"]]
    for track in main:
        edit_track(editor, track)
        if "cue_volume" in track.changed():
            _write_cue(song, track.desc["props"]["cue_volume"])


def _is_old(editor, track):
    return track.area is editor.main


def _number_track(editor, track):
    """A new track gets the next Id of the session; one that comes back keeps its own."""
    if track.area is editor.main or not (track.fresh or track.area.is_copy):
        return
    track.node.set_id(editor.next_track_id)
    editor.next_track_id += 1


def _write_cue(song, value):
    volume = song.node.path("PreHearTrack/DeviceChain/Mixer/Volume")
    set_parameter(volume, figures.single(scales.gain_from_fader(value)))


def _edit_pre(editor, song, returns):
    before = song.base_list("returns")
    uids = [track.desc["uid"] for track in returns]
    if uids == before:
        return
    holder = song.node.child("SendsPre")
    if holder is None:
        return
    old = dict(zip(before, list(holder.kids)))
    kids = []
    for uid in uids:
        if uid not in old:
            switch = templates.node_of(templates.send_pre(editor.version))
            switch.set_id(editor.new_id(holder))
            old[uid] = switch
        kids.append(old[uid])
    holder.set_kids(kids)


# Scenes, locators

def _edit_scene(editor, placed, at):
    changed, props = placed.changed(), placed.desc["props"]
    old = editor.version.major < 11
    if old and not props["name"]:
        if placed.fresh or "name" in changed or at != _place_before(editor, placed):
            placed.node.set_own(" %d" % (at + 1))
    elif "name" in changed:
        placed.node.set_own(props["name"]) if old else placed.node.set("Name", props["name"])
    write_color(editor, placed, changed)
    if "tempo_enabled" in changed:
        placed.node.set("IsTempoEnabled", figures.boolean(props["tempo_enabled"]))
    if "tempo" in changed and props["tempo"] > 0:
        placed.node.set("Tempo", figures.single(props["tempo"]))
    if "time_signature_enabled" in changed:
        placed.node.set("IsTimeSignatureEnabled", figures.boolean(props["time_signature_enabled"]))
    meter = (props.get("time_signature_numerator", -1), props.get("time_signature_denominator", -1))
    if ("time_signature_numerator" in changed or "time_signature_denominator" in changed) and min(meter) > 0:
        placed.node.set("TimeSignatureId", str(scales.code_from_meter(*meter)))


def _place_before(editor, placed):
    """Where an unnamed scene stood: only a scene that stands elsewhere now gets another number."""
    before = editor.source.scenes
    uid = placed.desc["uid"]
    return before.index(uid) if uid in before else -1


def _edit_locator(placed):
    changed, props = placed.changed(), placed.desc["props"]
    if "name" in changed:
        placed.node.set("Name", props["name"])
    if "time" in changed:
        placed.node.set("Time", figures.double(props["time"]))
