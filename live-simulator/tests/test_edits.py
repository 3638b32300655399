"""Edits, undo, truth."""
import json
import unittest

from support import Case, live, song_of

from live_simulator.builtin import small
from live_simulator.edits.pick import CannotPick
from live_simulator.edits.registry import EDITS, EditError
from live_simulator.musician import GROWS, SHRINKS, TEMPERAMENTS, Musician

# Not taken back by undo: what belongs to the performance or the view.
PERFORMANCE = ('arm', 'fold_state')


def comparable(node):
    """A description as text that can be compared."""
    def strip(one):
        return {'uid': one['uid'], 'props': {k: v for k, v in one['props'].items() if k not in PERFORMANCE},
                'lists': {name: [strip(c) for c in held] for name, held in one['lists'].items()}}
    return json.dumps(strip(node), sort_keys=True)


class Undo(unittest.TestCase):
    def test_all_edits(self):
        """[SIM-68] Undo after any edit gives the Set before it, redo the Set after it."""
        done = set()
        for seed in range(6):
            made = live(seed=seed)
            musician = Musician(made.world, 'editing')
            for _ in range(60):
                before = comparable(made.truth())
                top = made.world.journal.done[-1:]
                name = musician.step()
                made.run(0.3)
                if name in ('undo', 'redo') or made.world.journal.done[-1:] == top:
                    continue
                after = comparable(made.truth())
                self.assertTrue(made.world.undo())
                self.assertEqual(comparable(made.truth()), before, (seed, name))
                self.assertTrue(made.world.redo())
                self.assertEqual(comparable(made.truth()), after, (seed, name))
                done.add(name)
        self.assertGreater(len(done), 40)

    def test_all_the_way(self):
        """[SIM-69] Undoing everything gives the first Set, redoing everything the last."""
        made = live(seed=3)
        musician = Musician(made.world, 'editing')
        first = comparable(made.truth())
        for _ in range(60):
            name = musician.step()
            made.run(0.3)
            if name == 'undo':
                made.world.redo()
        last = comparable(made.truth())
        count = 0
        while made.world.undo():
            count += 1
        self.assertEqual(comparable(made.truth()), first)
        while made.world.redo():
            count -= 1
        self.assertEqual((comparable(made.truth()), count), (last, 0))


def by_api(song):
    """Names and counts of the whole Set, read as a script reads it: for a check of truth() by another way."""
    def device(one):
        chains = [[device(d) for d in c.devices] for c in one.chains] if one.can_have_chains else []
        return [one.name, one.class_name, [round(p.value, 9) for p in one.parameters], chains, one.is_active]

    def clip(one):
        notes = [n.pitch for n in one.get_all_notes_extended()] if one.is_midi_clip else one.file_path
        return [one.name, one.color, one.loop_start, one.loop_end, notes]

    def track(one):
        slots = [clip(s.clip) if s.has_clip else None for s in one.clip_slots]
        sends = [round(s.value, 9) for s in one.mixer_device.sends]
        return [one.name, one.color, one.mixer_device.volume.value, sends, [device(d) for d in one.devices],
                [s for s in slots if s], [clip(c) for c in one.arrangement_clips], one.has_audio_output]

    tracks = list(song.tracks) + list(song.return_tracks) + [song.master_track]
    return [[track(t) for t in tracks], [[s.name, s.tempo, s.color] for s in song.scenes],
            sorted([c.name, c.time] for c in song.cue_points), song.tempo]


