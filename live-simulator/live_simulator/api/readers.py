"""How each property of the API is read from the model: a stored value unless a reader is registered here."""
from ..model.obj import Obj  # noqa: F401

_readers = {}

# What a stored value is when the Set says nothing, by type.
EMPTY = {'bool': False, 'int': 0, 'float': 0.0, 'str': ''}


def reads(*names):
    """Registers a reader under 'Class.member' names: function(obj) -> raw value."""
    def register(function):
        for name in names:
            _readers[name] = function
        return function
    return register


def empty_value(type_text):
    """0, '', False, () or None: what a member of this type is when nothing is known."""
    if ' | None' in type_text:
        return None
    if type_text.startswith(('Vector', 'tuple', 'list')):
        return ()
    base = type_text.split(' ')[0]
    if base in EMPTY:
        return EMPTY[base]
    return 0 if base in ENUM_TYPES else None


ENUM_TYPES = ('ClipSlotPlayingState', 'DeviceType', 'GridQuantization', 'Quantization', 'RecordingQuantization', 'Base')


def find(lineage, name, type_text):
    """The reader of a member for a class, its bases included; else one that gives the stored value."""
    for cls in lineage:
        found = _readers.get('%s.%s' % (cls, name))
        if found is not None:
            return found
    nothing = empty_value(type_text)

    def stored(obj):
        value = obj.v.get(name)
        if value is not None:
            return value
        return obj.kids.get(name, nothing)

    return stored


def _role(*roles):
    return lambda obj: obj.role in roles


def _track_of(obj):
    return obj.parent if obj.lom == 'MixerDevice' else obj


# Codes of lom.json -> where the member is legal.
LEGAL = {
    'audio-or-midi-track': _role('audio', 'midi'),
    'audio-clip': _role('audio'),
    'midi-clip': _role('midi'),
    'main-track': lambda obj: _track_of(obj).role == 'main',
    'not-return-or-main': _role('audio', 'midi', 'group'),
    'not-main': lambda obj: _track_of(obj).role != 'main',
    'quantized': lambda obj: bool(obj.v.get('is_quantized')),
    'not-quantized': lambda obj: not obj.v.get('is_quantized'),
    'drum-rack': _role('drum'),
    'chains': lambda obj: True,
    'armable': _role('audio', 'midi'),
    'foldable': _role('group'),
    'audio-output': lambda obj: has_audio_output(obj),
    'compare': lambda obj: bool(obj.v.get('can_compare_ab')),
}

# Members that raise by a class note rather than by lom.json (docs/live-api.md).
MORE_RAISES = {
    ('Clip', 'notes'): 'midi-clip',
    ('MixerDevice', 'crossfade_assign'): 'not-main',
}


INSTRUMENT = 1


def has_audio_output(track):
    """MIDI tracks have one once an instrument is on them; all others always."""
    if track.role != 'midi':
        return True
    return any(d.v.get('type') == INSTRUMENT for d in track.kids.get('devices', ()))
