"""The edits that are tried one by one, each on a fresh description (edits.Desk).

An edit that finds nothing to work on in a Set raises LookupError and is passed over there.
"""

from live_simulator.als import names

from .edits import note


def first(items):
    """The first of them, or LookupError."""
    for item in items:
        return item
    raise LookupError("nothing of the kind in this Set")


def plain_track(desk):
    """Index of the first track that is no group."""
    return first(at for at, track in enumerate(desk.lists("tracks")) if not track["props"]["is_foldable"])


def session_clip(desk):
    """``(track, clip)``."""
    return first((t, c) for t in desk.lists("tracks") for c in t["lists"].get("clips", ()))


def arrangement(desk):
    """The list of arrangement clips of the first track that has some."""
    return first(t["lists"]["arrangement"] for t in desk.lists("tracks") if t["lists"].get("arrangement"))


def free_scene(desk, track):
    """uid of a scene in which a track has no clip."""
    taken = set(clip["props"]["scene"] for clip in track["lists"]["clips"])
    return first(scene["uid"] for scene in desk.lists("scenes") if scene["uid"] not in taken)


def notes_of(desk):
    """Notes of the first clip with more than two."""
    return first(c["props"]["notes"] for c in desk.all("clip") if len(c["props"].get("notes", ())) > 2)


def rename_track(desk):
    track = desk.lists("tracks")[1]
    track["props"]["name"] = "Other name"
    track["auto_name"] = False


def color_track(desk):
    props = desk.lists("tracks")[1]["props"]
    props["color_index"] = (props["color_index"] + 5) % 70


def mute_track(desk):
    props = desk.lists("tracks")[0]["props"]
    props["mute"] = not props["mute"]


def solo_track(desk):
    props = desk.lists("tracks")[0]["props"]
    props["solo"] = not props["solo"]


def arm_track(desk):
    props = desk.lists("tracks")[plain_track(desk)]["props"]
    props["arm"] = not props["arm"]


def fold_group(desk):
    props = first(t["props"] for t in desk.lists("tracks") if t["props"]["is_foldable"])
    props["fold_state"] = 1 - props["fold_state"]


def volume(desk):
    desk.lists("tracks")[1]["props"]["volume"] = 0.61


def low_volume(desk):
    desk.lists("tracks")[1]["props"]["volume"] = 0.2


def panning(desk):
    desk.lists("tracks")[1]["props"]["panning"] = -0.5


def crossfade(desk):
    desk.lists("tracks")[1]["props"]["crossfade_assign"] = 2


def send(desk):
    first(t["lists"]["sends"] for t in desk.lists("tracks") if t["lists"]["sends"])[0]["props"]["value"] = 0.6


def main_volume(desk):
    desk.lists("main")[0]["props"].update(volume=0.5, cue_volume=0.55)


def parameter(desk):
    props = first(p["props"] for p in desk.all("parameter")
                  if not p["props"]["is_quantized"] and p["props"]["max"] > p["props"]["min"])
    props["value"] = props["min"] + (props["max"] - props["min"]) * 0.37


def switch_device(desk):
    device = first(desk.all("device"))
    device["props"]["on"] = not device["props"]["on"]
    device["lists"]["parameters"][0]["props"]["value"] = float(device["props"]["on"])


def tempo(desk):
    desk.set["props"]["tempo"] = 131.5


def signature(desk):
    desk.set["props"].update(signature_numerator=7, signature_denominator=8)


def song_loop(desk):
    desk.set["props"].update(loop=not desk.set["props"]["loop"], loop_start=16.0, loop_length=8.5)


def new_midi_track(desk):
    desk.new_track(1, "New MIDI")
    names.refresh(desk.set)


def new_audio_track(desk):
    desk.new_track(1, "New Audio", midi=False)
    names.refresh(desk.set)


def delete_track(desk):
    desk.delete_track(plain_track(desk))
    names.refresh(desk.set)


def duplicate_track(desk):
    desk.duplicate_track(plain_track(desk))
    names.refresh(desk.set)


def move_track(desk):
    tracks = desk.lists("tracks")
    track = tracks.pop(plain_track(desk))
    track["props"]["group"] = None
    tracks.append(track)
    names.refresh(desk.set)


