import json
import os
import unittest

from livetree_wire import settings

from .support import Folder


class Settings(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(self).path
        self.logged = []

    def load(self, text=None, platform="linux", **environ):
        if text is not None:
            with open(os.path.join(self.folder, "settings.json"), "wb") as file:
                file.write(text if isinstance(text, bytes) else json.dumps(text).encode())
        environ.setdefault("HOME", os.path.join("/", "users", "ana"))
        return settings.load(self.folder, self.logged.append, environ, platform)

    def test_defaults(self):
        """[SCRIPT-33] without file and environment: the ports of the hub and of commands, limits, a local folder"""
        found = self.load()
        self.assertEqual(found.ports, [8765, 8766, 8767, 8768, 8769])
        self.assertEqual(found.command_ports, [9001, 9002, 9003, 9004, 9005])
        self.assertEqual((found.memory_bytes, found.spool_bytes), (8 << 20, 64 << 20))
        self.assertEqual(self.logged, [])

    def test_folders(self):
        """[SCRIPT-33] the spool lies in the local folder of each system"""
        home = os.path.join("/", "users", "ana")
        mac = os.path.join(home, "Library", "Application Support", "LiveTree")
        self.assertEqual(self.load(platform="darwin").spool_dir, mac)
        windows = self.load(platform="win32", LOCALAPPDATA="C:\\Local").spool_dir
        self.assertEqual(windows, os.path.join("C:\\Local", "LiveTree"))
        self.assertEqual(self.load().spool_dir, os.path.join(home, ".local", "state", "livetree"))
        self.assertEqual(self.load(XDG_STATE_HOME="/state").spool_dir, os.path.join("/state", "livetree"))

    def test_order(self):
        """[SCRIPT-33] the environment wins over the file"""
        text = {"ports": [7000], "commandPorts": "7001-7003", "spoolDir": "/in/file", "sweepMs": 3, "memoryMb": 2}
        found = self.load(text)
        self.assertEqual((found.ports, found.command_ports, found.spool_dir), ([7000], [7001, 7002, 7003], "/in/file"))
        self.assertEqual((found.get("sweepMs"), found.get("other", 5), found.memory_bytes), (3, 5, 2 << 20))
        found = self.load(LIVETREE_PORTS="41234", LIVETREE_COMMAND_PORTS="0", LIVETREE_SPOOL_DIR="")
        self.assertEqual((found.ports, found.command_ports, found.spool_dir), ([41234], [0], ""))

    def test_broken_files(self):
        """[SCRIPT-33] a broken file is logged in one line, and defaults are used"""
        for text in (b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100000, b"null"):
            del self.logged[:]
            self.assertEqual(self.load(text).ports[0], 8765)
            self.assertEqual(len(self.logged), 1, text[:10])
        os.remove(os.path.join(self.folder, "settings.json"))
        os.mkdir(os.path.join(self.folder, "settings.json"))
        del self.logged[:]
        self.assertEqual((self.load().ports[0], len(self.logged)), (8765, 1))

    def test_byte_order_mark(self):
        """[SCRIPT-33] a file that Windows' editor saved is read"""
        self.assertEqual(self.load(b'\xef\xbb\xbf{"ports": "7000"}').ports, [7000])

    def test_broken_values(self):
        """[SCRIPT-33] a wrong value is logged with its name, and the default is used"""
        text = {"ports": "many", "commandPorts": [True], "spoolDir": 5, "memoryMb": 0, "spoolMb": "x", "frameKb": 99999}
        found = self.load(text)
        self.assertEqual((found.ports[0], found.command_ports[0], found.memory_bytes), (8765, 9001, 8 << 20))
        for name in text:
            said = [line for line in self.logged if line.startswith(name + ":") or name + " must" in line]
            self.assertEqual(len(said), 1, (name, self.logged))

    def test_ports(self):
        """[SCRIPT-33] ports are single, a range, a list or numbers, each once; anything else is none"""
        good = {"8765": [8765], "8765-8767": [8765, 8766, 8767], " 1, 2-3 ,2": [1, 2, 3], "0": [0]}
        for text, ports in good.items():
            self.assertEqual(settings.parse_ports(text), ports)
        self.assertEqual(settings.parse_ports([1, "2"]), [1, 2])
        bad = ("", "-1", "70000", "1-", "2-1", "1-65535", "x", "1.5", "\u0661", "99999999999", None, {}, [1.5], [[]])
        for value in bad:
            self.assertEqual(settings.parse_ports(value), [], value)


if __name__ == "__main__":
    unittest.main()
