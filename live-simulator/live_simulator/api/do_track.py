"""Methods of tracks, slots, clips, devices and parameters."""
from ..model import notes as note_model
from ..model.texts import text_for
from ..surface.errors import REASONS
from ..surface.values import EnvelopeEvent, MidiNote, NOTE_FIELDS
from ..surface.vector import IntVector, MidiNoteVector, Vector
from .do_song import edits
from .methods import does


@does('DeviceParameter.str_for_value')
def str_for_value(parameter, value):
    return text_for(parameter, value)


@does('DeviceParameter.begin_gesture', 'DeviceParameter.end_gesture')
def gesture(parameter):
    return None


@does('DeviceParameter.re_enable_automation')
def re_enable(parameter):
    if parameter.v.get('automation_state') == 2:
        with parameter.world.gesture('re-enable', undo=False):
            parameter.world.set(parameter, 'automation_state', 1, undo=False)


def midi_only(clip):
    if clip.role != 'midi':
        raise RuntimeError(REASONS['midi-clip'])


def given(notes):
    return MidiNoteVector([MidiNote(*[note[f] for f in NOTE_FIELDS]) for note in notes])


@does('Clip.get_all_notes_extended')
def all_notes(clip):
    midi_only(clip)
    return given(note_model.ordered(clip))


@does('Clip.get_notes_extended')
def notes_extended(clip, from_pitch, pitch_span, from_time, time_span):
    midi_only(clip)
    return given(note_model.within(clip, from_pitch, pitch_span, from_time, time_span))


@does('Clip.get_notes')
def get_notes(clip, from_time, from_pitch, time_span, pitch_span):
    midi_only(clip)
    found = note_model.within(clip, from_pitch, pitch_span, from_time, time_span)
    return tuple((n['pitch'], n['start_time'], n['duration'], n['velocity'], n['mute']) for n in found)


@does('Clip.get_notes_by_id')
def notes_by_id(clip, ids):
    midi_only(clip)
    wanted = set(ids)
    return given([n for n in note_model.ordered(clip) if n['note_id'] in wanted])


@does('Clip.get_selected_notes_extended')
def selected_notes(clip):
    midi_only(clip)
    return given([])


@does('Clip.add_new_notes')
def add_new_notes(clip, specifications):
    midi_only(clip)
    with clip.world.gesture('add notes'):
        return IntVector(note_model.add(clip, [s.note for s in specifications]))


@does('Clip.remove_notes_extended')
def remove_notes(clip, from_pitch, pitch_span, from_time, time_span):
    midi_only(clip)
    with clip.world.gesture('remove notes'):
        note_model.remove(clip, note_model.within(clip, from_pitch, pitch_span, from_time, time_span))


@does('Clip.automation_envelope')
def automation_envelope(clip, parameter):
    """None for arrangement clips (docs/live-api.md, 6.4)."""
    if clip.where != 'clip':
        return None
    return clip.kids.get('envelopes', {}).get(parameter.uid)


@does('Envelope.value_at_time')
def value_at_time(envelope, time):
    value = 0.0
    for event in envelope.v.get('events', ()):
        if event[0] <= time:
            value = event[1]
    return value


@does('Envelope.events_in_range')
def events_in_range(envelope, start, end):
    return Vector([EnvelopeEvent(e[0], e[1], None) for e in envelope.v.get('events', ()) if start <= e[0] < end])


@does('Clip.note_number_to_name')
def note_number_to_name(clip, pitch):
    from .read_device import note_name
    return note_name(pitch)


@does('Clip.beat_to_sample_time', 'Clip.sample_to_beat_time', 'Clip.seconds_to_sample_time')
def same_time(clip, time):
    return time * 44100.0


@does('Clip.fire', 'ClipSlot.fire')
def fire(obj, *_):
    slot = obj.parent if obj.lom == 'Clip' else obj
    edits().run(obj.world, 'launch_slot', {'track': slot.parent.uid, 'scene': slot.v['_scene']})


@does('Clip.stop', 'ClipSlot.stop', 'Track.stop_all_clips')
def stop(obj, *_):
    track = obj
    while track.lom != 'Track':
        track = track.parent
    edits().run(obj.world, 'stop_clips_of_track', {'track': track.uid})


@does('ClipSlot.create_clip')
def create_clip(slot, length):
    if slot.kids.get('clip') is not None or slot.parent.role != 'midi':
        raise RuntimeError('A clip can only be created in an empty slot of a MIDI track')
    edits().run(slot.world, 'draw_clip', {'track': slot.parent.uid, 'scene': slot.v['_scene'], 'length': length})
    return slot.kids['clip']


@does('ClipSlot.delete_clip')
def delete_clip(slot):
    if slot.kids.get('clip') is None:
        raise RuntimeError('There is no clip in the slot')
    edits().run(slot.world, 'delete_clip', {'clip': slot.kids['clip'].uid})


@does('Track.delete_device', 'Chain.delete_device')
def delete_device(owner, index):
    if not 0 <= index < len(owner.kids['devices']):
        raise RuntimeError('Index out of range')
    edits().run(owner.world, 'delete_device', {'device': owner.kids['devices'][index].uid})


@does('PluginDevice.get_parameter_names')
def parameter_names(device, begin=0, end=-1):
    names = [p.v.get('name', '') for p in device.kids['parameters']]
    return Vector(names[begin:] if end < 0 else names[begin:end])


@does('MaxDevice.get_bank_count')
def bank_count(device):
    return 0


@does('MaxDevice.get_bank_name')
def bank_name(device, index):
    return ''


@does('MaxDevice.get_bank_parameters')
def bank_parameters(device, index):
    return []


