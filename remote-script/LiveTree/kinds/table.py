"""The words of the tables: what is read of an object, what is listened to, and what is read again when.

Each kind of node has one table module beside this file. All names in them are Live's (docs/live-api.md).
"""
from collections import namedtuple

from ..dirty import DISCRETE
from ..plain import plain

ALWAYS = 'always'  # listened to on every object
RECORDING = 'recording'  # listened to while a clip is being recorded
DETAIL = 'detail'  # listened to while somebody looks; else found by the sweep

# A helper object: `member` of the source `of` ('' is the object itself), of Live's class `cls`.
Source = namedtuple('Source', 'name of member cls')
# One property: `member` of `source`, made plain by `convert`.
Read = namedtuple('Read', 'prop source member convert')
# Properties that are read together, and the events `(source, event, tier)` that make them be read.
Aspect = namedtuple('Aspect', 'name reads events weight')
# A value that moves: `member` of `holder`. `source` is the parameter that tells whether automation moves it,
# and gives Live's own text of the value for the property `text` (or None).
Value = namedtuple('Value', 'prop source text tier holder member')
# A child list: `member` of `source`, told of by `event` (None: nothing tells), of things of `child`.
# `when`: a truth member of the object that must hold, or None.
ListSpec = namedtuple('ListSpec', 'name source member event child when')
# Everything about a kind. `cls`: Live's class. `constants`: read once (and by the audit).
Kind = namedtuple('Kind', 'name cls sources constants aspects values lists')


def reads(*names, **options):
    """Reads of members that keep their names: `reads('name', 'color')`, `reads('value', source='volume')`."""
    source = options.get('source', '')
    convert = options.get('convert', plain)
    return tuple(Read(name, source, name, convert) for name in names)


def aspect(name, what, events=None, weight=DISCRETE, source='', tier=ALWAYS):
    """An aspect whose events are named like its members unless told otherwise."""
    names = [each.member for each in what] if events is None else events
    return Aspect(name, tuple(what), tuple((source, event, tier) for event in names), weight)


def value(prop, source, text=None, tier=ALWAYS, holder=None, member='value'):
    """A value; mostly the parameter's own."""
    return Value(prop, source, text, tier, source if holder is None else holder, member)


def kind(name, cls, aspects=(), sources=(), constants=(), values=(), lists=()):
    """A kind with its aspects and values by name."""
    by_name = dict((each.name, each) for each in aspects)
    by_prop = dict((each.prop, each) for each in values)
    by_list = dict((each.name, each) for each in lists)
    return Kind(name, cls, tuple(sources), tuple(constants), by_name, by_prop, by_list)

