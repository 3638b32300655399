"""Notes of a MIDI clip: a list of plain dictionaries, never changed in place."""

DEFAULTS = {'velocity': 100.0, 'mute': False, 'probability': 1.0, 'velocity_deviation': 0.0, 'release_velocity': 64.0}


def ordered(clip):
    """By start, then pitch; every note has all fields."""
    return sorted(complete(clip), key=lambda n: (n['start_time'], n['pitch'], n['note_id']))


def complete(clip):
    notes = clip.v.get('notes') or []
    if notes and not clip.v.get('_complete'):
        used = max([n.get('note_id') or 0 for n in notes] + [0])
        fresh = []
        for note in notes:
            one = dict(DEFAULTS, **note)
            if one.get('note_id') is None:
                used += 1
                one['note_id'] = used
            fresh.append(one)
        clip.v['notes'] = notes = fresh
        clip.v['_complete'] = True
    return notes


def next_id(clip):
    return max([n['note_id'] for n in complete(clip)] + [0, clip.v.get('_last_note', 0)]) + 1


def within(clip, from_pitch, pitch_span, from_time, time_span):
    return [n for n in ordered(clip) if from_pitch <= n['pitch'] < from_pitch + pitch_span
            and from_time <= n['start_time'] < from_time + time_span]


def replace(clip, notes):
    """All notes of the clip; tells `notes`."""
    clip.world.set(clip, 'notes', notes)


def add(clip, notes):
    """Adds notes (without ids) and returns their ids, which no note of this clip had before."""
    first = next_id(clip)
    fresh = [dict(DEFAULTS, **n) for n in notes]
    for offset, note in enumerate(fresh):
        note['note_id'] = first + offset
    clip.v['_last_note'] = first + len(fresh) - 1
    clip.v['_complete'] = True
    replace(clip, complete(clip) + fresh)
    return [n['note_id'] for n in fresh]


def remove(clip, notes):
    gone = {n['note_id'] for n in notes}
    replace(clip, [n for n in complete(clip) if n['note_id'] not in gone])
