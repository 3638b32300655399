import unittest

from .sets import make_set
from .world import World


def silence(world, told):
    """From now on Live says nothing of what `told(obj, event)` picks."""
    notifier = world.live.world.notifier
    tell = notifier.tell
    notifier.tell = lambda obj, event: None if told(obj, event) else tell(obj, event)


def make_slow(world, seconds):
    """Every look at the finest clock costs so much: a pump gets through little, the same on every machine."""
    looks = [0]

    def perf():
        looks[0] += 1
        return looks[0] * seconds

    world.clock.perf = perf


class PlantedTest(unittest.TestCase):
    def make(self, *args, **options):
        world = World(*args, **options)
        self.addCleanup(world.close)
        return world

    def stated(self, world, start, member):
        return [each for frame in world.link.frames[start:] for each in frame.get(member, ())]


class CallbacksTest(PlantedTest):
    def test_only_mark(self):
        """[SCRIPT-151] What Live calls while something changes reads nothing and raises nothing: it only marks."""
        world = self.make(make_set(6, 6))
        calls, reads = world.counters.listener_calls, world.counters.reads
        for name in ('rename_track', 'mute_track', 'color_track', 'move_track', 'duplicate_track', 'add_scene',
                     'move_device', 'draw_clip', 'rename_clip', 'set_tempo', 'select_track', 'delete_track'):
            world.edit(name)
        self.assertGreater(world.counters.listener_calls - calls, 20)
        self.assertEqual(world.counters.reads - reads, 0)
        self.assertEqual(world.counters.callback_exceptions, 0)

    def test_changed_while_read(self):
        """[SCRIPT-152] What changes in Live while a thing is being read for the first time is not missed."""
        world = self.make(quiet=False)
        world.mute_sweep()
        reader, renamed = world.run.reader, []
        read_all = reader.read_all

        def read_then_rename(thing):
            changed = read_all(thing)
            if thing.kind in ('track', 'scene', 'clip') and thing.kind not in renamed:
                renamed.append(thing.kind)
                world.edit('rename_' + thing.kind, name='Renamed', **{thing.kind: thing.obj._o.uid})
            return changed

        reader.read_all = read_then_rename
        world.quiet()
        self.assertEqual(sorted(renamed), ['clip', 'scene', 'track'])
        self.assertEqual(world.differences(), [])


class SilentLiveTest(PlantedTest):
    """Which notifications come with a change, and which do not, is not known of Live: one must do."""

    def setUp(self):
        self.world = self.make(make_set(6, 6)).mute_sweep()

    def settle(self):
        self.world.quiet()
        self.assertEqual(self.world.differences(), [])
        self.assertEqual(self.world.run.lists.forced, 0)

    def test_group(self):
        """[SCRIPT-153] The list of tracks is enough to read again in which group a track lies."""
        group = self.world.edit('group_tracks')
        self.settle()
        silence(self.world, lambda obj, event: event == 'visible_tracks')
        outside = next(each for each in self.world.objects('Track')
                       if each.where == 'tracks' and each.v.get('group') is None and each.uid != group['uid'])
        tracks = self.world.live.world.song.kids['tracks']
        place = [each.uid for each in tracks if each is not outside].index(group['uid']) + 1
        self.world.edit('move_track', track=outside.uid, index=place, group=group['uid'])
        self.settle()

    def test_owner_dies(self):
        """[SCRIPT-154] A living thing whose owner died is looked for where Live says it is, and keeps its handle."""
        rack = next(each for each in self.world.objects('RackDevice') if each.parent.lom == 'Track')
        device = rack.kids['chains'][0].kids['devices'][0]
        other = next(each for each in self.world.objects('Track')
                     if each.where == 'tracks' and each is not rack.parent)
        handle = next(h for h, thing in self.world.run.registry.by_handle.items()
                      if thing.kind == 'device' and thing.obj._o is device)
        silence(self.world, lambda obj, event: obj is other and event == 'devices')
        self.world.edit('move_device', device=device.uid, to=other.uid, index=0)
        self.world.edit('delete_device', device=rack.uid)
        self.settle()
        self.assertIn(handle, self.world.model.props)

    def test_clip_leaves_its_slot(self):
        """[SCRIPT-155] A clip found in another slot is in one slot alone, and in its new row."""
        live = self.world.live.world
        clip = next(each for each in self.world.objects('Clip') if each.where == 'clip')
        left = clip.parent
        track = next(each for each in self.world.objects('Track')
                     if each.where == 'tracks' and each is not left.parent and each.role == clip.role)
        free = next(each for each in live.song.kids['scenes']
                    if each.uid != left.v['_scene'] and live.slot(track, each).kids.get('clip') is None)
        silence(self.world, lambda obj, event: obj is left and event == 'has_clip')
        self.world.edit('move_clip', clip=clip.uid, track=track.uid, scene=free.uid)
        self.settle()

    def test_slots_stay(self):
        """[SCRIPT-156] Should a moved scene leave its slots where they are, every clip is stated in its new row."""
        live = self.world.live.world
        one, other = live.song.kids['scenes'][:2]
        with live.gesture('move scene'):
            live.set_kids(live.song, 'scenes', [other, one] + live.song.kids['scenes'][2:])
            for track in live.song.kids['tracks']:
                self.swap(live.slot(track, one), live.slot(track, other))
        self.settle()

    def swap(self, one, other):
        """Two slots of a track change their scenes."""
        slots = one.parent.kids['slots']
        here, there = one.v['_scene'], other.v['_scene']
        slots[here], slots[there] = other, one
        one.v['_scene'], other.v['_scene'] = there, here


