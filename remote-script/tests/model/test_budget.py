import gc
import unittest

from .sets import make_set
from .world import World

from live_simulator.edits.pick import CannotPick

from LiveTree.budget import FIRST_SECOND, IDLE_SECOND, PUMP, SECOND, Budget


class Clock(object):
    """A clock that only moves when told."""

    def __init__(self):
        self.at = 0.0
        self.worked = 0.0

    def now(self):
        return self.at

    def perf(self):
        return self.worked

    def wall(self):
        return self.at


class BudgetTest(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.budget = Budget(self.clock)

    def pumps(self, seconds, work, is_first=False, backlog=False):
        """Pumps every 10 ms that would take `work` seconds; what they took in all."""
        spent = 0.0
        for _ in range(int(seconds * 100)):
            took = min(work, self.budget.begin(is_first))
            self.clock.worked += took
            spent += self.budget.end(backlog)
            self.clock.at += 0.01
        return spent

    def test_limits(self):
        """[SCRIPT-73] A pump may take 4 ms, a second 50 ms, and 200 ms while the Set is first read."""
        self.assertLessEqual(self.budget.begin(False), PUMP)
        self.assertLessEqual(self.pumps(1.0, 1.0), SECOND + PUMP)
        self.clock.at += 2.0
        first = self.pumps(1.0, 1.0, is_first=True)
        self.assertLessEqual(first, FIRST_SECOND + PUMP)
        self.assertGreater(first, SECOND * 2)

    def test_light_mode(self):
        """[SCRIPT-74] Over budget for 5 s is light mode; it ends by itself after 5 s without backlog."""
        self.pumps(4.5, 0.004, backlog=True)
        self.assertFalse(self.budget.is_light)
        self.pumps(1.0, 0.004, backlog=True)
        self.assertTrue(self.budget.is_light)
        self.pumps(4.5, 0.0)
        self.assertTrue(self.budget.is_light)
        self.pumps(1.0, 0.0)
        self.assertFalse(self.budget.is_light)

    def in_background(self, is_first):
        """A second of pumps that do nothing but background work; the seconds it took."""
        taken = 0.0
        for _ in range(100):
            self.budget.begin(is_first)
            self.budget.changes_read()
            taken += self.budget.background
            self.clock.worked += self.budget.background
            self.budget.took_in_background(self.budget.background)
            self.budget.end(True)
            self.clock.at += 0.01
        return taken

    def test_background_share(self):
        """[SCRIPT-309] Background work takes at most half; what the first reading took in its last second is forgiven."""
        self.assertGreater(self.in_background(True), SECOND * 2)
        self.assertGreater(self.budget.begin(False), 0.0)
        self.budget.end(False)
        self.clock.at += 2.0
        self.assertLessEqual(self.in_background(False), SECOND / 2 + PUMP)
        self.assertGreater(self.budget.begin(False), 0.0)

    def test_idle_share(self):
        """[SCRIPT-301] However much idle pumps cost by themselves, sweep and audit get a millisecond of any second."""
        looked = []
        for _ in range(300):
            self.budget.begin(False)
            self.clock.worked += 0.0002
            deadline = self.budget.idle_deadline()
            if deadline > self.clock.worked:
                looked.append((self.clock.at, deadline - self.clock.worked))
                self.clock.worked = deadline
            self.budget.end(False, True)
            self.clock.at += 0.01
        last = sum(each for at, each in looked if at >= 2.0)
        self.assertGreater(last, 0.0009)
        self.assertLess(last, 0.002)

    def test_changes_share(self):
        """[SCRIPT-305] Though pumps by themselves use the second up, changes get a millisecond of each tenth of it."""
        gaps, last, talks = [], 0.0, 0
        for _ in range(300):
            allowed = self.budget.begin(False)
            self.clock.worked += min(allowed, 0.0003)
            if allowed > 0:
                gaps.append(self.clock.at - last)
                last = self.clock.at
            self.budget.changes_read()
            if self.budget.may_talk():
                talks += 1
                self.clock.worked += 0.002
            self.budget.end(False)
            self.clock.at += 0.01
        self.assertLess(max(gaps), 0.1)
        self.assertLess(talks, 3 * 30)
        self.assertLess(self.budget.per_second(), SECOND)


class WorkTest(unittest.TestCase):
    def test_collector(self):
        """[SCRIPT-310] While the Set is first read Python's collector never finds more than one pump has made."""
        world = World(make_set(40, 40, 0.2), quiet=False)
        self.addCleanup(world.close)
        pump, found = world.surface._pump, []

        def watched_pump():
            pump()
            if world.run.walk.is_walking():
                found.append(len(gc.get_objects()))

        gc.freeze()
        world.surface._pump = watched_pump
        world.quiet()
        self.assertGreater(len(found), 20)
        self.assertLess(max(found), 5000)

    def test_dear_pumps(self):
        """[SCRIPT-305] What changed is stated within a quarter of a second though the link alone uses the second up."""
        world = World().mute_sweep()
        self.addCleanup(world.close)
        ticker, pump = world.clock.perf, world.link.pump
        dear = [0.0]
        world.clock.perf = lambda: ticker() + dear[0]

        def dear_pump(budget_seconds):
            dear[0] += 0.003
            return pump(budget_seconds)

        world.link.pump = dear_pump
        world.surface._rest_seconds = lambda: 0.0
        world.go(2.0)
        for _ in range(8):
            start = len(world.link.frames)
            world.edit('rename_track')
            world.go(0.25)
            self.assertGreater(len(world.link.frames), start)
        self.assertEqual(world.quiet().differences(), [])

    def test_rest(self):
        """[SCRIPT-300] While nothing happens most pumps do nothing; the first mark ends the rest at once."""
        world = World().mute_sweep()
        self.addCleanup(world.close)
        world.go(1.0)
        whole = []
        pump = world.surface._pump
        world.surface._pump = lambda: whole.append(world.clock.now()) or pump()
        before = world.surface._report.pumps
        world.go(1.0)
        self.assertGreater(world.surface._report.pumps - before, 80)
        self.assertLess(len(whole), 20)
        self.assertGreater(len(whole), 8)
        start = len(world.link.frames)
        world.edit('rename_track')
        world.go(0.025)
        self.assertEqual(len(world.link.frames), start + 1)

    def test_cost(self):
        """[SCRIPT-308] The simulator measures what the script takes of Live's thread: pumps, listeners, whole seconds."""
        world = World().mute_sweep()
        self.addCleanup(world.close)
        world.live.cost.begin()
        world.go(2.05)
        for _ in range(5):
            world.edit('rename_track')
        found = world.live.cost.end()
        self.assertGreater(found['pump']['count'], 150)
        self.assertGreaterEqual(found['listener']['count'], 5)
        self.assertEqual(found['second']['count'], 2)
        self.assertGreater(found['pump']['p50'], 0)
        self.assertGreaterEqual(found['pump']['max'], found['pump']['p99'])
        self.assertLess(found['second']['total'], found['pump']['total'] + found['tick']['total'])
        before = world.live.cost.end()
        world.go(1.0)
        self.assertEqual(world.live.cost.end(), before)

    def test_idle(self):
        """[SCRIPT-75] In idle time sweep and audit stay within their share, and nothing is stated but hashes."""
        world = World(make_set(12, 12))
        self.addCleanup(world.close)
        world.go(2.0)
        start = len(world.link.frames)
        idle = world.surface._budget._idle
        worst = 0.0
        for _ in range(40):
            world.go(0.1)
            worst = max(worst, IDLE_SECOND - idle.left(world.clock.now(), IDLE_SECOND))
        self.assertLess(worst, IDLE_SECOND + 0.002)  # one step more than the share at most
        for frame in world.link.frames[start:]:
            self.assertEqual(set(frame) - {'run', 'seq', 'time', 'audit'}, set())

    def test_light(self):
        """[SCRIPT-76] In light mode structure, names, mixer and transport go on; the rest is read when it ends."""
        world = World().mute_sweep()
        self.addCleanup(world.close)
        budget = world.surface._budget
        budget._judge = lambda now, backlog: None
        budget.is_light = True
        start = len(world.link.frames)
        clip = world.objects('Clip')[0]
        world.edit('color_clip', clip=clip.uid)
        world.edit('mute_track')
        world.edit('rename_track')
        world.go(0.3)
        names = set(name for frame in world.link.frames[start:] for name, _ in frame.get('names', []))
        self.assertEqual(names, {'track_muted', 'track_renamed'})
        self.assertFalse(world.surface.is_quiet())
        self.assertEqual(world.surface.self_report()['stats']['setAside'], 1)
        del budget._judge
        budget.is_light, budget._calm_since = True, world.clock.now() - 10
        world.go(0.3)
        world.quiet()
        self.assertEqual(world.differences(), [])

    def test_stages(self):
        """[SCRIPT-77] The first reading goes by stages: tracks and scenes, devices, parameters, clips, empty slots."""
        world = World(make_set(10, 10), quiet=False)
        self.addCleanup(world.close)
        parts = []
        perform = world.run.walk._perform
        world.run.walk._perform = lambda subject, part: parts.append((subject.kind, part)) or perform(subject, part)
        world.quiet()
        order = ['track', 'device', 'parameter', 'clip', 'clip slot']
        begun = [kind for kind, part in parts if part in ('base', 'empty')]
        first = [parts.index((each, 'empty' if each == 'clip slot' else 'base')) for each in order]
        self.assertEqual(begun[0], 'song')
        last_track = max(i for i, (kind, part) in enumerate(parts) if (kind, part) == ('track', 'base'))
        last_clip = max(i for i, (kind, part) in enumerate(parts) if (kind, part) == ('clip', 'base'))
        self.assertEqual(first, sorted(first))
        self.assertLess(last_track, first[1])
        self.assertLess(last_clip, first[4])

    def test_limit_of_listeners(self):
        """[SCRIPT-78] Over the limit of listeners slots and clips are swept instead; this is counted and shown."""
        world = World(make_set(6, 30, 0.2), maxListeners=300)
        self.addCleanup(world.close)
        self.assertGreater(world.surface.self_report()['stats']['sweptSlots'], 100)
        for _ in range(10):
            try:
                world.edit('draw_clip')
                world.edit('rename_clip')
            except CannotPick:
                continue
        world.go(20.0)
        world.quiet()
        self.assertEqual(world.differences(), [])

    def test_eight_a_clip(self):
        """[SCRIPT-79] A clip has at most eight listeners, a slot one."""
        world = World(make_set(4, 4))
        self.addCleanup(world.close)
        for thing in world.run.registry.by_handle.values():
            if thing.kind == 'clip' and thing.details is None:
                self.assertLessEqual(len(thing.tokens), 8)
                self.assertGreater(len(thing.tokens), 5)
        for slot in world.objects('ClipSlot'):
            self.assertLessEqual(sum(len(kept) for kept in (slot.listeners or {}).values()), 1)

    def test_waits_for_room(self):
        """[SCRIPT-80] While the link has no room the reading of the Set waits; changes are stated all the same."""
        world = World(make_set(8, 8), quiet=False)
        self.addCleanup(world.close)
        world.go(0.05)
        world.link.room_bytes = 0
        done = world.run.walk.progress()['done']
        world.go(0.5)
        self.assertLessEqual(world.run.walk.progress()['done'] - done, 5)
        world.link.room_bytes = 1 << 23
        world.quiet()
        self.assertEqual(world.differences(), [])


if __name__ == '__main__':
    unittest.main()
