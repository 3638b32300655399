"""Writes LiveTree/events.json from packages/protocol/src/event-names.ts. A test of the protocol keeps both in step.

Use: python3 remote-script/tools/make_events.py
"""
import io
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, '..', '..', 'packages', 'protocol', 'src', 'event-names.ts')
TARGET = os.path.join(HERE, '..', 'LiveTree', 'events.json')
SORTS = {
    'structure': ('high', 'each'), 'discrete': ('medium', 'each'), 'continuous': ('medium', 'latest'),
    'playback': ('low', 'latest'),
}
LINE = re.compile(r"^  (\w+): (%s)\('(\w+)'\),$" % '|'.join(SORTS), re.MULTILINE)


def catalogue(text):
    """{name: {priority, kind, coalescing}} in the order of the source."""
    found = []
    for name, sort, kind in LINE.findall(text):
        priority, coalescing = SORTS[sort]
        found.append((name, {'priority': priority, 'kind': kind, 'coalescing': coalescing}))
    return dict(found)


def main():
    with io.open(SOURCE, encoding='utf-8') as source:
        events = catalogue(source.read())
    lines = ['  %s: %s' % (json.dumps(name), json.dumps(meaning)) for name, meaning in events.items()]
    with io.open(TARGET, 'w', encoding='utf-8') as target:
        target.write('{\n' + ',\n'.join(lines) + '\n}\n')


if __name__ == '__main__':
    main()