def group_tracks(desk):
    tracks = desk.lists("tracks")
    at = first(at for at in range(len(tracks) - 1)
               if not any(t["props"]["is_foldable"] or t["props"]["group"] for t in tracks[at:at + 2]))
    desk.group(at, at + 2, "Both")
    names.refresh(desk.set)


def ungroup_tracks(desk):
    desk.ungroup(first(t for t in desk.lists("tracks") if t["props"]["is_foldable"]))
    names.refresh(desk.set)


def new_return(desk):
    desk.new_return("%s-Wide" % chr(ord("A") + len(desk.lists("returns"))))


def delete_return(desk):
    first(desk.lists("returns"))
    desk.delete_return(0)
    names.refresh(desk.set)


def rename_return(desk):
    first(desk.lists("returns"))["props"]["name"] = "A-Hall"


def new_scene(desk):
    desk.new_scene(1, "Bridge")


def new_unnamed_scene(desk):
    desk.new_scene(1)


def delete_scene(desk):
    desk.delete_scene(1)


def duplicate_scene(desk):
    desk.duplicate_scene(0)


def move_scene(desk):
    scenes = desk.lists("scenes")
    scenes.append(scenes.pop(0))


def rename_scene(desk):
    desk.lists("scenes")[1]["props"]["name"] = "Chorus & <more>"


def color_scene(desk):
    desk.lists("scenes")[1]["props"]["color_index"] = 12


def move_device(desk):
    found = first(t["lists"]["devices"] for t in desk.lists("tracks") + desk.lists("returns")
                  if len(t["lists"]["devices"]) > 1)
    found.append(found.pop(0))


def move_device_to_track(desk):
    source = first(t for t in desk.lists("tracks") if t["lists"]["devices"])
    goal = first(t for t in desk.lists("tracks") if t is not source)
    goal["lists"]["devices"].append(source["lists"]["devices"].pop())


def move_device_out_of_rack(desk):
    chain = first(c for c in desk.all("chain") if c["lists"]["devices"])
    desk.lists("tracks")[0]["lists"]["devices"].append(chain["lists"]["devices"].pop(0))


def delete_device(desk):
    desk.take_out(desk.all("device")[-1])


def duplicate_device(desk):
    device = first(desk.all("device"))
    kids = desk.holder_of(device["uid"])[1]
    kids.insert(kids.index(device) + 1, desk.duplicate(device))


def new_device(desk):
    named = (("Device On", 1.0, 0.0, 1.0, ["Off", "On"]), ("Decay Time", 0.5, 0.0, 1.0, []),
             ("Dry/Wet", 0.25, 0.0, 1.0, []))
    parameters = [desk.new("parameter", {"name": name, "original_name": name, "value": value, "min": low, "max": high,
                                         "is_quantized": bool(items), "value_items": items, "automation_state": 0})
                  for name, value, low, high, items in named]
    desk.lists("tracks")[0]["lists"]["devices"].append(desk.new("device", {
        "name": "Reverb", "class_name": "Reverb", "class_display_name": "Reverb", "type": 2, "on": True,
        "can_have_chains": False, "can_have_drum_pads": False}, parameters=parameters))


def rename_device(desk):
    first(desk.all("device"))["props"]["name"] = "My device"


def delete_chain(desk):
    desk.take_out(first(desk.all("chain")))


def duplicate_chain(desk):
    chain = first(desk.all("chain"))
    desk.holder_of(chain["uid"])[1].append(desk.duplicate(chain))


def move_chain(desk):
    chains = first(d["lists"]["chains"] for d in desk.all("device") if len(d["lists"].get("chains", ())) > 1)
    chains.append(chains.pop(0))


def edit_chain(desk):
    props = first(desk.all("chain"))["props"]
    props.update(name="Chain", mute=not props["mute"], volume=0.7)


def new_chain(desk):
    rack = first(d for d in desk.all("device") if d["props"]["can_have_chains"])
    props = {"name": "Fresh", "color_index": 2, "mute": False, "solo": False, "volume": 0.85, "panning": 0.0}
    if rack["props"]["can_have_drum_pads"]:
        props.update(in_note=50, out_note=60, choke_group=0)
    rack["lists"]["chains"].append(desk.new("chain", props, devices=[], sends=[]))


def rename_clip(desk):
    session_clip(desk)[1]["props"]["name"] = "Verse"


