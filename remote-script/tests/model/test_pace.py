"""How often the script works, and that no single step of a pump is long."""
import types
import unittest

from .sets import make_set
from .world import World

from LiveTree.budget import PUMP, SECOND, Budget
from LiveTree.run import FRAME_SIZE, SETTLING
from LiveTree.sweep import PASSED


class PaceTest(unittest.TestCase):
    def make(self, *args, **settings):
        world = World(*args, **settings).mute_sweep()
        self.addCleanup(world.close)
        return world

    def whole_pumps(self, world):
        """Moments of the pumps that do not end at once, from now on."""
        moments, pump = [], world.surface._pump
        world.surface._pump = lambda: moments.append(world.clock.now()) or pump()
        return moments

    def automated(self, count):
        """A Set in which Live moves so many faders by itself; and those faders."""
        world = self.make(make_set(count, 1, 0, devices=0))
        faders = [
            each for each in world.objects('DeviceParameter') if each.where == 'volume' and each.parent.parent.kind == 'track'
        ][:count]
        for each in faders:
            world.edit('automate_parameter', parameter=each.uid)
        world.edit('play')
        world.go(1.0)
        return world, faders

    def test_idle(self):
        """[SCRIPT-330] At rest there are at most eleven whole pumps a second, and they read no more of Live than its song."""
        world = self.make(make_set(30, 10))
        world.go(2.0)
        whole, before = self.whole_pumps(world), world.counters.reads
        world.go(2.0)
        self.assertLessEqual(len(whole), 22)
        self.assertGreater(len(whole), 16)
        self.assertLess(world.counters.reads - before, 10 * 2)

    def test_no_hub(self):
        """[SCRIPT-330] Without a hub the pumps rest too; the first change is read at once all the same."""
        world = self.make()
        world.link.pump = lambda seconds: []
        world.link.state = 'off'
        world.go(1.0)
        whole = self.whole_pumps(world)
        world.go(1.0)
        self.assertLessEqual(len(whole), 22)
        start = len(world.link.frames)
        world.edit('rename_track')
        world.go(0.025)
        self.assertEqual(len(world.link.frames), start + 1)

    def test_motion(self):
        """[SCRIPT-331] What Live moves by itself ends no rest: it is read in turns, at most a thousand values a second."""
        for count, least, most in ((10, 10 * 12, 10 * 21), (100, 600, 1100)):
            world, _ = self.automated(count)
            whole, before, start = self.whole_pumps(world), world.counters.reads, len(world.link.ephemeral)
            world.go(1.0)
            told = [each for each in world.link.ephemeral[start:] if each[0] == 'motion']
            self.assertLessEqual(len(whole), 23)
            self.assertGreater(len(told), least)
            self.assertLess(len(told), most)
            self.assertLess(world.counters.reads - before, most * 4)

    def test_motion_beside_edits(self):
        """[SCRIPT-331] What Live moves by itself is not read more often because something else changes."""
        world, _ = self.automated(100)
        start, before = len(world.link.ephemeral), world.counters.reads
        for _ in range(40):
            world.edit('rename_track')
            world.go(0.025)
        self.assertLess(world.counters.reads - before, 1200 * 4)
        self.assertGreater(len(world.link.ephemeral) - start, 600)

    def test_hand_beside_motion(self):
        """[SCRIPT-331] A hand, a name, and a hand on an automated fader are read in the next pump, whatever moves beside."""
        world, faders = self.automated(40)
        hands = [('set_parameter', {'parameter': each.uid, 'value': 0.5}) for each in faders[:5]]
        for at, (edit, args) in enumerate([('rename_track', {}), ('mute_track', {})] + hands):
            world.go(0.031 + 0.011 * at)
            start = len(world.link.frames)
            world.edit(edit, **args)
            world.go(0.025)
            self.assertEqual(len(world.link.frames), start + 1, edit)

    def test_dragged_scene(self):
        """[SCRIPT-332] A dragged scene makes its own slots be read, not those of all scenes that gave way."""
        tracks = 60
        world = self.make(make_set(tracks, 40, 0.1, devices=0))
        scenes = world.live.world.song.kids['scenes']
        before = world.counters.reads
        world.edit('move_scene', scene=scenes[0].uid, index=35)
        world.quiet()
        self.assertEqual(world.differences(), [])
        self.assertLess(world.counters.reads - before, tracks * 30)

    def test_dead_in_parts(self):
        """[SCRIPT-333] Whatever is deleted, what is left of it is put away in parts: no pump is over its 4 ms and a step."""
        world = self.make(make_set(4, 150, 0.1, devices=12, parameters=100))
        report, track = world.surface._report, world.live.world.song.kids['tracks'][1]
        world.go(1.5)
        drops, drop, forget = [0], world.run.lists.drop, world.run.slots.forget
        per_pump, pump = [], world.surface._pump

        def counted(call):
            return lambda *args: drops.__setitem__(0, drops[0] + 1) or slow(world) or call(*args)

        def watched():
            drops[0] = 0
            pump()
            per_pump.append(drops[0])

        world.run.lists.drop, world.run.slots.forget = counted(drop), counted(forget)
        world.surface._pump = watched
        report._pumps.clear()
        world.edit('delete_track', track=track.uid)
        world.quiet()
        self.assertGreater(sum(per_pump), 1300)
        self.assertLess(max(per_pump), 200)
        self.assertLess(max(report._pumps), PUMP)
        self.assertEqual(world.differences(), [])
        self.assertEqual(world.surface.self_report()['stats']['forced'], 0)

    def test_large_frame(self):
        """[SCRIPT-334] A frame of more than a thousand values is written in a pump that has read for at most 1 ms."""
        world = self.make(make_set(450, 1, 0, devices=0))
        world.go(1.0)
        sizes, take = [], world.run.statement.take

        def watched(*args):
            sizes.append((world.run.statement.size, world.clock.perf() - world.surface._budget.started))
            return take(*args)

        world.run.statement.take = watched
        world.edit('add_return')
        world.quiet()
        large = [spent for size, spent in sizes if size > FRAME_SIZE]
        self.assertGreater(len(large), 0)
        self.assertLess(max(large), SETTLING + 0.0001)
        self.assertEqual(world.differences(), [])

    def test_new_things_whole(self):
        """[SCRIPT-337] A new track or device comes in one frame though one pump has no time for all of it."""
        world = self.make()
        fast = world.clock.perf
        for edit, args, kinds in (
            ('add_midi_track', {}, {'track', 'send'}), ('add_device', {'class_name': 'Eq8'}, {'device'}),
        ):
            start, looks = len(world.link.frames), [0]

            def perf():
                looks[0] += 1
                return looks[0] * 0.0004

            world.clock.perf = perf
            world.edit(edit, **args)
            world.quiet()
            world.clock.perf = fast
            nodes = [frame['nodes'] for frame in world.link.frames[start:] if 'nodes' in frame]
            found = [set(each['kind'] for each in some.values()) - {'parameter'} for some in nodes]
            self.assertEqual([each for each in found if each], [kinds], edit)

    def test_sweep_passes(self):
        """[SCRIPT-335] One step of the sweep looks through a limited number of things, also of those that have no turn."""
        world = World()
        self.addCleanup(world.close)
        looked = [0]

        class Unread(object):
            filled = False

            @property
            def gone(self):
                looked[0] += 1
                return False

        sweep = world.run.sweep
        sweep._registry = types.SimpleNamespace(by_handle=dict((each, Unread()) for each in range(1000)))
        sweep.hurry()
        steps = 0
        while sweep.is_urgent:
            before = looked[0]
            sweep.step()
            steps += 1
            self.assertLessEqual(looked[0] - before, PASSED)
        self.assertEqual(looked[0], 1000)
        self.assertGreater(steps, 9)

    def test_audit_parts(self):
        """[SCRIPT-335] The audit compares a long list in parts, and finds what differs in the last of them."""
        world = self.make(make_set(120, 1, 0, devices=0))
        audit, song = world.run.audit, world.run.song
        steps = list(audit._look(song))
        self.assertGreater(len(steps), 1)
        self.assertEqual(audit._suspects, [])
        song.lists['tracks'] = song.lists['tracks'][:-2] + song.lists['tracks'][:-3:-1]
        list(audit._look(song))
        self.assertEqual([each[4] for each in audit._suspects], [['tracks']])


