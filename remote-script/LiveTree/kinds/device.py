"""Devices, racks and their parameters."""
from ..dirty import STRUCTURE
from ..live import ABSENT, members, read
from ..plain import plain, texts
from .table import ALWAYS, DETAIL, Aspect, ListSpec, Read, Source, aspect, kind, reads, value


def switch_of(device):
    """The first parameter is "Device On" (docs/live-api.md, devices)."""
    found = members(device, 'parameters')
    return found[0] if found else ABSENT


def items_of(parameter):
    """`value_items` has a meaning for quantised parameters only."""
    if read(parameter, 'is_quantized') is not True:
        return ABSENT
    return texts(read(parameter, 'value_items'))


DEVICE = kind(
    'device', 'Device',
    sources=(Source('switch', '', switch_of, 'DeviceParameter'),),
    constants=reads('class_name', 'class_display_name', 'type', 'can_have_chains', 'can_have_drum_pads'),
    aspects=(
        aspect('name', reads('name'), weight=STRUCTURE),
        aspect('active', reads('is_active')),
        Aspect('on', (Read('on', 'switch', 'value', plain),), (('switch', 'value', ALWAYS),), 1),
        aspect('macros', reads('visible_macro_count')),
    ),
    lists=(
        ListSpec('chains', '', 'chains', 'chains', 'chain', 'can_have_chains'),
        ListSpec('returnChains', '', 'return_chains', 'return_chains', 'chain', 'can_have_chains'),
        ListSpec('parameters', '', 'parameters', 'parameters', 'parameter', None),
    ),
)

PARAMETER = kind(
    'parameter', 'DeviceParameter',
    constants=reads('original_name', 'min', 'max', 'is_quantized') + (Read('value_items', '', None, items_of),),
    aspects=(
        Aspect('name', reads('name'), (('', 'name', DETAIL),), 1),
        Aspect(
            'state', reads('state', 'is_enabled', 'automation_state'),
            (('', 'state', DETAIL), ('', 'automation_state', DETAIL)), 1,
        ),
    ),
    values=(value('value', '', tier=DETAIL),),
)

CHAIN = kind(
    'chain', 'DrumChain',
    sources=(
        Source('mixer', '', 'mixer_device', 'ChainMixerDevice'),
        Source('volume', 'mixer', 'volume', 'DeviceParameter'),
        Source('panning', 'mixer', 'panning', 'DeviceParameter'),
    ),
    aspects=(
        aspect('name', reads('name'), weight=STRUCTURE),
        aspect('color', reads('color', 'color_index')),
        aspect('mute', reads('mute')),
        aspect('solo', reads('solo')),
        aspect('notes', reads('in_note', 'out_note', 'choke_group')),
    ),
    values=(
        value('volume', 'volume', text='volume_text'),
        value('panning', 'panning'),
    ),
    lists=(
        ListSpec('sends', 'mixer', 'sends', 'sends', 'send', None),
        ListSpec('devices', '', 'devices', 'devices', 'device', None),
    ),
)
