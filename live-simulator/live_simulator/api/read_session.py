"""Readers of Scene, ClipSlot, CuePoint and TakeLane."""
from .readers import reads


def _scene_value(name, fallback):
    def read(scene):
        """-1 while disabled (docs/live-api.md)."""
        switch = 'tempo_enabled' if name == 'tempo' else 'time_signature_enabled'
        if not scene.v.get(switch):
            return -1.0 if name == 'tempo' else -1
        value = scene.v.get(name, -1)
        return fallback if value is None or value < 0 else value
    return read


scene_tempo = reads('Scene.tempo')(_scene_value('tempo', 120.0))
scene_numerator = reads('Scene.time_signature_numerator')(_scene_value('time_signature_numerator', 4))
scene_denominator = reads('Scene.time_signature_denominator')(_scene_value('time_signature_denominator', 4))


@reads('Scene.color_index')
def color_index(scene):
    return scene.v.get('color_index')


@reads('Scene.clip_slots')
def clip_slots(scene):
    """The slots of song.tracks in this row: the same objects as in Track.clip_slots."""
    return [scene.world.slot(track, scene) for track in scene.world.song.kids['tracks']]


@reads('Scene.is_empty')
def is_empty(scene):
    for track in scene.world.song.kids['tracks']:
        slot = track.kids['slots'].get(scene.uid)
        if slot is not None and slot.kids.get('clip') is not None:
            return False
    return True


@reads('ClipSlot.clip')
def clip(slot):
    return slot.kids.get('clip')


@reads('ClipSlot.has_clip')
def has_clip(slot):
    return slot.kids.get('clip') is not None


@reads('ClipSlot.has_stop_button')
def has_stop_button(slot):
    return slot.v.get('has_stop_button', True)


@reads('ClipSlot.is_group_slot')
def is_group_slot(slot):
    return slot.parent.role == 'group'


def members_with_clip(slot):
    """Clips that a group slot controls: those in its row on the tracks inside the group."""
    world, found, inside = slot.world, [], {slot.parent.uid}
    for track in world.song.kids['tracks']:
        if track.v.get('group') in inside:
            inside.add(track.uid)
            other = track.kids['slots'].get(slot.v['_scene'])
            if other is not None and other.kids.get('clip') is not None:
                found.append(other)
    return found


@reads('ClipSlot.controls_other_clips')
def controls_other_clips(slot):
    return slot.parent.role == 'group' and bool(members_with_clip(slot))


@reads('ClipSlot.color_index', 'ClipSlot.color')
def slot_color(slot):
    return None


@reads('ClipSlot.playing_status')
def playing_status(slot):
    """Of group slots only; 0 for the others (docs/live-api.md)."""
    if slot.parent.role != 'group':
        return 0
    return 1 if any(is_playing(s) for s in members_with_clip(slot)) else 0


@reads('ClipSlot.is_playing')
def is_playing(slot):
    return slot.parent.v.get('_playing', -1) == slot.v['_scene']


@reads('ClipSlot.is_triggered')
def is_triggered(slot):
    return slot.parent.v.get('_fired', -1) == slot.v['_scene']


@reads('ClipSlot.is_recording')
def is_recording(slot):
    held = slot.kids.get('clip')
    return held is not None and bool(held.v.get('is_recording'))


@reads('ClipSlot.will_record_on_start')
def will_record_on_start(slot):
    return slot.kids.get('clip') is None and bool(slot.parent.v.get('arm'))


@reads('TakeLane.arrangement_clips')
def lane_clips(lane):
    return lane.kids.get('arrangement_clips', ())
