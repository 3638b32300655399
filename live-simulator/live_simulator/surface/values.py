"""Objects of Live that are values: they belong to nobody, cannot die and have no listeners."""


def value_class(name, fields, module, writable=False):
    """A class with these fields, equal when all fields are, as RoutingType or WarpMarker."""
    slots = tuple('_' + f for f in fields)

    def init(self, *args):
        if len(args) != len(fields):
            raise TypeError('%s takes %d values' % (name, len(fields)))
        for slot, arg in zip(slots, args):
            object.__setattr__(self, slot, arg)

    def equal(self, other):
        return type(other) is type(self) and all(getattr(self, s) == getattr(other, s) for s in slots)

    body = {'__slots__': slots, '__init__': init, '__eq__': equal, '__module__': module,
            '__ne__': lambda self, other: not equal(self, other), '__hash__': object.__hash__}
    for field, slot in zip(fields, slots):
        body[field] = _field(slot, writable)
    return type(str(name), (object,), body)


def _field(slot, writable):
    def get(self):
        return getattr(self, slot)

    def put(self, value):
        object.__setattr__(self, slot, value)

    return property(get, put if writable else None)


NOTE_FIELDS = ('note_id', 'pitch', 'start_time', 'duration', 'velocity', 'mute',
               'probability', 'velocity_deviation', 'release_velocity')

RoutingType = value_class('RoutingType', ('display_name', 'category', 'attached_object'), 'Track')
RoutingChannel = value_class('RoutingChannel', ('display_name', 'layout'), 'Track')
WarpMarker = value_class('WarpMarker', ('sample_time', 'beat_time'), 'Clip')
MidiNote = value_class('MidiNote', NOTE_FIELDS, 'Clip', writable=True)
BeatTime = value_class('BeatTime', ('bars', 'beats', 'sub_division', 'ticks'), 'Song', writable=True)
SmptTime = value_class('SmptTime', ('hours', 'minutes', 'seconds', 'frames'), 'Song', writable=True)
EnvelopeEvent = value_class('EnvelopeEvent', ('time', 'value', 'control_coefficients'), 'Envelope', writable=True)


class MidiNoteSpecification(object):
    """A note to be added; the one constructor of Live that takes names."""

    def __init__(self, pitch, start_time, duration, velocity=100.0, mute=False,
                 probability=1.0, velocity_deviation=0.0, release_velocity=64.0):
        self.note = {
            'pitch': pitch, 'start_time': start_time, 'duration': duration, 'velocity': velocity, 'mute': mute,
            'probability': probability, 'velocity_deviation': velocity_deviation,
            'release_velocity': release_velocity}


MidiNoteSpecification.__module__ = 'Clip'