class FramesTest(PlantedTest):
    def test_named(self):
        """[SCRIPT-157] What was added and removed is named so, once, and nothing else is."""
        world = self.make().mute_sweep()
        for added, removed, kind in (
            ('add_midi_track', 'delete_track', 'track'), ('add_scene', 'delete_scene', 'scene'),
            ('add_device', 'delete_device', 'device'), ('add_locator', 'delete_locator', 'locator'),
        ):
            start = len(world.link.frames)
            made = world.edit(added)
            world.quiet()
            self.assertEqual(self.places(world, start, kind), [kind + '_added'], added)
            start = len(world.link.frames)
            world.edit(removed, **{kind: made['uid']})
            world.quiet()
            self.assertEqual(self.places(world, start, kind), [kind + '_removed'], removed)

    def places(self, world, start, kind):
        wanted = (kind + '_added', kind + '_removed', kind + '_moved')
        return [name for name, _ in self.stated(world, start, 'names') if name in wanted]

    def test_end_of_first_snapshot(self):
        """[SCRIPT-158] The first snapshot ends when the whole Set is read: nothing is filled after its end."""
        world = self.make(make_set(8, 8), quiet=False)
        make_slow(world, 0.0001)
        world.quiet()
        ends = [index for index, frame in enumerate(world.link.frames) if 'end' in frame]
        filled = [index for index, frame in enumerate(world.link.frames) if 'nodes' in frame]
        self.assertEqual(len(ends), 1)
        self.assertGreater(len(filled), 5)
        self.assertLessEqual(filled[-1], ends[0])

    def test_moved_while_told(self):
        """[SCRIPT-159] A device that moves, during a snapshot, to a track already told is told before its end."""
        world = self.make(make_set(8, 4)).mute_sweep()
        tracks = world.live.world.song.kids['tracks']
        handles = dict((thing.obj._o.uid, h) for h, thing in world.run.registry.by_handle.items())
        device = tracks[7].kids['devices'][0]
        make_slow(world, 0.0003)
        start = len(world.link.frames)
        world.link.inbox.append(('start_over', {}))
        for _ in range(500):
            world.go(0.011)
            told = set(self.stated(world, start, 'nodes'))
            if str(handles[tracks[0].uid]) in told:
                break
        self.assertFalse(str(handles[tracks[7].uid]) in told, 'told too early for this test')
        world.edit('move_device', device=device.uid, to=tracks[0].uid, index=0)
        world.quiet()
        self.assertEqual(len(self.stated(world, start, 'end')), 1)
        self.assertTrue(str(handles[device.uid]) in self.stated(world, start, 'nodes'), 'not told')

    def test_barrier_waits(self):
        """[SCRIPT-160] A barrier is answered after all that was dirty, also where that takes many pumps."""
        world = self.make(make_set(40, 2)).mute_sweep()
        make_slow(world, 0.0003)
        start = len(world.link.frames)
        world.link.inbox.append(('barrier', {'id': 3}))
        for track in world.live.world.song.kids['tracks']:
            world.edit('rename_track', track=track.uid, name='R%d' % track.uid)
        world.quiet()
        frames = world.link.frames[start:]
        answer = next(index for index, frame in enumerate(frames) if frame.get('barrier') == [3])
        renames = [index for index, frame in enumerate(frames)
                   if any(name == 'track_renamed' for name, _ in frame.get('names', ()))]
        self.assertGreater(len(renames), 2)
        self.assertLessEqual(renames[-1], answer)


if __name__ == '__main__':
    unittest.main()
