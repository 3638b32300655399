"""Values of the file <-> values of Live's API.

Known (docs/live-api.md, docs/als-format.md): a volume is linear gain in the file (0.0003162 = silence, 1.9953 =
+6 dB) and 0...1 in the API, 0.85 being 0 dB; from 0.4 up the fader follows dB = 40 * v - 34. A meter is one number.

ASSUMED BY THIS STAND-IN: below 0.4 the fader falls along a parabola that joins with the same slope and ends at
silence (-70 dB) at 0; sends have the same shape with 1.0 = 0 dB, clip gain with 0.4 = 0 dB and 1.0 = +24 dB.
"""

import math

SILENCE_GAIN = 0.0003162277571
_SILENCE_DB = -70.0
_KNEE = 0.4
_SLOPE = 40.0

#: dB that are taken off 40 * v: volumes, sends, gain of an audio clip.
VOLUME, SEND, CLIP_GAIN = 34.0, 40.0, 16.0


def fader_from_gain(gain, law=VOLUME):
    """0...1 of a linear gain."""
    if gain <= SILENCE_GAIN * 1.00001:
        return 0.0
    decibels = 20.0 * math.log10(gain)
    knee = _KNEE * _SLOPE - law
    if decibels >= knee:
        return min((decibels + law) / _SLOPE, 1.0)
    bend = _bend(law)
    below = (math.sqrt(_SLOPE * _SLOPE + 4.0 * bend * (knee - decibels)) - _SLOPE) / (2.0 * bend)
    return max(0.0, _KNEE - below)


def gain_from_fader(value, law=VOLUME):
    """Linear gain of 0...1."""
    if value <= 0.0:
        return SILENCE_GAIN
    if value >= _KNEE:
        return 10.0 ** ((_SLOPE * min(value, 1.0) - law) / 20.0)
    below = _KNEE - value
    decibels = _KNEE * _SLOPE - law - _SLOPE * below - _bend(law) * below * below
    return 10.0 ** (decibels / 20.0)


def meter_from_code(code):
    """``(numerator, denominator)``; 201 is (4, 4)."""
    return int(code) % 99 + 1, 1 << (int(code) // 99)


def code_from_meter(numerator, denominator):
    """The one number of a meter."""
    return int(numerator) - 1 + 99 * (int(denominator).bit_length() - 1)


def _bend(law):
    knee = _KNEE * _SLOPE - law
    return (knee - _SLOPE * _KNEE - _SILENCE_DB) / (_KNEE * _KNEE)
