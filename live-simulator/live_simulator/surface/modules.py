"""Puts the classes where `import Live` finds them: Live.Song.Song, Live.Base.Timer, Live.Clip.Clip.View …"""
import sys
import types

from .. import facts
from . import values
from .classes import surface
from .convert import wrap
from .timer import timer_class
from .vector import IntVector, MidiNoteVector, Vector

BY_HAND = {
    'Base': {'Vector': Vector, 'IntVector': IntVector},
    'Clip': {'MidiNote': values.MidiNote, 'MidiNoteSpecification': values.MidiNoteSpecification,
             'WarpMarker': values.WarpMarker, 'MidiNoteVector': MidiNoteVector},
    'Track': {'RoutingType': values.RoutingType, 'RoutingChannel': values.RoutingChannel},
    'Song': {'BeatTime': values.BeatTime, 'SmptTime': values.SmptTime},
    'Envelope': {'EnvelopeEvent': values.EnvelopeEvent},
}

_state = {'package': None}


def installed():
    return _state['package'] is not None and 'Live.Base' in sys.modules


def _module(name):
    """The module Live.<name>, made empty when it is not there."""
    full = 'Live.' + name
    if full not in sys.modules:
        sys.modules[full] = types.ModuleType(full)
    setattr(_state['package'], name, sys.modules[full])
    return sys.modules[full]


def _clear():
    for full in [n for n in sys.modules if n.startswith('Live.')]:
        del sys.modules[full]


def _put_classes(made):
    """Classes into their modules, inner ones (Song.View) into their class."""
    inner = []
    for name, cls in made.classes.items():
        module, rest = made.facts[name].module.split('.')[-1], name.split('.')
        if len(rest) == 1:
            setattr(_module(module), name, cls)
        else:
            inner.append((rest, cls))
    for rest, cls in inner:
        setattr(made.classes[rest[0]], rest[1], cls)


def _put_enums(made):
    """Enumerations: in the module, and those with small names or of a view inside their class."""
    for name in facts.load()['enums']:
        parts, cls = name.split('.'), made.enums[name]
        owner = '.'.join(parts[:-1])
        if (len(parts) == 3 or parts[-1][0].islower()) and owner in made.classes:
            setattr(made.classes[owner], parts[-1], cls)
        else:
            setattr(_module(parts[0]), parts[-1], cls)


def _put_functions(made, world, random):
    app = _module('Application')

    def get_application():
        if world is None:
            raise RuntimeError('No Live is running')
        return wrap(world.application)

    app.get_application = get_application
    app.get_random_int = lambda low, high: random.randint(low, high)
    _module('Base').log = lambda text: world.log.script(text)
    _module('Song').get_all_scales_ordered = lambda: (
        ('Major', (0, 2, 4, 5, 7, 9, 11)), ('Minor', (0, 2, 3, 5, 7, 8, 10)), ('Dorian', (0, 2, 3, 5, 7, 9, 10)))


def install(profile, world=None, scheduler=None):
    """Fills the package for one version and one world; whatever was there before is replaced."""
    package = sys.modules.get('Live')
    if package is None:
        _state['package'] = types.ModuleType('placeholder')
        import Live as package
    _state['package'] = package
    _clear()
    made = surface(profile)
    for hand, members in BY_HAND.items():
        if hand in ('Envelope',) and 'Envelope' not in made.classes:
            continue
        for name, cls in members.items():
            setattr(_module(hand), name, cls)
    _put_classes(made)
    _put_enums(made)
    _put_functions(made, world, None if world is None else world.random)
    if scheduler is not None:
        _module('Base').Timer = timer_class(scheduler, world.log, world.counters)
    return made


def install_idle():
    """For a bare `import Live`: classes without a running Live."""
    _state['package'] = sys.modules['Live']
    install(facts.PROFILES[-1])
