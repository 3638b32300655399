"""What the tests of the simulator share: a Live in virtual time, and the corpus of real Sets when there is one."""
import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from live_simulator.live import Live  # noqa: E402

CORPUS = os.environ.get('LIVETREE_CORPUS') or os.path.join(ROOT, '..', '..', 'shared', 'corpus')


def live(profile='12.3.6', seed=1, faults='none', description=None):
    """A Live with the small Set, without any uncertainty unless asked for."""
    made = Live(profile, seed, 'max', faults, None)
    made.build(description)
    return made


def song_of(made):
    """The song as a script gets it."""
    import Live as package
    assert package.Application.get_application().get_document()._live_ptr == made.world.song.ptr
    return package.Application.get_application().get_document()


class Case(unittest.TestCase):
    """A test with a Live and its song."""

    faults = 'none'
    profile = '12.3.6'

    def setUp(self):
        self.live = live(self.profile, faults=self.faults)
        self.world = self.live.world
        self.song = song_of(self.live)

    def edit(self, edit_name, **args):
        return self.live.edit(edit_name, **args)

    def calls(self):
        """A listener that counts, and its list of calls."""
        made = []

        def callback(*args):
            made.append(args)

        return callback, made


def corpus_file(*parts):
    """Path of a real Set; the test is skipped, loudly, where the corpus is absent."""
    path = os.path.join(CORPUS, *parts)
    if not os.path.exists(path):
        raise unittest.SkipTest('no corpus of real Sets at %s' % CORPUS)
    return path
