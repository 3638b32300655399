"""Readers of Clip."""
from ..surface.values import WarpMarker
from .readers import reads


@reads('Clip.is_midi_clip')
def is_midi_clip(clip):
    return clip.role == 'midi'


@reads('Clip.is_audio_clip')
def is_audio_clip(clip):
    return clip.role == 'audio'


@reads('Clip.is_session_clip')
def is_session_clip(clip):
    return clip.where == 'clip'


@reads('Clip.is_arrangement_clip')
def is_arrangement_clip(clip):
    return clip.where != 'clip' and clip.parent.lom == 'Track'


@reads('Clip.is_take_lane_clip')
def is_take_lane_clip(clip):
    return clip.parent.lom == 'TakeLane'


@reads('Clip.length')
def length(clip):
    v = clip.v
    if v.get('looping'):
        return float(v.get('loop_end', 4.0) - v.get('loop_start', 0.0))
    return float(v.get('end_marker', v.get('loop_end', 4.0)) - v.get('start_marker', 0.0))


for _name, _value in (('loop_end', 4.0), ('end_marker', 4.0), ('signature_numerator', 4), ('signature_denominator', 4),
                      ('gain', 0.4), ('sample_rate', 44100.0)):
    def _stored(clip, name=_name, value=_value):
        return clip.v.get(name, value)
    reads('Clip.' + _name)(_stored)


@reads('Clip.position')
def position(clip):
    return clip.v.get('loop_start', 0.0)


@reads('Clip.end_time')
def end_time(clip):
    """Where an arrangement clip ends; of a session clip the end of its loop."""
    return clip.v.get('end_time', clip.v.get('loop_end', 4.0)) if clip.where != 'clip' else clip.v.get('loop_end', 4.0)


@reads('Clip.start_time')
def start_time(clip):
    return clip.v.get('start_time', 0.0) if clip.where != 'clip' else clip.v.get('loop_start', 0.0)


def track_state(clip, key):
    slot = clip.parent
    return clip.where == 'clip' and slot.parent is not None and slot.parent.v.get(key, -1) == slot.v['_scene']


@reads('Clip.is_playing')
def is_playing(clip):
    return track_state(clip, '_playing')


@reads('Clip.is_triggered')
def is_triggered(clip):
    return track_state(clip, '_fired')


@reads('Clip.playing_position')
def playing_position(clip):
    if not is_playing(clip):
        return 0.0
    return clip.v.get('loop_start', 0.0) + clip.world.transport.position() % max(length(clip), 0.25)


@reads('Clip.warp_markers')
def warp_markers(clip):
    return [WarpMarker(m[1], m[0]) for m in clip.v.get('warp_markers') or ()]


@reads('Clip.available_warp_modes')
def available_warp_modes(clip):
    return (0, 1, 2, 3, 4, 6)


@reads('Clip.gain_display_string')
def gain_display_string(clip):
    return '%.1f dB' % (clip.v.get('gain', 0.4) * 100 - 40)


@reads('Clip.has_envelopes')
def has_envelopes(clip):
    return bool(clip.v.get('_envelopes'))
