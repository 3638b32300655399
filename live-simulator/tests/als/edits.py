"""Edits of a description for the tests of `als`: each does to plain data what a person does in Live."""

import copy


class Desk(object):
    """A description being edited; new uids count on from the highest of the loaded Set."""

    def __init__(self, loaded):
        self.set = copy.deepcopy(loaded.set)
        self.last_uid = loaded.last_uid

    def lists(self, name):
        """A list of the song."""
        return self.set["lists"][name]

    def uid(self):
        """A new uid."""
        self.last_uid += 1
        return self.last_uid

    def all(self, kind):
        """All nodes of a kind, in document order."""
        return [node for node in walk(self.set) if node["kind"] == kind]

    def duplicate(self, node):
        """A copy with new uids, which remember what they are a copy of."""
        twin = copy.deepcopy(node)
        renamed = {}
        for each in walk(twin):
            each["made_from"] = each["uid"]
            renamed[each["uid"]] = each["uid"] = self.uid()
        return twin

    def new(self, kind, props, **lists):
        """A new node without a source."""
        return {"uid": self.uid(), "kind": kind, "props": props, "lists": lists, "made_from": None}

    def holder_of(self, uid):
        """``(holder, list)`` of a node."""
        for node in walk(self.set):
            for kids in node["lists"].values():
                for kid in kids:
                    if kid["uid"] == uid:
                        return node, kids
        raise KeyError(uid)

    def take_out(self, node):
        """Remove a node from its list."""
        holder, kids = self.holder_of(node["uid"])
        kids[:] = [kid for kid in kids if kid["uid"] != node["uid"]]
        return holder

    def span(self, index):
        """How many tracks from an index on belong together: a group with its members."""
        tracks = self.lists("tracks")
        inside = set([tracks[index]["uid"]])
        size = 1
        while index + size < len(tracks) and tracks[index + size]["props"]["group"] in inside:
            inside.add(tracks[index + size]["uid"])
            size += 1
        return size

    def delete_track(self, index):
        """Delete a track, with its members if it is a group."""
        del self.lists("tracks")[index:index + self.span(index)]

    def duplicate_track(self, index):
        """Duplicate a track (no group) behind itself."""
        tracks = self.lists("tracks")
        tracks.insert(index + 1, self.duplicate(tracks[index]))
        return tracks[index + 1]

    def new_track(self, index, name, midi=True, group=False):
        """A new empty track at top level."""
        props = {"name": name, "color": 0, "color_index": 3, "group": None, "is_foldable": group, "mute": False,
                 "solo": False, "volume": 0.85, "panning": 0.0, "crossfade_assign": 1,
                 "has_midi_input": midi and not group, "has_audio_input": not midi and not group}
        sends = [self.new("send", {"value": 0.0, "is_enabled": True}) for _ in self.lists("returns")]
        lists = {"devices": [], "sends": sends}
        if group:
            props["fold_state"] = 0
        else:
            lists.update({"clips": [], "slots": [], "arrangement": [], "takeLanes": []})
            props.update({"arm": False, "current_monitoring_state": 1})
        track = self.new("track", props, **lists)
        track["auto_name"] = False
        self.lists("tracks").insert(index, track)
        return track

    def group(self, first, last, name):
        """Group top-level tracks."""
        members = self.lists("tracks")[first:last]
        made = self.new_track(first, name, group=True)
        for member in members:
            if member["props"]["group"] is None:
                member["props"]["group"] = made["uid"]
        return made

    def ungroup(self, group):
        """Take a group away, its members stay."""
        self.lists("tracks").remove(group)
        for track in self.lists("tracks"):
            if track["props"]["group"] == group["uid"]:
                track["props"]["group"] = group["props"]["group"]

    def new_scene(self, index, name=""):
        """A new scene."""
        scene = self.new("scene", {"name": name, "color": None, "color_index": None, "tempo": -1.0,
                                   "tempo_enabled": False, "time_signature_numerator": -1,
                                   "time_signature_denominator": -1, "time_signature_enabled": False})
        self.lists("scenes").insert(index, scene)
        return scene

    def delete_scene(self, index):
        """Delete a scene with its clips."""
        gone = self.lists("scenes").pop(index)["uid"]
        for track in self.lists("tracks"):
            for name in ("clips", "slots"):
                kids = track["lists"].get(name, [])
                kids[:] = [kid for kid in kids if kid["props"]["scene"] != gone]

    def duplicate_scene(self, index):
        """Duplicate a scene with its clips."""
        old = self.lists("scenes")[index]
        made = self.duplicate(old)
        self.lists("scenes").insert(index + 1, made)
        for track in self.lists("tracks"):
            for clip in [c for c in track["lists"].get("clips", []) if c["props"]["scene"] == old["uid"]]:
                twin = self.duplicate(clip)
                twin["props"]["scene"] = made["uid"]
                track["lists"]["clips"].append(twin)
        return made

    def new_return(self, name):
        """A new return with a send in every track and return."""
        made = self.new_track(0, name, midi=False)
        self.lists("tracks").remove(made)
        for unknown in ("group", "arm", "current_monitoring_state"):
            del made["props"][unknown]
        for unknown in ("clips", "slots", "arrangement", "takeLanes"):
            del made["lists"][unknown]
        made["props"].update({"has_audio_input": False})
        self.lists("returns").append(made)
        for track in self.lists("tracks") + self.lists("returns"):
            track["lists"]["sends"].append(self.new("send", {"value": 0.0, "is_enabled": True}))
        return made

    def delete_return(self, index):
        """Delete a return with its sends."""
        del self.lists("returns")[index]
        for track in self.lists("tracks") + self.lists("returns"):
            del track["lists"]["sends"][index]

    def new_clip(self, track, scene, name, notes=()):
        """A new MIDI clip in a slot."""
        clip = self.new("clip", {
            "name": name, "is_midi_clip": True, "color": 0xff94a6, "color_index": 0, "muted": False, "looping": True,
            "loop_start": 0.0, "loop_end": 4.0, "start_marker": 0.0, "end_marker": 4.0, "launch_mode": 0,
            "launch_quantization": 0, "legato": False, "velocity_amount": 0.0, "signature_numerator": 4,
            "signature_denominator": 4, "scene": scene["uid"], "notes": list(notes)})
        track["lists"]["clips"].append(clip)
        return clip


def note(pitch, start, number, duration=0.5, velocity=100.0):
    """A note."""
    return {"note_id": number, "pitch": pitch, "start_time": float(start), "duration": float(duration),
            "velocity": float(velocity), "mute": False, "probability": 1.0, "velocity_deviation": 0.0,
            "release_velocity": 64.0}


def walk(node):
    """A node and all below it."""
    yield node
    for kids in node["lists"].values():
        for kid in kids:
            for each in walk(kid):
                yield each
