"""Edits of values: by hand at once, by hand as a ride, by a macro, by automation."""
from ..model.motion import Motion, value_now
from .pick import CannotPick
from .registry import edit

STEP_SECONDS = 0.03


def any_parameter(world, pick):
    """`parameter`: a uid; or of `device` the one with `index`; or of `track` its volume, panning or send (`member`)."""
    if pick.has('parameter'):
        found = world.by_uid.get(pick.args['parameter'])
    elif pick.has('device') or not (pick.has('track') or pick.chance(0.4)):
        found = _of_device(pick)
    else:
        found = _of_mixer(pick)
    if found is None:
        raise CannotPick('no such parameter')
    return found


def _of_device(pick):
    parameters = pick.object('device', 'device').kids['parameters']
    if len(parameters) < 2 and not pick.has('index'):
        raise CannotPick('a device without parameters')
    return parameters[pick.whole('index', 1, len(parameters) - 1)]


def _of_mixer(pick):
    mixer = pick.track(lambda t: True).kids['mixer_device']
    names = ['volume', 'panning'] + ['sends'] * (1 if mixer.kids['sends'] else 0)
    member = pick.value('member', lambda: pick.random.choice(names))
    if member == 'sends':
        return mixer.kids['sends'][pick.whole('send', 0, len(mixer.kids['sends']) - 1)]
    return mixer.kids[member]


def fitting(parameter, value):
    """The value inside the range; whole for parameters with steps."""
    low, high = parameter.v.get('min', 0.0), parameter.v.get('max', 1.0)
    value = max(low, min(high, float(value)))
    return float(round(value)) if parameter.v.get('is_quantized') else value


def any_value(pick, parameter):
    low, high = parameter.v.get('min', 0.0), parameter.v.get('max', 1.0)
    return fitting(parameter, pick.value('value', lambda: low + (high - low) * pick.random.random()))


def _touch(world, parameter):
    """A hand on an automated parameter overrides its automation."""
    parameter.v.pop('_hand', None)
    if parameter.v.get('automation_state') == 1:
        world.set(parameter, 'automation_state', 2, undo=False)


@edit
def set_parameter(world, pick):
    """parameter | device, index | track, member; value: one step"""
    parameter = any_parameter(world, pick)
    if not parameter.v.get('is_enabled', True):
        raise CannotPick('a macro holds it')
    with world.gesture('parameter'):
        _touch(world, parameter)
        world.set(parameter, 'value', any_value(pick, parameter))
    return parameter


@edit
def ride_parameter(world, pick):
    """The same by hand: many steps to `value` over `seconds`; one undo step, recorded when the hand leaves"""
    parameter = any_parameter(world, pick)
    if not parameter.v.get('is_enabled', True) or parameter.uid in world.rides:
        raise CannotPick('a macro or a hand holds it')
    goal, before = any_value(pick, parameter), value_now(parameter)
    steps = max(1, int(pick.number('seconds', 0.2, 1.5) / STEP_SECONDS))
    world.rides.add(parameter.uid)
    following = [world.by_uid[u] for u in parameter.v.get('_targets') or () if u in world.by_uid]
    held = [(one, value_now(one)) for one in [parameter] + following]
    _ride_step(world, parameter, before, goal, steps, 1, held)
    return parameter


def _ride_step(world, parameter, before, goal, steps, number, held):
    parameter = world.current(parameter)
    if parameter is None:
        return
    last = number >= steps
    with world.gesture('ride', undo=last):
        _touch(world, parameter)
        value = goal if last else fitting(parameter, before + (goal - before) * number / steps)
        world.set(parameter, 'value', value, undo=False)
        if last:
            world.rides.discard(parameter.uid)
            world.step[:] = [('value', one, 'value', was, one.v.get('value')) for one, was in held]
    if not last:
        world.later(STEP_SECONDS, lambda: _ride_step(world, parameter, before, goal, steps, number + 1, held))


@edit
def map_macro(world, pick):
    """device: a rack, macro: 1..16, parameter: uid of one inside it"""
    rack = pick.object('device', 'device', lambda d: d.role and len(d.kids['parameters']) > 2 and _inside(d))
    macro = rack.kids['parameters'][pick.whole('macro', 1, min(8, len(rack.kids['parameters']) - 1))]
    free = [p for p in _inside(rack) if p.v.get('is_enabled', True) and p.v.get('automation_state', 0) == 0
            and not p.v.get('_targets')]
    target = world.by_uid.get(pick.args['parameter']) if pick.has('parameter') else (
        pick.random.choice(free) if free else None)
    if target is None:
        raise CannotPick('nothing to map')
    with world.gesture('map macro'):
        world.set(macro, '_targets', (macro.v.get('_targets') or ()) + (target.uid,))
        world.set(target, 'is_enabled', False)
        world.set(target, 'state', 2)
        world.tell(rack, 'macros_mapped')
        world.tell(rack, 'has_macro_mappings')
    return target


def _inside(rack):
    """Parameters of the devices in the chains of a rack, on/off left out."""
    return [p for c in rack.kids['chains'] for d in c.kids['devices'] for p in d.kids['parameters'][1:]]


@edit
def turn_macro(world, pick):
    """parameter: a mapped macro, value; what is mapped follows"""
    rack = pick.object('device', 'device', lambda d: d.role and any(p.v.get('_targets') for p in d.kids['parameters']))
    macro = next(p for p in rack.kids['parameters'] if p.v.get('_targets'))
    with world.gesture('macro'):
        _touch(world, macro)
        world.set(macro, 'value', any_value(pick, macro))
    return macro


@edit
def automate_parameter(world, pick):
    """parameter …; low, high, beats: from now on it moves by itself while Live plays"""
    parameter = any_parameter(world, pick)
    if parameter.v.get('automation_state') or not parameter.v.get('is_enabled', True):
        raise CannotPick('automated already')
    low, high = parameter.v.get('min', 0.0), parameter.v.get('max', 1.0)
    motion = Motion(pick.value('low', low), pick.value('high', high), pick.number('beats', 1.0, 16.0),
                    pick.random.random())
    with world.gesture('automate'):
        world.motions[parameter.uid] = motion
        world.set(parameter, 'automation_state', 1)
    return parameter


@edit
def clear_automation(world, pick):
    """parameter: uid; else any automated one"""
    if pick.has('parameter'):
        parameter = world.by_uid.get(pick.args['parameter'])
    else:
        moving = [world.by_uid[u] for u in sorted(world.motions) if u in world.by_uid]
        moving = [p for p in moving if p.v.get('automation_state')]
        parameter = pick.random.choice(moving) if moving else None
    if parameter is None:
        raise CannotPick('nothing is automated')
    with world.gesture('clear automation'):
        parameter.v.pop('_hand', None)
        world.set(parameter, 'value', value_now(parameter), undo=False)
        world.set(parameter, 'automation_state', 0)
    return parameter


@edit
def re_enable_automation(world, pick):
    """All overridden automation plays again."""
    with world.gesture('re-enable', undo=False):
        for uid in sorted(world.motions):
            parameter = world.by_uid.get(uid)
            if parameter is not None and parameter.v.get('automation_state') == 2:
                world.set(parameter, 'automation_state', 1, undo=False)
    return None
