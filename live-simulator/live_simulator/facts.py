"""What lom.json says, cut to one version of Live."""
import json
import os
import re

PATH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'lom.json')

# The versions the simulator is tested as (docs/live-api.md); any other one may be named too.
PROFILES = ('11.0.0', '11.3.43', '12.0.5', '12.3.6')

_cache = {}


def load():
    """The whole of lom.json, read once."""
    if 'all' not in _cache:
        with open(PATH, encoding='utf-8') as file:
            _cache['all'] = json.load(file)
    return _cache['all']


def version(text):
    """'12.0.5' -> (12, 0, 5); raises ValueError for anything else."""
    if not re.match(r'^\d+\.\d+\.\d+$', text):
        raise ValueError('not a version of Live: %r' % (text,))
    return tuple(int(part) for part in text.split('.'))


def has(profile, since):
    """Whether a member with this `since` exists in the version `profile` (a tuple)."""
    if since is None:
        return True
    first = since.get('11' if profile[0] < 12 else '12')
    return first is not None and profile >= version(first)


class ClassFacts(object):
    """One class of Live in one version, with everything it inherits."""

    def __init__(self, name, module, extends):
        self.name = name
        self.module = module
        self.extends = extends
        self.properties = {}
        self.events = {}
        self.methods = {}
        self.lineage = (name,)

    def observable(self):
        """Names with an add/remove/has listener triplet."""
        return [n for n, p in self.properties.items() if p['observe']] + list(self.events)


def _cut_property(fact, profile):
    cut = dict(fact)
    cut['observe'] = fact['observe'] and has(profile, fact.get('observeSince'))
    cut['set'] = fact['set'] and has(profile, fact.get('setSince'))
    return cut


def _cut_class(name, profile, done):
    if name in done:
        return done[name]
    fact = load()['classes'][name]
    cut = ClassFacts(name, fact['module'], fact.get('extends'))
    if cut.extends:
        base = _cut_class(cut.extends, profile, done)
        cut.properties.update(base.properties)
        cut.events.update(base.events)
        cut.methods.update(base.methods)
        cut.lineage = (name,) + base.lineage
    for member, p in fact['properties'].items():
        if has(profile, p.get('since')):
            cut.properties[member] = _cut_property(p, profile)
    cut.events.update({n: e for n, e in fact.get('events', {}).items() if has(profile, e.get('since'))})
    cut.methods.update({n: m for n, m in fact.get('methods', {}).items() if has(profile, m.get('since'))})
    done[name] = cut
    return cut


def classes(profile):
    """{class name: ClassFacts} of the version `profile` ('12.3.6')."""
    if profile not in _cache:
        cut = version(profile)
        done = {}
        for name, fact in load()['classes'].items():
            if has(cut, fact.get('since')):
                _cut_class(name, cut, done)
        _cache[profile] = done
    return _cache[profile]


def device_class(class_name, profile):
    """The LOM class of a device with this Device.class_name in this version."""
    name = load()['deviceClasses'].get(class_name, 'Device')
    return name if name in classes(profile) else 'Device'
