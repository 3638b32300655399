"""Live's own text of a value (DeviceParameter.str_for_value).

Volume: 0.85 is 0 dB and 1.0 is 6 dB (docs/live-api.md); straight from 0.4 up. Assumed by this
stand-in: the curve below, and that a send is 0 dB at 1.0.
"""
VOLUMES = ('volume', 'cue_volume')
KNEE = 0.4
SLOPE = 40.0
SILENCE = -70.0


def decibels(value, law):
    """dB of a fader at 0…1: 40 * value - law down to 0.4, below it a parabola to -70 dB at 0."""
    if value >= KNEE:
        return SLOPE * value - law
    knee = KNEE * SLOPE - law
    below = KNEE - value
    bend = (knee - SLOPE * KNEE - SILENCE) / (KNEE * KNEE)
    return knee - SLOPE * below - bend * below * below


def fader_text(value, law):
    level = decibels(value, law)
    if value <= 0.0 or level <= SILENCE + 0.05:
        return '-inf dB'
    return '%.1f dB' % (0.0 if abs(level) < 0.05 else level)


def volume_text(value):
    return fader_text(value, 34.0)


def send_text(value):
    return fader_text(value, 40.0)


def panning_text(value):
    step = int(round(abs(value) * 50))
    return 'C' if step == 0 else '%d%s' % (step, 'L' if value < 0 else 'R')


def text_for(parameter, value):
    """Text of a value of this parameter."""
    if parameter.where in VOLUMES:
        return volume_text(value)
    if parameter.where == 'sends':
        return send_text(value)
    if parameter.where == 'panning':
        return panning_text(value)
    items = parameter.v.get('value_items')
    if parameter.v.get('is_quantized') and items:
        place = int(round(value - parameter.v.get('min', 0.0)))
        return items[max(0, min(place, len(items) - 1))]
    return '%.2f' % value
