import ast
import glob
import os
import unittest

WIRE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "LiveTree", "wire")
FILES = sorted(glob.glob(os.path.join(WIRE, "*.py")))
# Modules seen in Live's Python; `fcntl` and `msvcrt` are guarded, since one of them is missing everywhere.
MODULES = set("base64 binascii codecs collections errno hashlib io json math os random socket struct sys".split())
GUARDED = {"fcntl", "msvcrt"}
BLOCKING = set("connect settimeout sleep fsync sendall makefile create_connection gethostbyname input system".split())


def tree(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8")


class Python(unittest.TestCase):
    def test_syntax(self):
        """[SCRIPT-34] every file is Python 3.7"""
        self.assertGreater(len(FILES), 10)
        for path in FILES:
            try:
                ast.parse(tree(path), path, feature_version=(3, 7))
            except TypeError:
                ast.parse(tree(path), path)  # a Python 3.7, which knows no later syntax

    def test_imports(self):
        """[SCRIPT-34] nothing but the standard library's modules that Live has, and itself"""
        for path in FILES:
            for node in ast.walk(ast.parse(tree(path))):
                if isinstance(node, ast.Import):
                    names = {alias.name for alias in node.names}
                    self.assertLessEqual(names, MODULES | GUARDED, path)
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    self.assertIn(node.module, MODULES, path)

    def test_blocking(self):
        """[SCRIPT-34] no call that blocks"""
        for path in FILES:
            for node in ast.walk(ast.parse(tree(path))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    own = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "self"
                    self.assertFalse(name in BLOCKING and not own, "%s:%d %s" % (path, node.lineno, name))
                    if name == "setblocking":
                        self.assertIs(node.args[0].value, False)

    def test_sizes(self):
        """[SCRIPT-34] files of at most 400 lines, functions of at most 60"""
        for path in FILES:
            self.assertLessEqual(len(tree(path).splitlines()), 400, path)
            for node in ast.walk(ast.parse(tree(path))):
                if isinstance(node, ast.FunctionDef):
                    last = max(getattr(each, "lineno", 0) for each in ast.walk(node))
                    self.assertLessEqual(last - node.lineno, 60, "%s %s" % (path, node.name))


if __name__ == "__main__":
    unittest.main()
