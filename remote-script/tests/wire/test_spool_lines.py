import os
import unittest

from livetree_wire import spool as spool_module
from livetree_wire import spool_lines
from livetree_wire.removal import STEP, Remover

from .support import Clock, Folder


class Lines(unittest.TestCase):
    def test_any_changed_byte(self):
        """[SCRIPT-24] every changed byte of a line is noticed"""
        line = spool_lines.line(b"17", b'{"run":"x","seq":17}')[:-1]
        self.assertEqual(spool_lines.parse(line), (b"17", b'{"run":"x","seq":17}'))
        for at in range(len(line)):
            for bit in range(8):
                changed = bytearray(line)
                changed[at] ^= 1 << bit
                found = spool_lines.parse(bytes(changed))
                if found is not None:  # the checksum in capitals is the same number
                    self.assertLess(at, 8)
                    self.assertEqual(found, (b"17", b'{"run":"x","seq":17}'))

    def test_private(self):
        """[SCRIPT-24] a spool is readable for its user only"""
        folder = Folder(self).path
        report = lambda what, text: self.fail(text)
        spool = spool_module.Spool(folder, 1 << 20, "a" * 32, Clock(), report, Remover(report))
        self.assertTrue(spool.wants())
        self.assertEqual(os.stat(spool.path).st_mode & 0o777, 0o600)
        spool.delete()
        self.assertEqual(os.listdir(folder), [])

    def test_large_file(self):
        """[SCRIPT-21] a large spool is deleted in steps, and no new one is begun meanwhile"""
        folder = Folder(self).path
        report = lambda what, text: self.fail(text)
        remover = Remover(report)
        spool = spool_module.Spool(folder, 1 << 30, "a" * 32, Clock(), report, remover)
        for seq in range(1, 13):
            self.assertTrue(spool.wants() and spool.put((seq, seq, b"x" * (1 << 20))))
            while spool.flush():
                pass
        spool.delete()
        steps = 0
        while remover.is_busy:
            self.assertFalse(spool.wants())
            remover.pump()
            sizes = [os.path.getsize(spool.path)] if os.path.exists(spool.path) else [0]
            self.assertLessEqual(12 * (1 << 20) + 999 - sizes[0], (steps + 1) * STEP + 999)
            steps += 1
        self.assertEqual((steps, os.listdir(folder)), (4, []))
        self.assertTrue(spool.wants())
        spool.delete()


if __name__ == "__main__":
    unittest.main()
