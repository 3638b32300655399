"""Sets from files: opened, edited, saved, opened again."""
import os
import shutil
import sys
import tempfile
import unittest

import test_edits
from support import ROOT, corpus_file, song_of

from live_simulator.control import ControlError
from live_simulator.documents import Documents
from live_simulator.live import Live
from live_simulator.model.saved import nodes, to_save
from live_simulator.musician import Musician

FIXTURES = os.path.join(ROOT, '..', 'fixtures')
SAVED = ('demo', 'small-l9', 'small-l10', 'small-l11', 'small-l12')


def opened(path, seed=1):
    """(Live with the Set, its Documents)"""
    made = Live('12.3.6', seed, 'max', 'none', None)
    documents = Documents(made)
    documents.open_first(path)
    return made, documents


def structure(node):
    """Uids of everything, by list, with names: what a save must keep."""
    lists = {name: [structure(c) for c in held] for name, held in node['lists'].items() if held and name != 'slots'}
    return [node['uid'], node['props'].get('name'), lists]


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def edit_and_save(self, path, steps=25):
        made, documents = opened(path)
        musician = Musician(made.world, 'editing')
        for _ in range(2):
            for _ in range(steps):
                musician.step()
            made.run(3.0)
            target = os.path.join(self.folder, 'My Set.als')
            answer = documents.save({'path': target})
            gone = set(answer['leftOut'])
            shown = made.truth()
            if not gone:
                self.assertEqual(structure(made.world.loaded.set), structure(shown), path)
        self.assertEqual((made.world.file_path, song_of(made).name), (os.path.abspath(target), 'My Set'))
        again, _ = opened(target)
        names = [t['props']['name'] for t in again.truth()['lists']['tracks']]
        self.assertEqual(names, [t['props']['name'] for t in shown['lists']['tracks']])

    def test_fixtures(self):
        """[SIM-96] A Set of a file, edited and saved twice, is in the file what it is in Live; uids stay."""
        for name in SAVED:
            with self.subTest(file=name):
                self.edit_and_save(os.path.join(FIXTURES, name + '.als'))

    def test_real_sets(self):
        """[SIM-97] Real Sets: the API shows what truth() says, and edits keep the structure whole."""
        for name in ('producerpal_e2e_test_set.als', 'tedx_set.als', 'lucas_base_l12.als'):
            made, _ = opened(corpus_file('files', name), 5)
            self.assertEqual(test_edits.by_api(song_of(made)), test_edits.by_truth(made.truth()))
            musician = Musician(made.world, 'mixed')
            for _ in range(150):
                musician.step()
                made.run(0.05)
            made.run(3.0)
            test_edits.Musicians.check(self, made.world.song)
            self.assertEqual(test_edits.by_api(song_of(made)), test_edits.by_truth(made.truth()))

    def test_no_path(self):
        """[SIM-98] A Set without a path is saved only where it is told to; then it has a name and can be opened."""
        made, documents = opened(None)
        self.assertRaises(ControlError, documents.save, {})
        self.assertEqual((os.listdir(self.folder), made.world.file_path), ([], ''))
        path = os.path.join(self.folder, 'x.als')
        documents.save({'path': path})
        made.edit('rename_track', track={'index': 0}, name='After')
        documents.save({})
        again, _ = opened(path)
        self.assertEqual(song_of(again).name, 'x')
        self.assertEqual(again.truth()['lists']['tracks'][0]['props']['name'], 'After')

    def test_by_hand(self):
        """[SIM-103] A file keeps what was set by hand, not where automation has moved it."""
        made, documents = opened(None)
        device = made.world.song.kids['tracks'][0].kids['devices'][0].kids['parameters'][1]
        made.edit('automate_parameter', parameter=device.uid)
        made.edit('play')
        made.run(1.3)
        made.edit('stop')
        self.assertNotEqual(song_of(made).tracks[0].devices[0].parameters[1].value, 0.5)
        description = to_save(made.world, True)
        found = {n['uid']: n['props'].get('value') for n in nodes(description)}
        self.assertEqual(found[device.uid], 0.5)

    def test_lost(self):
        """[SIM-99] With `lost` a notification never comes; how many is counted."""
        made, _ = opened(None)
        made.world.faults.set('lost', 1.0)
        told = []

        def hear():
            told.append(1)

        song_of(made).add_tempo_listener(hear)
        made.edit('set_tempo', tempo=99.0)
        self.assertEqual((told, made.world.counters.lost_notifications), ([], 1))


if __name__ == '__main__':
    sys.exit(unittest.main())
