"""What an edit of a clip changes in its element."""

from . import figures, palette, scales, templates
from .notes import write_notes

_PLAIN = {
    "muted": ("Disabled", figures.boolean),
    "looping": ("Loop/LoopOn", figures.boolean),
    "loop_start": ("Loop/LoopStart", figures.double),
    "loop_end": ("Loop/LoopEnd", figures.double),
    "end_marker": ("Loop/OutMarker", figures.double),
    "launch_mode": ("LaunchMode", lambda value: str(int(value))),
    "launch_quantization": ("LaunchQuantisation", lambda value: str(int(value))),
    "legato": ("Legato", figures.boolean),
    "velocity_amount": ("VelocityAmount", figures.single),
    "warping": ("IsWarped", figures.boolean),
    "warp_mode": ("WarpMode", lambda value: str(int(value))),
    "pitch_coarse": ("PitchCoarse", figures.single),
    "pitch_fine": ("PitchFine", figures.single),
    "signature_numerator": ("TimeSignature/TimeSignatures/RemoteableTimeSignature/Numerator", str),
    "signature_denominator": ("TimeSignature/TimeSignatures/RemoteableTimeSignature/Denominator", str),
    "start_time": ("CurrentStart", figures.double),
    "end_time": ("CurrentEnd", figures.double),
}


def edit_clip(editor, placed):
    """Write what differs."""
    changed = placed.changed()
    if not changed:
        return
    node, props = placed.node, placed.desc["props"]
    for name, value in changed.items():
        if name in _PLAIN:
            path, write = _PLAIN[name]
            node.set(path, write(value))
    if "name" in changed:
        node.set("Name", props["name"])
    write_color(editor, placed, changed)
    if "start_time" in changed:
        node.set_attribute("Time", figures.double(props["start_time"]))
    if "start_marker" in changed or "loop_start" in changed:
        node.set("Loop/StartRelative", figures.double(props.get("start_marker", 0.0) - props.get("loop_start", 0.0)))
    if "gain" in changed:
        node.set("SampleVolume", figures.single(scales.gain_from_fader(props["gain"], scales.CLIP_GAIN)))
    if "warp_markers" in changed and node.child("WarpMarkers") is not None:
        write_markers(editor, node.child("WarpMarkers"), props["warp_markers"])
    if "file_path" in changed and not placed.fresh:
        _write_place(node, props["file_path"])
    if placed.fresh:
        _write_new(node, props)
    if "notes" in changed and node.child("Notes") is not None:
        before = () if placed.fresh or placed.base is None else placed.base.props.get("notes", ())
        write_notes(editor, node, props["notes"], before)


def write_markers(editor, holder, markers):
    """Warp markers: one that stays in beat and second keeps its element, one that keeps its second keeps its Id."""
    left = dict((kid.attribute("SecTime"), kid) for kid in holder.kids)
    kids = []
    for beat, second in markers:
        texts = (figures.double(second), figures.double(beat))
        kid = left.pop(_near(left, second), None)
        if kid is None:
            ident = ' Id="%d"' % editor.new_id(holder) if editor.version.list_ids else ""
            kid = templates.node_of(('WarpMarker%s SecTime="%s" BeatTime="%s"' % ((ident,) + texts), ()))
        elif abs(figures.number(kid.attribute("BeatTime")) - beat) > 1e-12:
            kid.set_attribute("BeatTime", texts[1])
        kids.append(kid)
    holder.set_kids(kids)


def _near(left, second):
    for text in left:
        if abs(figures.number(text) - second) < 1e-12:
            return text
    return None


def _write_place(node, path):
    """Where the sample lies: whole from Live 11 on, and relative to the project."""
    if node.set("SampleRef/FileRef/Path", path) and "/Samples/" in path:
        node.set("SampleRef/FileRef/RelativePath", "Samples/" + path.split("/Samples/", 1)[1])
        node.set("SampleRef/FileRef/RelativePathType", "3")


def _write_new(node, props):
    if "file_path" in props:
        if not node.set("SampleRef/FileRef/Path", props["file_path"]):
            node.set("SampleRef/FileRef/Name", props["file_path"].replace("\\", "/").rsplit("/", 1)[-1])
    if "scene" in props:
        node.set_attribute("Time", "0")
        node.set("CurrentStart", "0")
        node.set("CurrentEnd", figures.double(props.get("loop_end", 4.0)))


def write_color(editor, placed, changed):
    """Write the index of a colour; a colour without an index snaps to the palette. Live 10 may count from 140."""
    props = placed.desc["props"]
    if ("color_index" if "color_index" in props else "color") not in changed:
        return
    index = props.get("color_index")
    if "color_index" not in props and props["color"] is not None:
        index = palette.nearest(props["color"])
    node = placed.node.child(editor.version.color)
    if node is None:
        return
    shifted = editor.version.major == 10 and figures.number(node.own() or "0") >= 140
    node.set_own("-1" if index is None else str(index + 140 if shifted else index))
