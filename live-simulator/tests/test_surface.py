"""The package Live: what is there, what is not, in which version."""
import ast
import json
import os
import sys
import unittest

from support import ROOT, Case, live, song_of

from live_simulator import facts
from live_simulator.surface.classes import BY_HAND, surface
from live_simulator.surface.convert import wrap
from live_simulator.surface.errors import ArgumentError

# A 3.7 parses its own grammar only and needs not be told.
GRAMMAR = {'feature_version': (3, 7)} if sys.version_info >= (3, 8) else {}
PATTERNS = ('add_%s_listener', 'remove_%s_listener', '%s_has_listener')


class Surface(Case):
    def test_names(self):
        """[SIM-1] In every profile each class has exactly the properties, methods and listener triplets of lom.json."""
        for profile in facts.PROFILES:
            for name, fact in facts.classes(profile).items():
                if name in BY_HAND:
                    continue
                cls = surface(profile).classes[name]
                there = {n for n in dir(cls) if not n.startswith('__') and n not in ('_o', '_lineage')}
                inner = {n.split('.')[-1] for n in surface(profile).classes if n.startswith(name + '.')}
                inner |= {n.split('.')[-1] for n in surface(profile).enums if n.startswith(name + '.')}
                wanted = set(fact.properties) | set(fact.methods)
                wanted |= {p % n for n in fact.observable() for p in PATTERNS}
                self.assertEqual(there - inner, wanted, (profile, name))

    def test_rights(self):
        """[SIM-2] A property can be set exactly where lom.json says so, in that version."""
        for profile in facts.PROFILES:
            for name, fact in facts.classes(profile).items():
                if name not in BY_HAND:
                    cls = surface(profile).classes[name]
                    self.assertEqual({n for n, p in fact.properties.items() if p['set']},
                                     {n for n in fact.properties if getattr(cls, n).fset}, (profile, name))

    def test_versions(self):
        """[SIM-3] A version hides later members: take lanes, file path, a settable locator name, a clip's start listener."""
        def has(profile, cls, member):
            return hasattr(surface(profile).classes.get(cls), member)
        self.assertFalse(has('11.0.0', 'Song', 'file_path'))
        self.assertTrue(has('11.3.43', 'Song', 'file_path'))
        self.assertFalse(has('12.0.5', 'Track', 'take_lanes'))
        self.assertTrue(has('12.3.6', 'Track', 'take_lanes'))
        self.assertFalse(has('11.3.43', 'Clip', 'add_start_time_listener'))
        self.assertTrue(has('12.3.6', 'Clip', 'add_start_time_listener'))
        self.assertFalse(has('11.0.0', 'Clip', 'get_all_notes_extended'))
        self.assertIsNone(surface('12.0.5').classes['CuePoint'].name.fset)
        self.assertNotIn('TakeLane', surface('12.0.5').classes)

    def test_unknown_names(self):
        """[SIM-4] A name that lom.json does not have raises AttributeError, read or written."""
        track = self.song.tracks[0]
        self.assertRaises(AttributeError, lambda: track.kind)
        self.assertRaises(AttributeError, lambda: track.add_kind_listener)
        with self.assertRaises(AttributeError):
            track.kind = 1
        with self.assertRaises(AttributeError):
            track.is_foldable = True

    def test_arguments(self):
        """[SIM-5] Methods take positional arguments only; a wrong type or number raises Boost's ArgumentError."""
        parameter = self.song.tracks[0].mixer_device.volume
        self.assertEqual(parameter.str_for_value(0.85), '0.0 dB')
        for call in (lambda: parameter.str_for_value(value=0.85), lambda: parameter.str_for_value('x'),
                     lambda: parameter.str_for_value(), lambda: self.song.create_scene(None),
                     lambda: self.song.view.select_device(self.song), lambda: self.song.add_tempo_listener(3)):
            with self.assertRaises(ArgumentError) as caught:
                call()
            self.assertIsInstance(caught.exception, TypeError)
            self.assertEqual(type(caught.exception).__module__, 'Boost.Python')

    def test_set_types(self):
        """[SIM-6] Writing a value of the wrong type raises ArgumentError and changes nothing."""
        for obj, name, value in ((self.song.tracks[0], 'name', 3), (self.song, 'tempo', 'fast'),
                                 (self.song.view, 'selected_track', self.song.scenes[0]),
                                 (self.song.tracks[0], 'mute', 'yes')):
            with self.assertRaises(ArgumentError):
                setattr(obj, name, value)
        self.assertEqual(self.world.counters.as_dict()['writes'], 0)

    def test_modules(self):
        """[SIM-7] Classes and enumerations stand where Live has them: Live.Song.Song.View, Live.Base.Timer …"""
        import Live
        self.assertIsInstance(self.song.view, Live.Song.Song.View)
        self.assertIsInstance(self.song.tracks[0], Live.Track.Track)
        self.assertEqual(Live.Track.Track.monitoring_states.AUTO, 1)
        self.assertEqual(Live.Song.Quantization.q_bar, 4)
        self.assertEqual(self.song.clip_trigger_quantization.name, 'q_bar')
        self.assertEqual(Live.Application.Application.View.NavDirection.up, 0)
        self.assertTrue(callable(Live.Base.Timer))

    def test_device_classes(self):
        """[SIM-8] A device has the class of its class_name, where the version has that class."""
        made = live('11.0.0')
        made.edit('add_device', class_name='Compressor2', to=made.world.song.kids['tracks'][0].uid)
        devices = song_of(made).tracks[0].devices
        self.assertIn('CompressorDevice', [type(d).__name__ for d in devices])
        self.assertEqual(facts.device_class('InstrumentMeld', '11.3.43'), 'Device')
        self.assertEqual(facts.device_class('InstrumentMeld', '12.3.6'), 'MeldDevice')

    def test_bare_facts(self):
        """[SIM-9] lom.json holds facts only: names, types, rights, versions, codes of what raises."""
        with open(facts.PATH, encoding='utf-8') as file:
            text = file.read()
        members = [m for c in json.loads(text)['classes'].values() for t in ('properties', 'methods')
                   for m in c.get(t, {}).values()]
        self.assertGreater(len(members), 700)
        self.assertFalse([m for m in members if 'notes' in m])
        longest = max(len(s) for c in json.loads(text)['classes'].values() for p in c['properties'].values()
                      for s in p.values() if isinstance(s, str))
        self.assertLess(longest, 60)

    def test_wrap_only_objects(self):
        """[SIM-10] None stays None and plain values stay plain."""
        self.assertIsNone(wrap(None))
        self.assertIsNone(self.song.tracks[0].group_track)
        self.assertEqual(wrap(3), 3)


class Grammar(unittest.TestCase):
    def test_python_3_7(self):
        """[SIM-11] Every file of the simulator is Python 3.7."""
        for folder, _, files in os.walk(ROOT):
            for name in files:
                if name.endswith('.py'):
                    with open(os.path.join(folder, name), encoding='utf-8') as file:
                        ast.parse(file.read(), name, **GRAMMAR)


if __name__ == '__main__':
    unittest.main()
