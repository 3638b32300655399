import json
import math
import os
import random
import struct
import unittest

from livetree_wire import json_text
from livetree_wire.canonical import canonical, node_hash

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
FIXTURES = os.path.join(ROOT, "packages", "protocol", "fixtures", "canonical.json")


class Canonical(unittest.TestCase):
    def setUp(self):
        with open(FIXTURES, "rb") as file:
            self.text = file.read().decode("utf-8")

    def test_values(self):
        """[SCRIPT-27] the bytes of every fixture, with numbers named as in JSON and as themselves"""
        for decode in (json.loads, json_text.decode):
            for each in decode(self.text)["values"]:
                self.assertEqual(canonical(each["value"]).hex(), each["hex"], each["name"])

    def test_nodes(self):
        """[SCRIPT-27] the hash of every fixture"""
        for decode in (json.loads, json_text.decode):
            for each in decode(self.text)["nodes"]:
                self.assertEqual(node_hash(each["kind"], each["props"], each["lists"]), each["hash"], each["name"])

    def test_by_hand(self):
        """[SCRIPT-27] bytes written out by hand from docs/protocol-script.md"""
        self.assertEqual(canonical([None, True, False]).hex(), "41000000034e5446")
        self.assertEqual(canonical(1).hex(), "443ff0000000000000")
        self.assertEqual(canonical({"handle": 12}).hex(), "4f00000001530000000668616e646c65444028000000000000")
        self.assertEqual(canonical("\ud83c\udfb9"), canonical("\U0001f3b9"))
        self.assertEqual(canonical(10 ** 400), canonical(float("inf")))
        self.assertEqual(canonical(-struct.unpack("!d", b"\xff\xf8\x00\x00\x00\x00\x00\x01")[0]).hex(), "447ff8000000000000")
        self.assertEqual(canonical((1, 2)), canonical([1.0, 2.0]))
        self.assertRaises(TypeError, canonical, b"x")


class Json(unittest.TestCase):
    def test_both_ways(self):
        """[SCRIPT-28] every double and text comes back as it went, through ASCII"""
        chance = random.Random(6)
        values = [float("inf"), float("-inf"), -0.0, 1e-7, 1e16, 2 ** 53 + 1, "\ud800", "\udfb9\ud83c", "\u2028\x00", {}]
        values += [struct.unpack("!d", bytes(chance.randrange(256) for _ in range(8)))[0] for _ in range(3000)]
        for value in values:
            text = json_text.encode({"a": [value]})
            self.assertTrue(text.isascii())
            back = json_text.decode(text)["a"][0]
            if isinstance(value, float) and math.isnan(value):
                self.assertTrue(math.isnan(back))
            else:
                self.assertEqual((back, repr(back)), (value, repr(value)))

    def test_names(self):
        """[SCRIPT-28] numbers that are not finite have names, at any depth, and only they"""
        text = json_text.encode({"a": [float("nan"), {"b": (float("-inf"), 1.5)}], "c": float("inf")})
        names = '{"a":[{"float":"nan"},{"b":[{"float":"-inf"},1.5]}],"c":{"float":"inf"}}'
        self.assertEqual(text, names)
        for value in ({"float": "infinity"}, {"float": 1}, {"float": "inf", "a": 1}, {"floats": "inf"}, {"float": ["inf"]}):
            self.assertEqual(json_text.decode(json.dumps(value)), value)

    def test_refused(self):
        """[SCRIPT-28] bare NaN and Infinity, and what is no JSON, are refused"""
        for text in ("NaN", "[Infinity]", "[-Infinity]", "", "{", "'x'", "[1,]"):
            self.assertRaises(ValueError, json_text.decode, text)
        self.assertRaises((TypeError, ValueError), json_text.encode, {"a": object()})


if __name__ == "__main__":
    unittest.main()
