"""Makes objects with all that belongs to them: views, mixers, parameters."""
from .. import facts

# name: (smallest, largest, value of a new one, quantized)
MIXER = {
    'volume': (0.0, 1.0, 0.85, False),
    'panning': (-1.0, 1.0, 0.0, False),
    'track_activator': (0.0, 1.0, 1.0, True),
    'left_split_stereo': (-1.0, 1.0, -1.0, False),
    'right_split_stereo': (-1.0, 1.0, 1.0, False),
}
MAIN = {
    'cue_volume': (0.0, 1.0, 0.85, False),
    'crossfader': (-1.0, 1.0, 0.0, False),
    'song_tempo': (20.0, 999.0, 120.0, False),
}
CHAIN_MIXER = {
    'volume': (0.0, 1.0, 0.85, False),
    'panning': (-1.0, 1.0, 0.0, False),
    'chain_activator': (0.0, 1.0, 1.0, True),
}
TITLES = {'volume': 'Track Volume', 'panning': 'Track Panning', 'track_activator': 'Speaker On',
          'chain_activator': 'Chain Activator', 'song_tempo': 'Song Tempo', 'cue_volume': 'Preview Volume',
          'crossfader': 'Crossfader', 'left_split_stereo': 'Split Stereo Pan L',
          'right_split_stereo': 'Split Stereo Pan R'}
RACKS = {'AudioEffectGroupDevice': 'rack', 'InstrumentGroupDevice': 'rack', 'MidiEffectGroupDevice': 'rack',
         'DrumGroupDevice': 'drum'}


def parameter_values(name, low, high, value, quantized):
    return {'name': name, 'original_name': name, 'value': float(value), 'min': low, 'max': high,
            'is_quantized': quantized, 'is_enabled': True, 'state': 0, 'automation_state': 0, 'default_value': value,
            'value_items': ['Off', 'On'] if quantized else []}


def mixer_parameter(world, mixer, name, spec, given):
    """One knob of a mixer; its value is the one given by the Set."""
    low, high, value, quantized = spec
    value = value if given is None else float(given)
    made = world.make('DeviceParameter', None, '', None, parameter_values(TITLES[name], low, high, value, quantized))
    return world.adopt(mixer, name, made)


def make_send(world, index, uid=None, values=None):
    """A send; its name is that of its return."""
    given = dict(values or {})
    v = parameter_values('Send ' + chr(ord('A') + index % 26), 0.0, 1.0, given.pop('value', 0.0), False)
    v.update(given)
    return world.make('DeviceParameter', 'send', '', uid, v)


def make_track_parts(world, track, props):
    """View and mixer of a track; `props` may hold values of the mixer."""
    world.adopt(track, 'view', world.make('Track.View'))
    mixer = world.adopt(track, 'mixer_device', world.make('MixerDevice', None, track.role))
    for name in ('crossfade_assign', 'panning_mode'):
        if name in props:
            mixer.v[name] = props[name]
    table = dict(MIXER, **(MAIN if track.role == 'main' else {}))
    for name, spec in table.items():
        given = props.get(name)
        if name == 'track_activator' and 'mute' in props:
            given = 0.0 if props['mute'] else 1.0
        mixer_parameter(world, mixer, name, spec, given)
    mixer.kids['sends'] = []
    track.kids.setdefault('devices', [])
    track.kids.setdefault('arrangement_clips', [])
    track.kids.setdefault('take_lanes', [])
    track.kids.setdefault('slots', {})
    return mixer


def make_chain_parts(world, chain, props):
    mixer = world.adopt(chain, 'mixer_device', world.make('ChainMixerDevice'))
    for name, spec in CHAIN_MIXER.items():
        given = props.get(name)
        if name == 'chain_activator' and 'mute' in props:
            given = 0.0 if props['mute'] else 1.0
        mixer_parameter(world, mixer, name, spec, given)
    mixer.kids['sends'] = []
    chain.kids.setdefault('devices', [])


def make_device(world, uid, props):
    """A device without parameters and chains; its class of the API comes from its class_name."""
    class_name = props.get('class_name', '')
    profile = world.surface.profile
    lom = facts.device_class(class_name, profile)
    device = world.make(lom, 'device', RACKS.get(class_name, ''), uid, props)
    view = lom + '.View' if lom + '.View' in world.surface.classes else 'Device.View'
    world.adopt(device, 'view', world.make(view))
    device.kids['parameters'] = []
    if device.role:
        device.kids['chains'] = []
        device.kids['return_chains'] = []
    return device


def make_clip(world, uid, props, midi):
    clip = world.make('Clip', 'clip', 'midi' if midi else 'audio', uid, props)
    world.adopt(clip, 'view', world.make('Clip.View'))
    return clip
