"""Clips, with at most eight listeners each; the rest is listened to on the clip in the detail view, else swept.

Which eight: what people change without opening the clip, and one event for each group of places.
"""
from ..dirty import STRUCTURE
from ..live import ABSENT, call, members, read
from ..plain import plain
from .table import ALWAYS, DETAIL, RECORDING, Aspect, ListSpec, Read, Source, aspect, kind, reads

NOTE_FIELDS = (
    'pitch', 'start_time', 'duration', 'velocity', 'mute', 'probability', 'velocity_deviation',
    'release_velocity', 'note_id',
)
ALL_PITCHES = 128
LONGEST = 1e9  # beats; a range that holds every note


def is_audio(clip):
    return read(clip, 'is_audio_clip') is True


def is_session(clip):
    """It lies in a slot. Clips of take lanes (12.2) are neither session nor arrangement clips to Live."""
    answer = read(clip, 'is_session_clip')
    return read(clip, 'is_arrangement_clip') is False if answer is ABSENT else answer is True


def itself(sort):
    """The clip when it is of a sort: a source of listeners that other clips refuse."""
    return lambda clip: clip if sort(clip) else ABSENT


def only_audio(member):
    """Reads a member that raises on MIDI clips."""
    return Read(member, '', None, lambda clip: plain(read(clip, member)) if is_audio(clip) else ABSENT)


def only_in_time(member):
    """Session clips have no place in time; what Live answers for them means something else."""

    def get(clip):
        return ABSENT if is_session(clip) else plain(read(clip, member))

    return Read(member, '', None, get)


def notes_of(clip, most=None):
    """All notes, sorted by (start, pitch, note_id), or ABSENT (audio). From 11.1 with ids and probabilities.

    Of more than `most` their number: reading them would take too long.
    """
    found = call(clip, 'get_all_notes_extended')
    if found is ABSENT:
        found = call(clip, 'get_notes_extended', 0, ALL_PITCHES, 0.0, LONGEST)
    if found is ABSENT or is_audio(clip):
        return ABSENT
    if most is not None and len(found) > most:
        return len(found)
    rows = [[plain(read(note, field)) for field in NOTE_FIELDS] for note in found]
    rows = [[None if value is ABSENT else value for value in row] for row in rows]
    return sorted(rows, key=lambda row: (row[1], row[0], row[8]))


def warp_markers_of(clip):
    """Warp markers as [beat, second] pairs, or ABSENT (MIDI, or a Live that does not tell)."""
    if not is_audio(clip):
        return ABSENT
    found = members(clip, 'warp_markers')
    if found is ABSENT:
        return ABSENT
    return [[plain(read(each, 'beat_time')), plain(read(each, 'sample_time'))] for each in found]


PLACES = reads('loop_start', 'loop_end', 'start_marker', 'end_marker', 'looping') + (
    only_in_time('start_time'), only_in_time('end_time'),
)
PLACE_EVENTS = (
    ('', 'loop_start', ALWAYS), ('', 'loop_end', ALWAYS), ('', 'looping', ALWAYS),
    ('session', 'start_marker', ALWAYS), ('in time', 'end_time', ALWAYS),
    ('', 'end_marker', DETAIL), ('', 'position', DETAIL),
    ('in time', 'start_marker', DETAIL), ('session', 'end_time', DETAIL), ('', 'start_time', DETAIL),
)


def detail(name, what, sort=''):
    """An aspect that is listened to only in the detail view."""
    return Aspect(name, what, tuple((sort, each.prop, DETAIL) for each in what), 1)


CLIP = kind(
    'clip', 'Clip',
    sources=(
        Source('audio', '', itself(is_audio), 'Clip'),
        Source('midi', '', itself(lambda clip: not is_audio(clip)), 'Clip'),
        Source('in time', '', itself(lambda clip: not is_session(clip)), 'Clip'),
        Source('session', '', itself(is_session), 'Clip'),
    ),
    constants=reads('is_midi_clip'),
    aspects=(
        aspect('name', reads('name'), weight=STRUCTURE),
        aspect('color', reads('color', 'color_index'), events=('color',)),
        aspect('muted', reads('muted')),
        Aspect('places', PLACES, PLACE_EVENTS, 1),
        Aspect(
            'warping', (only_audio('warping'), only_audio('warp_mode')),
            (('audio', 'warping', ALWAYS), ('audio', 'warp_mode', DETAIL)), 1,
        ),
        detail('launch', reads('launch_mode', 'launch_quantization', 'legato', 'velocity_amount')),
        detail('signature', reads('signature_numerator', 'signature_denominator')),
        detail('pitch', (only_audio('pitch_coarse'), only_audio('pitch_fine')), 'audio'),
        detail('gain', (only_audio('gain'),), 'audio'),
        detail('file', (only_audio('file_path'),), 'audio'),
        Aspect('recording', (), (('', 'is_recording', RECORDING),), 1),
        Aspect('notes', (), (('midi', 'notes', ALWAYS),), 1),
        Aspect('warp_markers', (), (('audio', 'warp_markers', DETAIL),), 1),
    ),
)

TAKE_LANE = kind(
    'takeLane', 'TakeLane',
    aspects=(aspect('name', reads('name'), weight=STRUCTURE),),
    lists=(ListSpec('clips', '', 'arrangement_clips', 'arrangement_clips', 'clip', None),),
)