def slow(world):
    """A little work, on the clock of the budget."""
    for _ in range(2):
        world.clock.perf()


class Clock(object):
    """A clock that only moves when told."""

    def __init__(self):
        self.at = self.worked = 0.0

    def now(self):
        return self.at

    def perf(self):
        return self.worked


class SecondTest(unittest.TestCase):
    def test_whole_second(self):
        """[SCRIPT-336] Changes, background and link together stay within 50 ms of any second, however much there is to do."""
        clock = Clock()
        budget, spent = Budget(clock), []
        for _ in range(400):
            began, has_news = clock.worked, False
            if budget.begin(False) > 0:
                clock.worked = max(clock.worked, budget.deadline() + 0.0002)
                budget.changes_read(True)
                before = clock.worked
                if budget.background > 0:
                    clock.worked = max(clock.worked, budget.background_deadline()) + 0.0002
                budget.took_in_background(clock.worked - before)
                has_news = True
            if budget.may_talk(has_news):
                clock.worked += min(0.0003, budget.left_to_talk())
            budget.end(False)
            spent.append(clock.worked - began)
            clock.at += 0.01
        self.assertLessEqual(max(spent), PUMP + 0.001)
        self.assertLessEqual(max(sum(spent[at:at + 100]) for at in range(300)), SECOND)
        self.assertGreater(sum(spent[200:300]), SECOND * 0.6)


if __name__ == '__main__':
    unittest.main()
