"""What a Set looks like after reading; scales and figures."""

import unittest

from live_simulator import als
from live_simulator.als import devices, figures, names, palette, scales

from . import sets
from .edits import walk


class DescriptionTest(unittest.TestCase):

    def test_same_in_all_versions(self):
        """[SIM-203] one Set saved by Live 9, 10, 11 and 12 gives one description (docs/live-api.md, mapping)"""
        told = []
        for name in ("small-l9", "small-l10", "small-l11", "small-l12"):
            song = als.load(sets.own(name)).set
            told.append([(track["props"]["name"], round(track["props"]["volume"], 6), track["props"]["mute"],
                          [device["props"]["class_name"] for device in track["lists"]["devices"]],
                          [clip["props"]["name"] for clip in track["lists"].get("clips", ())])
                         for track in song["lists"]["tracks"]])
        self.assertEqual(told[0], told[1])
        self.assertEqual(told[1], told[2])
        self.assertEqual(told[2], told[3])

    def test_flat_tracks(self):
        """[SIM-203] tracks are flat, members behind their group, and every uid is given once"""
        song = als.load(sets.own("demo")).set
        tracks = song["lists"]["tracks"]
        known = set()
        for track in tracks:
            self.assertIn(track["props"]["group"], known | set([None]))
            if track["props"]["is_foldable"]:
                known.add(track["uid"])
        self.assertTrue(known)
        uids = [node["uid"] for node in walk(song)]
        self.assertEqual(len(uids), len(set(uids)))
        for track in tracks:
            self.assertEqual(len(track["lists"]["sends"]), len(song["lists"]["returns"]))

    def test_device_on_is_first(self):
        """[SIM-203] the first parameter of every device is Device On"""
        for node in walk(als.load(sets.own("demo")).set):
            if node["kind"] == "device":
                self.assertEqual(node["lists"]["parameters"][0]["props"]["name"], "Device On")

    def test_fader(self):
        """[SIM-204] 0 dB is 0.85, from 0.4 up 40 dB a unit, silence is 0; the way back gives the same"""
        self.assertAlmostEqual(scales.fader_from_gain(1.0), 0.85, 6)
        self.assertAlmostEqual(scales.fader_from_gain(1.99526238), 1.0, 6)
        self.assertAlmostEqual(scales.fader_from_gain(10 ** (-14 / 20.0)), 0.5, 6)
        self.assertEqual(scales.fader_from_gain(scales.SILENCE_GAIN), 0.0)
        for law in (scales.VOLUME, scales.SEND, scales.CLIP_GAIN):
            values = [scales.gain_from_fader(step / 200.0, law) for step in range(201)]
            self.assertEqual(values, sorted(values))
            self.assertEqual(len(set(values)), 201)
            for step in range(201):
                self.assertAlmostEqual(scales.fader_from_gain(values[step], law), step / 200.0, 5)

    def test_meter(self):
        """[SIM-204] a meter is one number: 201 is 4/4, 200 is 3/4, 304 is 8/8"""
        for code, meter in ((201, (4, 4)), (200, (3, 4)), (304, (8, 8))):
            self.assertEqual(scales.meter_from_code(code), meter)
            self.assertEqual(scales.code_from_meter(*meter), code)

    def test_figures(self):
        """[SIM-205] numbers and text are written as Live writes them"""
        for written in ("0.25", "1.9637549950049951", "0.458956916099773238", "-63072000", "0.0000226757369614512476"):
            self.assertEqual(figures.double(float(written)), written)
        for written in ("0.0003162277571", "1.99526238", "0.1857222021", "68.2800217", "120", "0.00009999999747"):
            self.assertEqual(figures.single(float(written)), written)
        for text in ("a & b", 'say "x" <y>', "two\nlines", "\u00e9\u65e5"):
            self.assertEqual(figures.unescape(figures.escape(text)), text)
        self.assertEqual(figures.escape("a\nb"), "a&#x0A;b")

    def test_names(self):
        """[SIM-203] automatic names follow their place, names that were typed stay"""
        song = als.load(sets.own("small-l12")).set
        tracks = song["lists"]["tracks"]
        tracks[0].update(auto_name=True)
        tracks[0]["props"]["name"] = "1-Audio"
        tracks[1].update(auto_name=False)
        tracks[1]["props"]["name"] = "2-typed"
        tracks.append(tracks.pop(0))
        self.assertIn(tracks[-1]["uid"], names.refresh(song))
        self.assertEqual(tracks[-1]["props"]["name"], "%d-Audio" % len(tracks))
        self.assertEqual(tracks[0]["props"]["name"], "2-typed")

    def test_parameter_names(self):
        """[SIM-203] a name of a parameter becomes a path of elements and the name again"""
        for name in ("Dry/Wet", "1 Frequency A", "Osc-A Level", "Macro 3", "Chain Selector", "Device On", "\u00e9 %"):
            path = devices.parameter_path(name)
            self.assertEqual(devices.parameter_name(path), name)
            self.assertRegex(path, r"^[A-Za-z_][\w.-]*(/[A-Za-z_][\w.-]*)*$")

    def test_palette(self):
        """[SIM-203] a colour snaps to the palette of 70"""
        self.assertEqual(len(palette.PALETTE), 70)
        self.assertEqual(palette.nearest(palette.rgb(33) + 1), 33)


if __name__ == "__main__":
    unittest.main()