def by_truth(node):
    """The same from a description."""
    def device(one):
        p, lists = one['props'], one['lists']
        chains = [[device(d) for d in c['lists']['devices']] for c in lists.get('chains', [])]
        return [p['name'], p['class_name'], [round(q['props']['value'], 9) for q in lists['parameters']], chains,
                p['is_active']]

    def clip(one):
        p = one['props']
        notes = p.get('notes') or []
        pitches = [n['pitch'] for n in sorted(notes, key=lambda n: (n['start_time'], n['pitch'], n['note_id']))]
        return [p['name'], p['color'], p['loop_start'], p['loop_end'],
                pitches if p['is_midi_clip'] else p['file_path']]

    def track(one):
        p, lists = one['props'], one['lists']
        return [p['name'], p['color'], p['volume'], [round(s['props']['value'], 9) for s in lists['sends']],
                [device(d) for d in lists['devices']], [clip(c) for c in lists['clips']],
                [clip(c) for c in lists['arrangement']], p['has_audio_output']]

    lists = node['lists']
    tracks = lists['tracks'] + lists['returns'] + lists['main']
    scenes = [[s['props']['name'], s['props']['tempo'], s['props']['color']] for s in lists['scenes']]
    locators = sorted([c['props']['name'], c['props']['time']] for c in lists['locators'])
    return [[track(t) for t in tracks], scenes, locators, node['props']['tempo']]


class Truth(unittest.TestCase):
    def test_against_the_api(self):
        """[SIM-70] After hundreds of random edits, what the API shows is what truth() says."""
        for seed, temperament in enumerate(('editing', 'performing', 'automating', 'mixed')):
            made = live(seed=seed)
            musician = Musician(made.world, temperament)
            for _ in range(150):
                musician.step()
                made.run(0.05)
            made.run(3.0)
            self.assertEqual(by_api(song_of(made)), by_truth(made.truth()))

    def test_round_trip(self):
        """[SIM-71] A description built and walked again is the same; built once more, too."""
        made = live(seed=2)
        musician = Musician(made.world, 'editing')
        for _ in range(200):
            musician.step()
        made.run(3.0)
        made.world.transport.playing = False
        first = made.truth()
        again = live(description=first)
        self.assertEqual(comparable(again.truth()), comparable(first))

    def test_uids(self):
        """[SIM-72] uids are unique, survive edits, and new objects tell what they are a copy of."""
        made = live()
        old = {n['uid'] for n in walk(made.truth())}
        track = made.world.song.kids['tracks'][0]
        copy = made.edit('duplicate_track', track=track.uid)
        added = made.edit('add_midi_track')
        nodes = list(walk(made.truth()))
        uids = [n['uid'] for n in nodes]
        self.assertEqual(len(uids), len(set(uids)))
        self.assertTrue(old <= set(uids))
        found = {n['uid']: n for n in nodes}
        self.assertEqual(found[copy['uid']]['made_from'], track.uid)
        self.assertIsNone(found[added['uid']]['made_from'])
        self.assertNotIn('made_from', found[track.uid])
        inner = found[copy['uid']]['lists']['devices'][0]
        self.assertEqual(inner['made_from'], track.kids['devices'][0].uid)


def walk(node):
    yield node
    for held in node['lists'].values():
        for child in held:
            for one in walk(child):
                yield one


