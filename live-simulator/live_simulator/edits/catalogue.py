"""Devices a user may drop in: class, product name, type, and a few parameters of each."""
from ..model import parts
from .copying import mark_tree

INSTRUMENT, AUDIO, MIDI = 1, 2, 4

# class_name: (product name, type, [(parameter, value, min, max)])
DEVICES = {
    'Operator': ('Operator', INSTRUMENT, [('Osc-A Level', 1.0, 0.0, 1.0), ('Filter Freq', 0.6, 0.0, 1.0),
                                          ('Volume', 0.7, 0.0, 1.0), ('Transpose', 0.0, -48.0, 48.0)]),
    'OriginalSimpler': ('Simpler', INSTRUMENT, [('Volume', 0.8, 0.0, 1.0), ('Filter Freq', 0.9, 0.0, 1.0)]),
    'InstrumentVector': ('Wavetable', INSTRUMENT, [('Osc 1 Pos', 0.0, 0.0, 1.0), ('Sub Gain', 0.5, 0.0, 1.0)]),
    'Eq8': ('EQ Eight', AUDIO, [('1 Frequency A', 0.3, 0.0, 1.0), ('1 Gain A', 0.0, -15.0, 15.0),
                                ('Scale', 1.0, -2.0, 2.0)]),
    'Compressor2': ('Compressor', AUDIO, [('Threshold', 0.85, 0.0, 1.0), ('Ratio', 0.75, 0.0, 1.0)]),
    'Reverb': ('Reverb', AUDIO, [('Decay Time', 0.5, 0.0, 1.0), ('Dry/Wet', 0.55, 0.0, 1.0)]),
    'Delay': ('Delay', AUDIO, [('Feedback', 0.5, 0.0, 1.0), ('Dry/Wet', 0.5, 0.0, 1.0)]),
    'AutoFilter': ('Auto Filter', AUDIO, [('Frequency', 0.6, 0.0, 1.0), ('Resonance', 0.2, 0.0, 1.25)]),
    'StereoGain': ('Utility', AUDIO, [('Gain', 0.0, -1.0, 1.0), ('Stereo Width', 1.0, 0.0, 4.0)]),
    'Saturator': ('Saturator', AUDIO, [('Drive', 0.5, 0.0, 1.0), ('Dry/Wet', 1.0, 0.0, 1.0)]),
    'MidiArpeggiator': ('Arpeggiator', MIDI, [('Gate', 0.5, 0.0, 1.0), ('Steps', 0.0, 0.0, 8.0)]),
    'MidiVelocity': ('Velocity', MIDI, [('Drive', 0.0, -64.0, 64.0)]),
}
RACKS = {'InstrumentGroupDevice': ('Instrument Rack', INSTRUMENT), 'DrumGroupDevice': ('Drum Rack', INSTRUMENT),
         'AudioEffectGroupDevice': ('Audio Effect Rack', AUDIO), 'MidiEffectGroupDevice': ('MIDI Effect Rack', MIDI)}
MACROS = 16


def _parameter(world, name, value, low, high, quantized=False):
    return world.make('DeviceParameter', 'parameter', '', None,
                      parts.parameter_values(name, low, high, value, quantized))


def new_device(world, class_name):
    """A device or an empty rack, as it comes out of the browser."""
    title, kind, specs = DEVICES.get(class_name) or (RACKS.get(class_name, (class_name, AUDIO)) + ([],))
    device = parts.make_device(world, None, {'name': title, 'class_name': class_name, 'class_display_name': title,
                                             'type': kind, '_typed': False})
    parameters = [_parameter(world, 'Device On', 1.0, 0.0, 1.0, True)]
    parameters += [_parameter(world, *spec) for spec in specs]
    if class_name in RACKS:
        device.v['visible_macro_count'] = 8
        parameters += [_parameter(world, 'Macro %d' % (n + 1), 0.0, 0.0, 127.0) for n in range(MACROS)]
        parameters.append(_parameter(world, 'Chain Selector', 0.0, 0.0, 127.0))
    world.adopt_list(device, 'parameters', parameters)
    return mark_tree(device)


def new_chain(world, rack, name, note=None):
    """An empty chain for a rack; in a drum rack it listens to a note."""
    drum = rack.role == 'drum'
    values = {'name': name, 'color_index': 10, 'mute': False, 'solo': False, '_typed': False}
    if drum:
        values.update({'in_note': note, 'out_note': 60, 'choke_group': 0})
    chain = world.make('DrumChain' if drum else 'Chain', 'chain', '', None, values)
    parts.make_chain_parts(world, chain, {})
    sends = [parts.make_send(world, i) for i in range(len(rack.kids['return_chains']))]
    world.adopt_list(chain.kids['mixer_device'], 'sends', sends)
    return mark_tree(chain)
