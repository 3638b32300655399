"""The script in Live: instances, loading, and the process with its control channel."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from support import ROOT, Case, live, song_of

from live_simulator.documents import Documents

PROBE = '''"""A script that notes what happens to it."""
import os

from . import clock

made = []


def create_instance(c_instance):
    return Probe(c_instance)


class Probe(object):
    def __init__(self, c_instance):
        self.c_instance = c_instance
        self.ticks = 0
        self.gone = False
        self.songs = [c_instance.song()._live_ptr]
        self.at = clock.now()
        self.quiet = True
        c_instance.show_message('hello')
        c_instance.log_message('made')
        if os.environ.get('LIVETREE_TEST_PRINTS'):
            print('a script prints')
        c_instance.song().add_tempo_listener(self.hear)
        made.append(self)

    def hear(self):
        pass

    def update_display(self):
        self.ticks += 1
        pointer = self.c_instance.song()._live_ptr
        if pointer != self.songs[-1]:
            self.songs.append(pointer)

    def is_quiet(self):
        return self.quiet

    def self_report(self):
        return {'ticks': self.ticks}

    def disconnect(self):
        self.gone = True
        song = self.c_instance.song()
        if song.tempo_has_listener(self.hear):
            song.remove_tempo_listener(self.hear)
'''
CLOCK = '''def now():
    return -1.0


wall = perf = now
'''


class Script(object):
    """A folder with the probe; close() takes it away."""

    def __init__(self):
        self.root = tempfile.mkdtemp()
        self.folder = os.path.join(self.root, 'LiveTreeProbe%d' % id(self))
        os.mkdir(self.folder)
        for name, text in (('__init__.py', PROBE), ('clock.py', CLOCK)):
            with open(os.path.join(self.folder, name), 'w') as file:
                file.write(text)

    def close(self):
        sys.path[:] = [p for p in sys.path if p != self.root]
        shutil.rmtree(self.root)


class Instances(Case):
    def setUp(self):
        Case.setUp(self)
        self.probe = Script()
        self.addCleanup(self.probe.close)

    def test_one(self):
        """[SIM-81] The script is built once, gets the song, ticks, and the clock of the simulator."""
        self.live.script(self.probe.folder)
        one = self.live.host.package.made[0]
        self.live.run(1.0)
        self.assertEqual((one.songs, one.at), ([self.world.song.ptr], 0.0))
        self.assertTrue(9 <= one.ticks <= 11)
        self.assertEqual((self.live.host.messages, self.world.counters.messages), (['hello'], 1))

    def test_parent_folder(self):
        """[SIM-82] --script may name the folder of the script or the one around it."""
        self.live.script(self.probe.root)
        self.assertEqual(len(self.live.host.instances), 1)

    def test_dead_first(self):
        """[SIM-101] With `dead_first` the old song is gone when disconnect is called; else it still lives."""
        for faults, alive in (('none', True), ('none,dead_first', False)):
            made = live(faults=faults)
            made.script(self.probe.folder)
            old = song_of(made)
            seen = []
            made.host.instances[-1].disconnect = lambda: seen.append(bool(old))
            Documents(made).open({'seconds': 0.1}, lambda answer: seen.append(answer['how']))
            made.run(1.0)
            self.assertEqual((seen, len(made.host.instances)), ([alive, 'rebuild'], 1))

    def test_two(self):
        """[SIM-83] With `two_instances` a second one is built at start and the first is disconnected soon after."""
        self.world.faults.set('two_instances', True)
        self.live.script(self.probe.folder)
        made = self.live.host.package.made
        most = 0
        for _ in range(12):
            self.live.run(0.1)
            most = max(most, len(self.live.host.instances))
        self.assertEqual((len(made), most, made[0].gone, made[1].gone), (2, 2, True, False))
        self.assertEqual(self.live.host.instances, [made[1]])

    def test_broken(self):
        """[SIM-84] A script that raises while it is built is logged; Live goes on without it."""
        with open(os.path.join(self.probe.folder, '__init__.py'), 'w') as file:
            file.write('def create_instance(c):\n    raise ValueError("on purpose")\n')
        self.live.script(self.probe.folder)
        self.live.run(0.5)
        self.assertEqual((self.live.host.instances, self.world.counters.tick_exceptions), ([], 1))

    def test_nothing_left(self):
        """[SIM-85] close() disconnects every instance; what listeners are left is counted."""
        self.live.script(self.probe.folder)
        self.assertEqual(self.world.counters.listeners, 1)
        self.live.close()
        self.assertEqual((self.world.counters.listeners, self.live.host.package.made[0].gone), (0, True))


class Process(unittest.TestCase):
    """The real process, over its pipes."""

    def setUp(self):
        self.probe = Script()
        self.addCleanup(self.probe.close)
        self.count = 0

    def start(self, *more):
        env = dict(os.environ, PYTHONPATH=ROOT, LIVETREE_TEST_PRINTS='1')
        command = [sys.executable, '-m', 'live_simulator', '--control', '--script', self.probe.folder] + list(more)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env, universal_newlines=True)
        self.addCleanup(self.end, self.process)

    def end(self, process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            try:
                pipe.close()
            except OSError:
                pass

    def ask(self, do, **message):
        self.count += 1
        message.update({'id': self.count, 'do': do})
        self.process.stdin.write(json.dumps(message) + '\n')
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        self.assertEqual(answer['id'], self.count)
        return answer

    def good(self, do, **message):
        answer = self.ask(do, **message)
        self.assertTrue(answer['ok'], answer)
        return answer['result']

    def test_commands(self):
        """[SIM-86] Every command is answered by one line: edits with uid and time, unknown ones with an error."""
        self.start()
        answer = self.ask('edit', name='rename_track', args={'track': {'index': 1}, 'name': 'Ünïcode 日本'})
        self.assertTrue(answer['ok'] and answer['at'] > 1.6e12)
        names = [t['props']['name'] for t in self.good('truth')['lists']['tracks']]
        self.assertEqual(names[1], 'Ünïcode 日本')
        for do, message in (('dance', {}), ('edit', {'name': 'dance'}),
                            ('edit', {'name': 'mute_track', 'args': {'track': {'index': 77}}})):
            self.assertFalse(self.ask(do, **message)['ok'])
        self.assertIn('rename_track', self.good('edits'))
        self.assertEqual(self.good('quiet', truth=True)['truth']['kind'], 'song')
        self.assertEqual(self.good('counters')['edits'], 2)
        self.assertEqual(self.good('faults', set='none,reuse=0.25')['reuse'], 0.25)
        self.assertEqual(self.good('tick', n=3), None)
        self.assertGreaterEqual(self.good('status')['report']['ticks'], 3)
        self.assertFalse(self.good('state')['playing'])
        self.assertEqual(self.good('disconnect'), {'listeners': 0, 'timers': 0})

    def test_quit(self):
        """[SIM-87] quit disconnects the script and ends with 0; a crash ends at once, without disconnect."""
        self.start()
        self.good('quit')
        self.assertEqual(self.process.wait(20), 0)
        self.start()
        self.good('crash')
        self.assertEqual(self.process.wait(20), 70)

    def test_not_json(self):
        """[SIM-88] A line that is no JSON gets an error; the process lives."""
        self.start()
        self.process.stdin.write('what?\n')
        self.process.stdin.flush()
        self.assertFalse(json.loads(self.process.stdout.readline())['ok'])
        self.assertIsNone(self.good('stall', seconds=0.1))

    def test_open(self):
        """[SIM-89] Opening a Set builds a new instance, or swaps the song under the living one, as asked."""
        self.start('--speed', 'max')
        self.assertEqual(self.good('open', how='survive')['how'], 'survive')
        self.good('wait', seconds=0.5)
        self.assertEqual(self.good('status')['instances'], 1)
        ticks = self.good('status')['report']['ticks']
        self.assertEqual(self.good('open', how='rebuild')['how'], 'rebuild')
        self.assertLess(self.good('status')['report']['ticks'], max(ticks, 2))
        self.assertFalse(self.ask('open', path='/no/such/file.als')['ok'])
        self.assertEqual(len(self.good('truth')['lists']['tracks']), 4)

    def test_musician(self):
        """[SIM-90] A musician with a rate plays by itself, rests while quiet is waited for, and obeys `steps`."""
        self.start('--speed', 'max', '--musician', 'editing', '--rate', '50', '--seed', '7')
        self.good('wait', seconds=2.0)
        first = self.good('counters')['edits']
        self.assertGreater(first, 40)
        answer = self.good('quiet', truth=True)
        self.assertEqual(answer['truth']['kind'], 'song')
        self.good('musician', rate=0, steps=5)
        self.assertGreaterEqual(self.good('counters')['edits'], first + 5)

    def test_scenario(self):
        """[SIM-91] A scenario file is carried out line by line, each after its time."""
        path = os.path.join(self.probe.root, 'play.jsonl')
        with open(path, 'w') as file:
            file.write('# a comment\n{"id": "a", "do": "edit", "name": "set_tempo", "args": {"tempo": 99}}\n'
                       '{"id": "b", "after": 1.5, "do": "edit", "name": "add_scene"}\n')
        self.start('--speed', 'max', '--scenario', path)
        answers = [json.loads(self.process.stdout.readline()) for _ in range(2)]
        self.assertEqual([a['id'] for a in answers], ['a', 'b'])
        truth = self.good('truth')
        self.assertEqual((truth['props']['tempo'], len(truth['lists']['scenes'])), (99.0, 4))

    def test_speed(self):
        """[SIM-92] With --speed max an hour passes in seconds; with 20, twenty times as fast as real time."""
        self.start('--speed', 'max')
        before = self.good('status')['now']
        self.good('wait', seconds=60.0)
        self.assertGreaterEqual(self.good('status')['now'] - before, 60.0)
        self.assertGreater(self.good('status')['report']['ticks'], 550)


    def test_signals(self):
        """[SIM-95] SIGTERM and Ctrl-C quit as a user quits: the script is disconnected, the exit code is 0."""
        if os.name == 'nt':
            self.skipTest('no such signals')
        for number in (signal.SIGTERM, signal.SIGINT):
            self.start()
            self.good('tick')
            self.process.send_signal(number)
            self.assertEqual(self.process.wait(20), 0)
            self.assertIn('a script prints', self.process.stderr.read())


class Loading(Case):
    def test_song_swapped(self):
        """[SIM-93] Under a living instance the old song is dead and song() gives another one."""
        old = self.song
        self.world.kill(self.world.song)
        self.live.build()
        self.assertTrue(old == None)  # noqa: E711
        self.assertNotEqual(song_of(self.live)._live_ptr, 0)
        self.assertEqual(len(song_of(self.live).tracks), 4)

    def test_two_worlds(self):
        """[SIM-94] A second Live in the same process takes the package over, in its own version."""
        import Live
        self.assertEqual(Live.Application.get_application().get_version_string(), '12.3.6')
        live('11.0.0')
        app = Live.Application.get_application()
        self.assertEqual((app.get_major_version(), app.get_minor_version()), (11, 0))
        self.assertFalse(hasattr(app, 'get_version_string'))
        self.assertFalse(hasattr(app.get_document(), 'file_path'))
