import ast
import glob
import io
import json
import os
import unittest

from .world import HERE, SCRIPT

from LiveTree import names
from LiveTree.kinds import KINDS
from LiveTree.kinds.clip import NOTE_FIELDS

LOM = os.path.join(HERE, '..', '..', '..', 'live-simulator', 'lom.json')
READERS = {'read': 1, 'members': 1, 'call': 1, 'listen': 2, 'add': 1}
# Words of ours that are given to functions of the same names.
OURS = {'replaced'}


def load():
    with io.open(LOM, encoding='utf-8') as file:
        return json.load(file)['classes']


class LomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.classes = load()

    def fact(self, cls, member, section='properties'):
        """The fact of a member, looked for in the bases and in derived classes too."""
        while cls is not None:
            found = self.classes[cls].get(section, {}).get(member)
            if found is not None:
                return found
            cls = self.classes[cls].get('extends')
        return None

    def known(self, cls, member):
        derived = [name for name, each in self.classes.items() if each.get('extends') == cls]
        return any(self.fact(each, member) is not None for each in [cls] + derived)

    def observable(self, cls, event):
        derived = [name for name, each in self.classes.items() if each.get('extends') == cls]
        if any(self.fact(each, event, 'events') is not None for each in [cls] + derived):
            return True
        facts = [self.fact(each, event) for each in [cls] + derived]
        return any(fact is not None and fact.get('observe') for fact in facts)

    def class_of(self, kind, source):
        return kind.cls if source == '' else next(each.cls for each in kind.sources if each.name == source)

    def test_tables(self):
        """[SCRIPT-69] Every member and every listener of the tables is in lom.json, on the class it is used on."""
        wrong = []
        for kind in KINDS.values():
            for aspect in list(kind.aspects.values()):
                wrong += [(kind.name, r.member) for r in aspect.reads
                          if r.member and not self.known(self.class_of(kind, r.source), r.member)]
                wrong += [(kind.name, event) for source, event, _ in aspect.events
                          if not self.observable(self.class_of(kind, source), event)]
            wrong += [(kind.name, r.member) for r in kind.constants if r.member and not self.known(kind.cls, r.member)]
            wrong += [(kind.name, v.member) for v in kind.values.values()
                      if not self.observable(self.class_of(kind, v.holder), v.member)]
            wrong += [(kind.name, each.member) for each in kind.sources
                      if not callable(each.member) and not self.known(self.class_of(kind, each.of), each.member)]
            for spec in kind.lists.values():
                cls = self.class_of(kind, spec.source)
                if not self.known(cls, spec.member) or (spec.event and not self.observable(cls, spec.event)):
                    wrong.append((kind.name, spec.member))
        self.assertEqual(wrong, [])

    def test_source(self):
        """[SCRIPT-70] Every name of Live in the source is in lom.json, and read or listened to only where guarded."""
        known = set(NOTE_FIELDS)
        for cls in self.classes.values():
            for section in ('properties', 'events', 'methods'):
                known.update(cls.get(section, {}))
        wrong = []
        for path in glob.glob(os.path.join(SCRIPT, '*.py')) + glob.glob(os.path.join(SCRIPT, 'kinds', '*.py')):
            with io.open(path, encoding='utf-8') as file:
                tree = ast.parse(file.read())
            for name in self.names_in(tree):
                if name not in known and name not in OURS:
                    wrong.append((os.path.basename(path), name))
        self.assertEqual(wrong, [])

    def names_in(self, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, 'id', '')
                place = READERS.get(called)
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    if isinstance(node.args[place].value, str):
                        yield node.args[place].value

    def test_no_writes(self):
        """[SCRIPT-71] The source sets nothing in Live but the selected track and scene, for the command port."""
        writes = []
        for path in glob.glob(os.path.join(SCRIPT, '*.py')):
            with io.open(path, encoding='utf-8') as file:
                text = file.read()
            writes += [os.path.basename(path)] * text.count('setattr(')
        self.assertEqual(writes, ['console.py'])

    def test_names(self):
        """[SCRIPT-72] Every name the script emits is in the catalogue."""
        self.assertEqual(names.emitted() - set(names.catalogue()), set())


if __name__ == '__main__':
    unittest.main()
