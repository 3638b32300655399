import unittest

from .sets import make_set
from .world import World


class StructureTest(unittest.TestCase):
    def setUp(self):
        self.world = World().mute_sweep()
        self.addCleanup(self.world.close)

    def frames_of(self, name, **args):
        """Frames of one edit, until quiet."""
        start = len(self.world.link.frames)
        self.world.edit(name, **args)
        self.world.quiet()
        self.assertEqual(self.world.differences(), [])
        return self.world.link.frames[start:]

    def test_rename(self):
        """[SCRIPT-41] A renamed track is one property in one frame, in the next pump, with its catalogue name."""
        handle = self.world.handle('track', 'Keys 0')
        start = len(self.world.link.frames)
        track = next(obj for obj in self.world.objects('Track') if obj.v.get('name') == 'Keys 0')
        self.world.edit('rename_track', track=track.uid, name='Bass')
        self.world.go(0.025)
        frames = self.world.link.frames[start:]
        self.assertEqual(len(frames), 1)
        self.assertEqual(frames[0]['sets'], {str(handle): {'name': 'Bass'}})
        self.assertEqual(frames[0]['names'], [['track_renamed', handle]])
        self.assertNotIn('lists', frames[0])

    def test_move(self):
        """[SCRIPT-42] A moved track or device keeps its handle: lists in one frame, nothing added, nothing gone."""
        for name, moved in (('move_track', 'track_moved'), ('move_device', 'device_moved')):
            before = set(self.world.model.props)
            frames = [frame for frame in self.frames_of(name) if 'lists' in frame]
            self.assertLessEqual(len(frames), 1)
            self.assertEqual(set(self.world.model.props), before)
            for frame in frames:
                self.assertNotIn('nodes', frame)
                self.assertIn(moved, [each[0] for each in frame['names']])

    def test_move_into_new_group(self):
        """[SCRIPT-43] Devices grouped into a new rack, and freed from it, are the same devices in the same frame."""
        found = self.world.objects('Device')[0]
        kept = set(h for h, kind in self.world.model.kinds.items() if kind == 'device' and h in self.world.model.props)
        frames = self.frames_of('group_devices', device=found.uid)
        self.assertTrue(kept <= set(self.world.model.props))
        self.assertEqual(len([frame for frame in frames if 'lists' in frame and self.loses(frame)]), 0)
        self.frames_of('ungroup_rack')
        self.assertTrue(kept <= set(self.world.model.props))

    def loses(self, frame):
        return any(name.endswith('_removed') for name, _ in frame.get('names', ()))

    def test_delete_and_undo(self):
        """[SCRIPT-44] A deleted track is gone; undoing it makes a new handle, also at a pointer re-used."""
        self.world.live.world.faults.set('reuse', 1.0)
        for _ in range(4):
            before = set(self.world.model.props)
            self.frames_of('delete_track')
            frames = self.frames_of('undo')
            fresh = set(int(handle) for frame in frames for handle in frame.get('nodes', {}))
            self.assertFalse(fresh & before)

    def test_new_scene(self):
        """[SCRIPT-45] A new scene in a large Set is one list, and no list of slots of any track is read again."""
        world = World(make_set(40, 40, 0.05)).mute_sweep()
        self.addCleanup(world.close)
        reads = world.counters.reads
        start = len(world.link.frames)
        world.edit('add_scene')
        world.quiet()
        lists = [frame['lists'] for frame in world.link.frames[start:] if 'lists' in frame]
        self.assertEqual(len(lists), 1)
        self.assertEqual(list(lists[0]), ['1'])
        self.assertEqual(list(lists[0]['1']), ['scenes'])
        self.assertLess(world.counters.reads - reads, 40 * 40)
        self.assertEqual(world.differences(), [])

    def test_held_until_settled(self):
        """[SCRIPT-46] Nothing is stated as gone or moved while a list is dirty; after five pumps it is, and counted."""
        run = self.world.run
        track = run.registry.by_handle[self.world.handle('track', 'Keys 0')]
        left = run.registry.by_handle[track.lists['devices'][0]]
        start = len(self.world.link.frames)
        run.lists.replace(track, 'devices', [])  # left its list, and lives: as in a Live caught half-way
        run._held = 0
        self.world.live.run(0.035)
        self.assertEqual(self.world.link.frames[start:], [])
        self.assertFalse(left.gone)
        run.lists.replace(track, 'devices', [])
        run.lists._follow = lambda thing: None  # and its new place is never told
        run.lists.lost[left.handle] = left
        self.world.live.run(0.2)
        forced = [frame for frame in self.world.link.frames[start:] if frame.get('forced')]
        self.assertEqual(len(forced), 1)
        self.assertEqual(run.lists.forced, 1)

    def test_listener_before_list(self):
        """[SCRIPT-47] A list is read only after its listener is on, and a value after its own."""
        world = World(quiet=False)
        self.addCleanup(world.close)
        calls = []
        listen, read = world.run.reader.listen, world.run.lists._members
        world.run.reader.listen = lambda *args: calls.append(('listen', args[0], args[3])) or listen(*args)
        world.run.lists._members = lambda thing, spec: calls.append(('read', thing, spec.name)) or read(thing, spec)
        world.quiet()
        lists = [index for index, call in enumerate(calls) if call[0] == 'read' and call[2] != 'main']
        self.assertGreater(len(lists), 10)
        for index in lists:
            self.assertIn(('listen',) + calls[index][1:], calls[:index])

    def test_long_list(self):
        """[SCRIPT-48] A list over 1,000 entries is stated by its changed stretch."""
        world = World(make_set(1, 1005, 0, devices=0, returns=0)).mute_sweep()
        self.addCleanup(world.close)
        start = len(world.link.frames)
        world.edit('delete_scene')
        world.quiet()
        stated = [frame['lists']['1']['scenes'] for frame in world.link.frames[start:] if '1' in frame.get('lists', {})]
        self.assertEqual([(each['length'], each['remove'], each['insert']) for each in stated], [(1004, 1, [])])
        self.assertEqual(world.differences(), [])


if __name__ == '__main__':
    unittest.main()