class Musicians(unittest.TestCase):
    def test_seed(self):
        """[SIM-73] The same seed makes the same Set, whoever listens; another seed another one."""
        def play(seed, listen):
            made = live(seed=seed, faults='default')
            song = song_of(made)
            keep = [lambda: None]
            if listen:
                song.add_tracks_listener(keep[0])
                song.add_scenes_listener(keep[0])
            musician = Musician(made.world, 'mixed')
            made.world.faults.set('new_on_move', 0.0)
            for _ in range(150):
                musician.step()
                made.run(0.1)
            return comparable(made.truth())
        self.assertEqual(play(4, False), play(4, True))
        self.assertNotEqual(play(4, False), play(5, False))

    def test_weights(self):
        """[SIM-74] Every temperament plays edits that exist, and every edit is played by one of them."""
        played = set()
        for table in TEMPERAMENTS.values():
            played |= set(table)
        self.assertEqual(played - set(EDITS), set())
        # A menu that is open, and a command of the File menu, are no edits of a musician.
        self.assertEqual(set(EDITS) - played, {'stall', 'collect_samples'})
        self.assertTrue(set(GROWS) | set(SHRINKS) <= set(EDITS))

    def test_structure_holds(self):
        """[SIM-75] After any edits groups stand before their members, arrangement clips never overlap, sends match."""
        made = live(seed=9)
        musician = Musician(made.world, 'editing')
        for _ in range(400):
            musician.step()
            self.check(made.world.song)

    def check(self, song):
        open_groups = []
        for track in song.kids['tracks']:
            group = track.v.get('group')
            while open_groups and open_groups[-1] != group:
                open_groups.pop()
            self.assertTrue(group is None or group in open_groups, track)
            if track.role == 'group':
                open_groups.append(track.uid)
            clips = track.kids['arrangement_clips']
            for one, other in zip(clips, clips[1:]):
                self.assertLessEqual(one.v['end_time'], other.v['start_time'])
            self.assertEqual(len(track.kids['mixer_device'].kids['sends']), len(song.kids['return_tracks']))

    def test_dead_and_alive(self):
        """[SIM-76] After any edits every object in the Set is alive under its parent, and no other is registered."""
        made = live(seed=11)
        musician = Musician(made.world, 'mixed')
        for _ in range(400):
            musician.step()
            made.run(0.05)
        found = {}

        def look(obj):
            self.assertTrue(obj.alive)
            found[obj.uid] = obj
            for child in obj.children():
                self.assertIs(child.parent, obj)
                look(child)

        look(made.world.song)
        look(made.world.application)
        self.assertEqual(set(made.world.by_uid), set(found))
        pooled = {o.uid for pool in made.world.pools.values() for o in pool.items}
        self.assertEqual(pooled, {u for u, o in found.items() if o.kind in made.world.pools})


class Edits(Case):
    def test_picking(self):
        """[SIM-77] An edit names its object by uid, index or name; what is not there is refused."""
        first = self.world.song.kids['tracks'][0]
        for given in (first.uid, {'uid': first.uid}, {'index': 0}, {'name': 'Keys 0'}, 'Keys 0'):
            self.assertEqual(self.edit('color_track', track=given, color_index=3)['uid'], first.uid)
        self.assertRaises(CannotPick, self.edit, 'color_track', track={'index': 99})
        self.assertRaises(EditError, self.edit, 'paint_track')

    def test_counted_writes(self):
        """[SIM-78] Writes and mutating calls through the API are counted by name; edits and reads are not."""
        self.edit('rename_track')
        self.song.tracks[0].devices[0].parameters[0].str_for_value(1.0)
        self.assertEqual(self.world.counters.as_dict()['writes'], 0)
        self.song.tempo = 100.0
        self.song.create_midi_track(0)
        found = self.world.counters.as_dict()
        self.assertEqual((found['written'], found['called']), ({'Song.tempo': 1}, {'Song.create_midi_track()': 1}))

    def test_big_set(self):
        """[SIM-79] A Set of 200 tracks and 200 scenes is built without one slot; slots are made when asked for."""
        made = live(description=small(200, 200))
        slots = sum(len(t.kids['slots']) for t in made.world.song.kids['tracks'])
        self.assertEqual(slots, 200)
        track = song_of(made).tracks[7]
        self.assertEqual(len(track.clip_slots), 200)
        self.assertEqual(sum(len(t.kids['slots']) for t in made.world.song.kids['tracks']), 399)
        made.edit('delete_scene', scene={'index': 3})
        self.assertEqual(len(track.clip_slots), 199)

    def test_scene_row(self):
        """[SIM-80] A moved scene takes its clips along; a deleted one too, and undo brings them back."""
        names = [s.clip.name if s.has_clip else None for s in self.song.scenes[1].clip_slots]
        self.edit('move_scene', scene={'index': 1}, index=2)
        self.assertEqual([s.clip.name if s.has_clip else None for s in self.song.scenes[2].clip_slots], names)
        self.edit('delete_scene', scene={'index': 2})
        self.assertEqual(len(self.song.scenes), 2)
        self.edit('undo')
        self.assertEqual([s.clip.name if s.has_clip else None for s in self.song.scenes[2].clip_slots], names)
