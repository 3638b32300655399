"""Edits of devices, racks and chains."""
from ..model import parts
from ..model.effects import tell_active
from .catalogue import DEVICES, RACKS, new_chain, new_device
from .copying import copy_object, mark_made
from .order import without
from .pick import CannotPick
from .registry import edit
from .words import any_name

MOST_DEVICES = 24
DEEPEST = 6
PLUGINS = ('PluginDevice', 'AuPluginDevice')


def is_rack(device):
    return bool(device.role)


def depth(obj):
    """How many chains lie around it."""
    found = 0
    while obj is not None:
        found += obj.kind == 'chain'
        obj = obj.parent
    return found


def owner_for(world, pick, name='to'):
    """A track or chain that may hold devices."""
    given = pick.args.get(name)
    if given is not None:
        found = world.by_uid.get(given) if isinstance(given, int) else pick.track(lambda t: True, name)
    elif pick.chance(0.25) and len(world.pools['chain']):
        found = pick.object(name, 'chain', lambda c: depth(c) < DEEPEST)
    else:
        found = pick.object(name, 'track')
    if found is None or 'devices' not in found.kids or len(found.kids['devices']) >= MOST_DEVICES:
        raise CannotPick('no place for a device')
    return found


def insert_device(world, pick, owner, device):
    """Puts a device into a track or chain; it may be inactive there."""
    devices = owner.kids['devices']
    index = min(pick.whole('index', 0, len(devices)), len(devices))
    world.set_kids(owner, 'devices', devices[:index] + [device] + devices[index:])


@edit
def add_device(world, pick):
    """class_name, to: a track or chain, index"""
    owner = owner_for(world, pick)
    class_name = pick.value('class_name', lambda: pick.random.choice(sorted(DEVICES) + sorted(RACKS)))
    with world.gesture('insert device'):
        device = new_device(world, class_name)
        if device.role and pick.value('filled', lambda: pick.chance(0.7)):
            _fill(world, pick, device)
        insert_device(world, pick, owner, device)
    return device


def _fill(world, pick, rack):
    """A rack as a preset has it: chains with a device each."""
    chains = []
    for index in range(pick.random.randint(1, 3)):
        chain = new_chain(world, rack, any_name(pick.random, False), 36 + index)
        world.adopt_list(chain, 'devices', [new_device(world, pick.random.choice(sorted(DEVICES)))])
        chains.append(chain)
    world.adopt_list(rack, 'chains', chains)


@edit
def delete_device(world, pick):
    """device"""
    device = pick.object('device', 'device')
    owner = device.parent
    with world.gesture('delete device'):
        world.set_kids(owner, 'devices', without(owner.kids['devices'], [device]))
    return device


@edit
def duplicate_device(world, pick):
    """device; the copy stands behind it"""
    device = pick.object('device', 'device')
    devices = device.parent.kids['devices']
    if len(devices) >= MOST_DEVICES:
        raise CannotPick('enough devices')
    at = devices.index(device) + 1
    with world.gesture('duplicate device'):
        made = copy_object(world, device)
        world.set_kids(device.parent, 'devices', devices[:at] + [made] + devices[at:])
    return made


def _within(obj, outer):
    while obj is not None:
        if obj is outer:
            return True
        obj = obj.parent
    return False


@edit
def move_device(world, pick):
    """device, to: a track or chain (else often the same one), index"""
    device = pick.object('device', 'device')
    owner = device.parent
    target = owner_for(world, pick) if pick.has('to') or pick.chance(0.5) else owner
    if _within(target, device) or depth(target) + _height(device) > DEEPEST:
        raise CannotPick('a rack cannot be put into itself')
    with world.gesture('move device'):
        was = _active_around(owner)
        rest = without(owner.kids['devices'], [device])
        if target is not owner:
            world.set_kids(owner, 'devices', rest)
            rest = target.kids['devices']
        index = min(pick.whole('index', 0, len(rest)), len(rest))
        world.set_kids(target, 'devices', rest[:index] + [device] + rest[index:])
        if was != _active_around(target):
            tell_active(world, device)
    return device


def _active_around(owner):
    from ..api.read_device import is_active
    return is_active(owner.parent) if owner.kind == 'chain' else True


def _height(device):
    """How many chains lie inside it at most."""
    chains = device.kids.get('chains') or []
    return 1 + max([_height(d) for c in chains for d in c.kids['devices']] + [0]) if chains else 0


@edit
def rename_device(world, pick):
    """device, name"""
    device = pick.object('device', 'device')
    with world.gesture('rename device'):
        world.set(device, '_typed', True)
        world.set(device, 'name', pick.value('name', lambda: any_name(pick.random)))
    return device


@edit
def switch_device(world, pick):
    """device, on: else the other state"""
    device = pick.object('device', 'device')
    first = device.kids['parameters'][0]
    on = pick.value('on', first.v['value'] < 0.5)
    with world.gesture('device on/off'):
        world.set(first, 'value', 1.0 if on else 0.0)
    return device


@edit
def configure_plugin(world, pick):
    """device: a plug-in, more: one more of its knobs becomes a parameter, or the last one ceases to be"""
    device = pick.object('device', 'device', lambda d: d.v.get('class_name') in PLUGINS)
    parameters = device.kids['parameters']
    more = pick.value('more', lambda: len(parameters) < 4 or pick.chance(0.5))
    with world.gesture('configure'):
        if more:
            name = 'Knob %d' % len(parameters)
            values = parts.parameter_values(name, 0.0, 1.0, round(pick.random.random(), 3), False)
            made = mark_made(world.make('DeviceParameter', 'parameter', '', None, values))
            world.set_kids(device, 'parameters', parameters + [made])
        elif len(parameters) > 1:
            world.set_kids(device, 'parameters', parameters[:-1])
    return device


@edit
def group_devices(world, pick):
    """device, count: it and its next neighbours come into a new rack"""
    device = pick.object('device', 'device', lambda d: depth(d) < DEEPEST - 1)
    owner = device.parent
    devices = owner.kids['devices']
    at = devices.index(device)
    members = devices[at:at + pick.whole('count', 1, 3)]
    if any(depth(device) + 1 + _height(m) > DEEPEST for m in members):
        raise CannotPick('too deep')
    with world.gesture('group devices'):
        rack = new_device(world, 'InstrumentGroupDevice' if device.v.get('type') == 1 else 'AudioEffectGroupDevice')
        chain = new_chain(world, rack, 'Chain', 36)
        world.adopt_list(rack, 'chains', [chain])
        rest = without(devices, members)
        if pick.chance(0.5):
            world.set_kids(owner, 'devices', rest[:at] + [rack] + rest[at:])
            world.set_kids(chain, 'devices', members)
        else:
            world.set_kids(chain, 'devices', members)
            world.set_kids(owner, 'devices', rest[:at] + [rack] + rest[at:])
    return rack


@edit
def ungroup_rack(world, pick):
    """device: a rack with one chain; its devices take its place"""
    rack = pick.object('device', 'device', lambda d: is_rack(d) and len(d.kids['chains']) == 1)
    owner, inner = rack.parent, rack.kids['chains'][0].kids['devices']
    devices = owner.kids['devices']
    at = devices.index(rack)
    with world.gesture('ungroup rack'):
        world.set_kids(rack.kids['chains'][0], 'devices', [])
        world.set_kids(owner, 'devices', devices[:at] + inner + devices[at + 1:])
        for device in inner:
            tell_active(world, device)
    return None