def color_clip(desk):
    session_clip(desk)[1]["props"]["color_index"] = 33


def loop_clip(desk):
    props = session_clip(desk)[1]["props"]
    props["loop_end"] += 4
    props["end_marker"] += 4


def move_clip(desk):
    track, clip = session_clip(desk)
    clip["props"]["scene"] = free_scene(desk, track)


def duplicate_clip(desk):
    track, clip = session_clip(desk)
    twin = desk.duplicate(clip)
    twin["props"]["scene"] = free_scene(desk, track)
    track["lists"]["clips"].append(twin)


def delete_clip(desk):
    track, clip = session_clip(desk)
    track["lists"]["clips"].remove(clip)


def new_clip(desk):
    track = first(t for t in desk.lists("tracks") if t["props"]["has_midi_input"])
    scene = free_scene(desk, track)
    desk.new_clip(track, {"uid": scene}, "Fresh", [note(60, 0, 1), note(64, 1.5, 2)])


def add_note(desk):
    notes = notes_of(desk)
    notes.append(note(61, 1.25, max(each["note_id"] for each in notes) + 1))


def delete_note(desk):
    notes_of(desk).pop(0)


def move_note(desk):
    notes_of(desk)[1]["start_time"] += 0.125


def transpose_note(desk):
    notes_of(desk)[1]["pitch"] += 1


def move_in_arrangement(desk):
    props = arrangement(desk)[-1]["props"]
    props["start_time"] += 64
    props["end_time"] += 64


def trim_in_arrangement(desk):
    arrangement(desk)[-1]["props"]["end_time"] += 2


def delete_in_arrangement(desk):
    arrangement(desk).pop(0)


def duplicate_in_arrangement(desk):
    clips = arrangement(desk)
    twin = desk.duplicate(clips[-1])
    length = twin["props"]["end_time"] - twin["props"]["start_time"]
    twin["props"]["start_time"] += length
    twin["props"]["end_time"] += length
    clips.append(twin)


def new_locator(desk):
    desk.lists("locators").append(desk.new("locator", {"name": "Here", "time": 48.0}))


def rename_locator(desk):
    first(desk.lists("locators"))["props"]["name"] = "Renamed"


def move_locator(desk):
    first(desk.lists("locators"))["props"]["time"] = 7.0


def delete_locator(desk):
    first(desk.lists("locators"))
    desk.lists("locators").pop(0)


def stop_button(desk):
    track = desk.lists("tracks")[plain_track(desk)]
    taken = set(slot["props"]["scene"] for slot in track["lists"]["slots"])
    scene = first(s["uid"] for s in desk.lists("scenes") if s["uid"] not in taken)
    track["lists"]["slots"].append(desk.new("slot", {"scene": scene, "has_stop_button": False}))


#: Edit -> most lines that may be taken out of the text by it, where that is a fixed number.
LINES = {
    rename_track: 2, color_track: 1, mute_track: 1, solo_track: 1, arm_track: 1, fold_group: 1, volume: 1,
    low_volume: 1, panning: 1, crossfade: 1, send: 1, main_volume: 2, parameter: 1, switch_device: 1, tempo: 2,
    signature: 2, song_loop: 3, rename_return: 2, rename_scene: 1, color_scene: 1, rename_device: 1, edit_chain: 4,
    rename_clip: 1, color_clip: 1, loop_clip: 2, delete_note: 6, move_note: 1, move_in_arrangement: 3,
    trim_in_arrangement: 1, rename_locator: 1, move_locator: 1, stop_button: 1,
}
#: Edits whose size depends on the Set.
OTHERS = (
    new_midi_track, new_audio_track, delete_track, duplicate_track, move_track, group_tracks, ungroup_tracks,
    new_return, delete_return, new_scene, new_unnamed_scene, delete_scene, duplicate_scene, move_scene, move_device,
    move_device_to_track, move_device_out_of_rack, delete_device, duplicate_device, new_device, delete_chain,
    duplicate_chain, move_chain, new_chain, move_clip, duplicate_clip, delete_clip, new_clip, add_note,
    transpose_note, delete_in_arrangement, duplicate_in_arrangement, new_locator, delete_locator,
)
EDITS = tuple(sorted(LINES, key=lambda edit: edit.__name__)) + OTHERS
