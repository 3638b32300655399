import os
import sys
import unittest

from .world import HERE, SCRIPT

sys.path.insert(0, os.path.join(HERE, '..', '..', 'tools'))

from faults import FAULTS, Fault, FaultError  # noqa: E402


def source(fault):
    with open(os.path.join(SCRIPT, fault.file), 'rb') as file:
        return file.read().decode('utf-8')


class FaultsTest(unittest.TestCase):
    def test_fit(self):
        """[SCRIPT-150] Every planted fault fits the source: its old text is there once, what comes out is Python."""
        self.assertGreaterEqual(len(FAULTS), 24)
        self.assertEqual(len(set(fault.name for fault in FAULTS)), len(FAULTS))
        for fault in FAULTS:
            self.assertNotEqual(fault.planted(source(fault)), source(fault), fault.name)

    def test_rotten(self):
        """[SCRIPT-150] A fault whose text is gone, is there twice, or makes no Python is refused."""
        for old, new in (('nowhere', ''), ('a', 'c'), ('b = 1', 'b =')):
            with self.assertRaises(FaultError):
                Fault('x', '', 'x.py', old, new, ()).planted('a = 1\na = 2\nb = 1\n')


if __name__ == '__main__':
    unittest.main()
