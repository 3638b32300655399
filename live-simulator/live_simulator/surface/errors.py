"""The exceptions Live raises, with its words (docs/live-api.md)."""


class ArgumentError(TypeError):
    """What Live's binding raises for a dead object, a wrong type or a wrong number of arguments."""


ArgumentError.__module__ = 'Boost.Python'

CHANGES = 'Changes cannot be triggered by notifications. You will need to defer your response.'
CONNECTED = 'Observer already connected'
NOT_CONNECTED = 'Observer not connected'


def mismatch(member, owner, given):
    """ArgumentError for `given` arguments that fit no signature of owner.member."""
    names = ', '.join([owner] + [type(g).__name__ for g in given])
    return ArgumentError(
        'Python argument types in\n    %s.%s(%s)\ndid not match C++ signature:\n    %s(TPyHandle)' % (
            owner, member, names, member))


def dead(owner):
    """ArgumentError for anything asked of a deleted object."""
    return ArgumentError(
        'Python argument types in\n    None.None(%s)\ndid not match C++ signature:\n    None(TPyHandle)' % owner)


# Why a member raises, by the codes of lom.json.
REASONS = {
    'audio-or-midi-track': 'This property is only available for MIDI and audio tracks.',
    'audio-clip': 'This property is only available for audio clips.',
    'midi-clip': 'This property is only available for MIDI clips.',
    'main-track': 'This property is only available on the main track.',
    'not-return-or-main': 'Return and main tracks have no clip slots.',
    'not-main': 'The main track has no such property.',
    'quantized': 'Only quantized parameters have value items.',
    'drum-rack': 'This property is only available for drum racks.',
    'chains': 'This property is only available for racks.',
    'armable': 'Main and return tracks have no arm state.',
    'foldable': 'Only group tracks can be folded.',
    'not-quantized': 'Quantized parameters have no default value.',
    'audio-output': 'This track has no audio output.',
    'compare': 'This device cannot compare presets.',
}
