"""A copy of the Remote Script with what its tests need, in a temporary folder, and runs of tests in it."""
import collections
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
COPIED = ('remote-script', 'live-simulator', 'fixtures', 'packages/protocol/fixtures')
LINKED = ('node_modules',)  # the server of `ws` for one test; not copied
# Looks at the list of faults itself, and would fail for any change.
LEFT_OUT = ('model.test_planted_faults',)
FAILURE = re.compile(r'^(?:FAIL|ERROR): (\w+) \(([\w.]+)\)[^\n]*(?:\n(\[SCRIPT-\d+\]))?', re.MULTILINE)

# `caught`: the test that failed, for people; None when none did. `test`: its name for unittest, None where the run did
# not end. `is_broken`: no test could even be loaded.
Outcome = collections.namedtuple('Outcome', 'caught test is_broken text')


class Bench(object):
    """One copy of the script with what its tests need. `close` deletes it."""

    def __init__(self):
        self._folder = tempfile.mkdtemp(prefix='livetree-mutate-')
        self._process = None
        skip = shutil.ignore_patterns('__pycache__', '*.pyc')
        for name in COPIED:
            if os.path.isdir(os.path.join(ROOT, name)):
                shutil.copytree(os.path.join(ROOT, name), os.path.join(self._folder, name), ignore=skip)
        for name in LINKED:
            if os.path.isdir(os.path.join(ROOT, name)):
                os.symlink(os.path.join(ROOT, name), os.path.join(self._folder, name))

    @property
    def script(self):
        """The folder of the script's package."""
        return os.path.join(self._folder, 'remote-script', 'LiveTree')

    def modules(self):
        """All test modules, as `model.test_values`."""
        found = []
        tests = os.path.join(self._folder, 'remote-script', 'tests')
        for part in sorted(os.listdir(tests)):
            names = os.listdir(os.path.join(tests, part)) if os.path.isdir(os.path.join(tests, part)) else []
            found += ['%s.%s' % (part, name[:-3]) for name in sorted(names) if re.match(r'test_\w+\.py$', name)]
        return [name for name in found if name not in LEFT_OUT]

    def run(self, modules, limit):
        """Runs test modules until the first failure."""
        with tempfile.TemporaryFile() as output:
            names = [name if name.startswith('tests.') else 'tests.' + name for name in modules]
            is_over = self._run(names, limit, output)
            output.seek(0)
            text = output.read().decode('utf-8', 'replace')
        if not is_over:
            return Outcome('no end within %d s: %s' % (limit, ', '.join(modules)), None, False, text)
        return judge(text)

    def _run(self, modules, limit, output):
        environ = dict((name, value) for name, value in os.environ.items() if not name.startswith('LIVETREE_'))
        environ.update(PYTHONDONTWRITEBYTECODE='1', PYTHONHASHSEED='0')
        self._process = subprocess.Popen(
            [sys.executable, '-m', 'unittest', '-f'] + modules, cwd=os.path.join(self._folder, 'remote-script'),
            env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )
        try:
            self._process.wait(limit)
            return True
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.stop()

    def stop(self):
        """Ends the tests and whatever processes a failed test left."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            pass  # nobody is left
        process.wait()

    def close(self):
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def judge(text):
    """What the output of a run of unittest says."""
    found = FAILURE.search(text)
    if found is not None:
        test, place, rule = found.groups()
        names = place.split('.')
        where = '.'.join(names[:-1] if names[-1] == test else names)  # Python 3.11 names the test twice
        told = ' '.join(filter(None, (rule, where, test)))
        name = where if test.startswith('setUp') else where + '.' + test
        return Outcome(told, name, '_FailedTest' in place, text)
    if re.search(r'^OK\b', text, re.MULTILINE):
        return Outcome(None, None, False, text)
    return Outcome('the tests crashed', None, True, text)
