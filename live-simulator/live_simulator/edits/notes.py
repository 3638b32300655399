"""Edits of the notes of MIDI clips."""
from ..model import notes
from .clips import any_clip
from .registry import edit


def midi_clip(pick, test=None):
    return any_clip(pick, lambda c: c.role == 'midi' and (test is None or test(c)))


@edit
def add_notes(world, pick):
    """clip: MIDI, notes: [{pitch, start_time, duration, …}] else a few"""
    clip = midi_clip(pick)

    def some():
        return [{'pitch': pick.random.randrange(24, 96), 'start_time': pick.random.randrange(32) / 4.0,
                 'duration': pick.random.choice([0.25, 0.5, 1.0]), 'velocity': float(pick.random.randint(1, 127))}
                for _ in range(pick.random.randint(1, 6))]

    with world.gesture('draw notes'):
        notes.add(clip, pick.value('notes', some))
    return clip


@edit
def remove_notes(world, pick):
    """clip: MIDI, count"""
    clip = midi_clip(pick, lambda c: bool(c.v.get('notes')))
    with world.gesture('delete notes'):
        held = notes.complete(clip)
        notes.remove(clip, pick.random.sample(held, min(len(held), pick.whole('count', 1, 4))))
    return clip


@edit
def change_notes(world, pick):
    """clip: MIDI, count: so many notes get another pitch, start or velocity"""
    clip = midi_clip(pick, lambda c: bool(c.v.get('notes')))
    with world.gesture('edit notes'):
        held = notes.complete(clip)
        chosen = {n['note_id'] for n in pick.random.sample(held, min(len(held), pick.whole('count', 1, 4)))}
        notes.replace(clip, [_changed(pick, n) if n['note_id'] in chosen else n for n in held])
    return clip


def _changed(pick, note):
    key = pick.random.choice(['pitch', 'start_time', 'velocity', 'mute', 'probability'])
    value = {'pitch': (note['pitch'] + pick.random.choice([-12, -1, 1, 12])) % 128,
             'start_time': note['start_time'] + pick.random.choice([0.25, 0.5, 1.0]),
             'velocity': float(pick.random.randint(1, 127)), 'mute': not note['mute'],
             'probability': pick.random.choice([0.25, 0.5, 1.0])}[key]
    return dict(note, **{key: value})
