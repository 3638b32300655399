"""Values Live moves by itself: parameters under automation while the transport runs."""
import math


class Motion(object):
    """One automation: a wave between two values. It costs nothing until somebody reads or listens."""

    def __init__(self, low, high, beats, phase):
        self.low = low
        self.high = high
        self.beats = beats
        self.phase = phase

    def at(self, beat):
        wave = 0.5 + 0.5 * math.sin(2 * math.pi * (beat / self.beats + self.phase))
        return self.low + (self.high - self.low) * wave


def moving(parameter):
    """The Motion that drives this parameter now, or None."""
    world = parameter.world
    if not world.transport.playing or parameter.v.get('automation_state') != 1:
        return None
    motion = world.motions.get(parameter.uid)
    return motion or world.motions.setdefault(parameter.uid, any_motion(parameter))


def any_motion(parameter):
    """The wave of an automation of which the Set does not tell the shape."""
    low, high = parameter.v.get('min', 0.0), parameter.v.get('max', 1.0)
    return Motion(low + 0.2 * (high - low), high - 0.2 * (high - low), 4.0 + parameter.uid % 13,
                  (parameter.uid % 17) / 17.0)


def value_now(parameter):
    """Its value at this moment."""
    motion = moving(parameter)
    if motion is None:
        return parameter.v.get('value', 0.0)
    value = motion.at(parameter.world.transport.position())
    return float(round(value)) if parameter.v.get('is_quantized') else value


def value_by_hand(parameter):
    """Its value without what automation did to it: what a Set keeps in its file."""
    return parameter.v.get('_hand', parameter.v.get('value', 0.0))


def freeze(world):
    """The transport stops: every moving value stays where it is."""
    for uid in sorted(world.motions):
        parameter = world.by_uid.get(uid)
        if parameter is not None and moving(parameter) is not None:
            parameter.v.setdefault('_hand', parameter.v.get('value', 0.0))
            world.set(parameter, 'value', value_now(parameter), undo=False)
