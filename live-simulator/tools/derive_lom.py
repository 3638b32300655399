"""Writes lom.json from a larger table of facts about Live's object model.

    python3 tools/derive_lom.py SOURCE.json lom.json

Keeps bare facts only: names, types, rights, versions, and which objects raise (as a short code).
"""
import json
import re
import sys

# What raises, in one word each (live-api.md, section 6.2 to 6.4).
RAISES = [
    ('MIDI and audio tracks only', 'audio-or-midi-track'),
    ('audio clips only', 'audio-clip'),
    ('main track only', 'main-track'),
    ('not on return and main', 'not-return-or-main'),
    ('not on the main track', 'not-main'),
    ('only meaningful when is_quantized', 'quantized'),
    ('only on drum racks', 'drum-rack'),
    ('only on tracks that can be armed', 'armable'),
    ('only on tracks whose is_foldable', 'foldable'),
    ('only when is_quantized is false', 'not-quantized'),
    ('raises on return and main tracks', 'armable'),
    ('raises on the main track', 'not-main'),
    ('raises on tracks without audio output', 'audio-output'),
    ('raises unless can_compare_ab', 'compare'),
]

# Methods that only read. Every other method changes the Set, the transport or the view.
READING = re.compile(
    r'^(get_|is_|str_for_value$|value_at_time$|events_in_range$|automation_envelope$|available_main_views$'
    r'|has_option$|note_number_to_name$|beat_to_sample_time$|sample_to_beat_time$|seconds_to_sample_time$'
    r'|find_device_position$|guess_playback_length$|gain_display_string$)')


def since(text, in11):
    """{"11": version or None, "12": version or None}, or None when it was always there."""
    if text is None or text.startswith('<='):
        return None
    found = re.findall(r'\d+\.\d+\.\d+', text.split('(')[0])
    old = [v for v in found if v.startswith('11.')]
    new = [v for v in found if v.startswith('12.')]
    return {'11': old[0] if old and in11 else None, '12': new[0] if new else '12.0.0'}


def raised(text):
    for start, code in RAISES:
        if text.startswith(start):
            return code
    raise SystemExit('no code for: ' + text)


def put(target, key, value):
    if value:
        target[key] = value


def derive_property(fact):
    out = {'type': fact['type']}
    for flag in ('get', 'set', 'observe'):
        out[flag] = bool(fact.get(flag))
    put(out, 'since', since(fact.get('since'), fact.get('in11', True)))
    put(out, 'observeSince', since(fact.get('observeSince'), fact.get('observeIn11', True)))
    put(out, 'setSince', since(fact.get('setSince'), not fact.get('setSince', '').startswith('12')))
    if 'raises' in fact:
        out['raises'] = raised(fact['raises'])
    put(out, 'children', fact.get('children'))
    put(out, 'rate', fact.get('rate') and ('high' if fact['rate'].startswith('high') else fact['rate'].split(' ')[0]))
    return out


def derive_method(name, fact):
    args = [[a['name'], a['type'], bool(a.get('optional'))] for a in fact['args']]
    out = {'args': args, 'returns': fact['returns'], 'mutates': not READING.match(name)}
    put(out, 'since', since(fact.get('since'), fact.get('in11', True)))
    if 'raises' in fact:
        out['raises'] = raised(fact['raises'])
    return out


def derive_class(fact):
    out = {'module': fact['module']}
    put(out, 'extends', fact.get('extends'))
    put(out, 'since', since(fact.get('since'), fact.get('in11', True)))
    out['properties'] = {n: derive_property(p) for n, p in fact.get('properties', {}).items()}
    events = {}
    for name, event in fact.get('events', {}).items():
        events[name] = {'args': event['listenerArgs']}
        put(events[name], 'since', since(event.get('since'), event.get('in11', True)))
    put(out, 'events', events)
    put(out, 'methods', {n: derive_method(n, m) for n, m in fact.get('methods', {}).items()})
    return out


def derive(source):
    devices = {k: v for k, v in source['deviceClasses'].items() if not k.startswith('_')}
    return {
        'format': 'lom/1',
        'versions': source['versionsSampled'],
        'classes': {n: derive_class(c) for n, c in source['classes'].items()},
        'enums': {n: e['members'] for n, e in source['enums'].items()},
        'functions': {n: f['args'] for n, f in source['functions'].items()},
        'deviceClasses': {name: cls for cls, names in devices.items() if cls != 'Device' for name in names},
    }


def main(argv):
    with open(argv[1], encoding='utf-8') as file:
        facts = derive(json.load(file))
    with open(argv[2], 'w', encoding='utf-8') as file:
        json.dump(facts, file, indent=1, sort_keys=False)
        file.write('\n')


if __name__ == '__main__':
    main(sys.argv)
