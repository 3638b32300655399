"""Readers of Device, RackDevice, Chain, DrumPad and DeviceParameter."""
from ..model.motion import value_now
from .readers import reads

RACKS = ('rack', 'drum')


@reads('Device.can_have_chains')
def can_have_chains(device):
    return device.role in RACKS


@reads('Device.can_have_drum_pads')
def can_have_drum_pads(device):
    return device.role == 'drum'


def is_on(device):
    """The value of the first parameter, "Device On"."""
    parameters = device.kids.get('parameters')
    return not parameters or parameters[0].v.get('value', 1) >= 0.5


@reads('Device.is_active')
def is_active(device):
    """Off too when a rack around it is off."""
    while device is not None and 'parameters' in device.kids:
        if not is_on(device):
            return False
        device = device.parent.parent if device.parent is not None and device.parent.lom.endswith('Chain') else None
    return True


@reads('Device.class_display_name')
def class_display_name(device):
    return device.v.get('class_display_name') or device.v.get('name', '')


@reads('Device.type')
def device_type(device):
    return device.v.get('type', 0)


@reads('RackDevice.visible_macro_count')
def visible_macro_count(rack):
    return rack.v.get('visible_macro_count', 8)


@reads('RackDevice.has_macro_mappings')
def has_macro_mappings(rack):
    return any(macros_mapped(rack))


@reads('RackDevice.macros_mapped')
def macros_mapped(rack):
    return tuple(bool(p.v.get('_targets')) for p in rack.kids['parameters'][1:17])


@reads('RackDevice.chain_selector')
def chain_selector(rack):
    last = rack.kids['parameters'][-1]
    return last


@reads('RackDevice.selected_variation_index')
def selected_variation_index(rack):
    return rack.v.get('selected_variation_index', -1)


def is_nested(rack):
    """Whether a drum rack lies inside another rack: then it has no pads."""
    return rack.parent is not None and rack.parent.lom.endswith('Chain')


@reads('RackDevice.drum_pads')
def drum_pads(rack):
    return () if is_nested(rack) else rack.world.pads_of(rack)


@reads('RackDevice.visible_drum_pads')
def visible_drum_pads(rack):
    return () if is_nested(rack) else rack.world.pads_of(rack)[36:52]


@reads('RackDevice.has_drum_pads')
def has_drum_pads(rack):
    return not is_nested(rack)


@reads('DrumPad.chains')
def pad_chains(pad):
    note = pad.v['note']
    return [c for c in pad.parent.kids.get('chains', ()) if c.v.get('in_note', 36) in (note, -1)]


@reads('DrumPad.name')
def pad_name(pad):
    chains = pad_chains(pad)
    return chains[0].v.get('name', '') if chains else note_name(pad.v['note'])


def note_name(note):
    return '%s%d' % ('C C# D D# E F F# G G# A A# B'.split()[note % 12], note // 12 - 2)


@reads('DrumChain.in_note')
def in_note(chain):
    return chain.v.get('in_note', 36)


@reads('DrumChain.out_note')
def out_note(chain):
    return chain.v.get('out_note', 60)


@reads('Chain.muted_via_solo')
def chain_muted_via_solo(chain):
    others = chain.parent.kids.get('chains', ()) if chain.parent is not None else ()
    return not chain.v.get('solo') and any(c.v.get('solo') for c in others)


@reads('Chain.has_audio_input', 'Chain.has_audio_output', 'Chain.has_midi_input', 'Chain.has_midi_output')
def chain_io(chain):
    return True


@reads('DeviceParameter.value')
def value(parameter):
    return value_now(parameter)


@reads('DeviceParameter.display_value')
def display_value(parameter):
    return value_now(parameter)


@reads('DeviceParameter.original_name')
def original_name(parameter):
    return parameter.v.get('original_name') or parameter.v.get('name', '')


@reads('DeviceParameter.is_enabled')
def is_enabled(parameter):
    return parameter.v.get('is_enabled', True)


@reads('DeviceParameter.max')
def largest(parameter):
    return parameter.v.get('max', 1.0)


@reads('DeviceParameter.value_items', 'DeviceParameter.short_value_items')
def value_items(parameter):
    return parameter.v.get('value_items') or ()


@reads('DeviceParameter.default_value')
def default_value(parameter):
    return parameter.v.get('default_value', parameter.v.get('min', 0.0))


@reads('CompressorDevice.available_input_routing_channels', 'CompressorDevice.available_input_routing_types')
def no_routes(_):
    return ()
