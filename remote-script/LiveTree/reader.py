"""Reads things by their tables: helper objects, listeners, properties. Listener first, then the value."""
from functools import partial

from .dirty import CONTINUOUS
from .kinds import KINDS
from .kinds.table import ALWAYS
from .live import ABSENT, call, is_alive, read
from .plain import is_same, plain


class Reader(object):
    """Fills things and reads aspects of them again."""

    def __init__(self, dirty, listeners, statement, extras, may_listen):
        self._dirty = dirty
        self._listeners = listeners
        self._statement = statement
        self._may_listen = may_listen  # the limit of listeners is not reached
        self._extras = extras  # extras(thing): properties that no table can say

    def fill(self, thing):
        """First reading: helper objects, listeners, then all properties."""
        if thing.filled or not is_alive(thing.obj):
            return
        if thing.kind != 'clip' or self._may_listen():
            self.attach(thing, ALWAYS, thing.tokens)
        self.read_all(thing)
        for value in KINDS[thing.kind].values.values():
            self.state_value(thing, value, self.value_of(thing, value))
        self._extras(thing)
        self._statement.node(thing)

    def read_all(self, thing):
        """Every property of the tables but the moving values. Returns those that differed from the shadow."""
        kind = KINDS[thing.kind]
        changed = self._read(thing, kind.constants)
        for aspect in kind.aspects.values():
            changed += self._read(thing, aspect.reads)
        return changed

    def read_aspect(self, thing, name):
        """One aspect again. Returns the properties that differed."""
        return self._read(thing, KINDS[thing.kind].aspects[name].reads)

    def _read(self, thing, reads):
        changed = []
        for each in reads:
            if self._statement.prop(thing, each.prop, self.raw(thing, each)):
                changed.append(each.prop)
        return changed

    def raw(self, thing, each):
        """What Live says for one Read now, or ABSENT."""
        source = self.source(thing, each.source)
        if source is ABSENT:
            return ABSENT
        if each.member is None:
            return each.convert(source)
        value = read(source, each.member)
        if value is ABSENT:
            return thing.props.get('in_note', ABSENT) if each.prop == 'in_note' else ABSENT  # see extras.note
        return each.convert(value)

    def differing(self, thing):
        """Aspects (None: the constants) that Live would answer differently now. States nothing."""
        kind = KINDS[thing.kind]
        groups = [(None, kind.constants)] + [(each.name, each.reads) for each in kind.aspects.values()]
        return [name for name, reads in groups if any(self._differs(thing, each) for each in reads)]

    def _differs(self, thing, each):
        said, found = thing.props.get(each.prop, ABSENT), self.raw(thing, each)
        return not (is_same(said, found) or (said is None and found is ABSENT) or (said is ABSENT and found is None))

    def read_constants(self, thing):
        """The properties that nothing tells of, again."""
        return self._read(thing, KINDS[thing.kind].constants)

    def source(self, thing, name):
        """A helper object of a thing (`''`: itself), or ABSENT. Found once; a dead one is looked for again."""
        if name == '':
            return thing.obj
        if thing.sources is None:
            thing.sources = {}
        held = thing.sources.get(name)
        if held is None or (held is not ABSENT and not is_alive(held)):
            held = self._find_source(thing, name)
            thing.sources[name] = held
        return held

    def _find_source(self, thing, name):
        for each in KINDS[thing.kind].sources:
            if each.name == name:
                owner = self.source(thing, each.of)
                if owner is ABSENT:
                    return ABSENT
                found = each.member(owner) if callable(each.member) else read(owner, each.member)
                return found if is_alive(found) else ABSENT
        return ABSENT

    def attach(self, thing, tier, tokens):
        """Adds the listeners of a tier; what this object has not, is passed over."""
        kind = KINDS[thing.kind]
        for aspect in kind.aspects.values():
            for source, event, event_tier in aspect.events:
                if event_tier == tier:
                    self.listen(thing, source, event, aspect.name, aspect.weight, tokens)
        for value in kind.values.values():
            if value.tier == tier:
                self.listen(thing, value.holder, value.member, value.prop, CONTINUOUS, tokens)

    def listen(self, thing, source_name, event, aspect, weight, tokens):
        """One listener that marks an aspect. True when connected."""
        source = self.source(thing, source_name)
        if source is ABSENT:
            return False
        token = self._listeners.add(source, event, partial(self._dirty.mark, thing, aspect, weight))
        if token is not None:
            tokens.append(token)
        return token is not None

    def value_of(self, thing, value):
        """The raw value, or ABSENT."""
        holder = self.source(thing, value.holder)
        return ABSENT if holder is ABSENT else plain(read(holder, value.member))

    def state_value(self, thing, value, raw):
        """States a value and, with it, Live's own text of it."""
        changed = self._statement.prop(thing, value.prop, raw)
        if value.text is not None and (changed or value.text not in thing.props):
            self._statement.prop(thing, value.text, self.text_of(thing, value, raw))
        if thing.kind == 'parameter' and thing.flag('text'):
            self._statement.prop(thing, 'text', self.text_of(thing, value, raw))
        return changed

    def text_of(self, thing, value, raw):
        """Live's own text of a value (`str_for_value`), or ABSENT."""
        source = self.source(thing, value.source)
        if source is ABSENT or raw is ABSENT:
            return ABSENT
        text = call(source, 'str_for_value', raw)
        return text if isinstance(text, str) else ABSENT

    def is_automated(self, thing, value):
        """Automation is moving the value now (`automation_state` 1), or a macro or device holds it."""
        source = self.source(thing, value.source)
        if source is ABSENT:
            return False
        state = plain(read(source, 'automation_state'))
        return state == 1 or read(source, 'is_enabled') is False
