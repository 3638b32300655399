"""Names of the catalogue for what a frame states. Labels for people: they carry no state.

`events.json` beside this file is made from the protocol's list of names; a test keeps both in step.
"""
import io
import json
import os


ADDED = {'takeLane': 'take_lane_added', 'send': 'send_changed', 'slot': 'slot_changed', 'parameter': None}
WORDS = {'takeLane': 'take_lane'}

PROPS = {
    'song': {
        'tempo': 'tempo_changed', 'signature_numerator': 'signature_changed',
        'signature_denominator': 'signature_changed', 'root_note': 'scale_changed', 'scale_name': 'scale_changed',
        'scale_mode': 'scale_changed', 'loop': 'loop_changed', 'loop_start': 'loop_changed',
        'loop_length': 'loop_changed', 'punch_in': 'loop_changed', 'punch_out': 'loop_changed', '': 'set_changed',
    },
    'track': {
        'name': 'track_renamed', 'mute': 'track_muted', 'solo': 'track_soloed', 'arm': 'track_armed',
        'color': 'track_colored', 'color_index': 'track_colored', 'volume': 'mixer_changed',
        'volume_text': 'mixer_changed', 'panning': 'mixer_changed', 'panning_mode': 'mixer_changed',
        'left_split_stereo': 'mixer_changed', 'right_split_stereo': 'mixer_changed',
        'crossfade_assign': 'mixer_changed', 'crossfader': 'mixer_changed', 'cue_volume': 'mixer_changed',
        'cue_volume_text': 'mixer_changed', 'input_routing_type': 'routing_changed',
        'input_routing_channel': 'routing_changed', 'output_routing_type': 'routing_changed',
        'output_routing_channel': 'routing_changed', 'current_monitoring_state': 'routing_changed',
        '': 'track_changed',
    },
    'device': {'name': 'device_renamed', 'on': 'device_enabled', 'parameter_count': 'parameter_changed',
               '': 'device_changed'},
    'parameter': {'': 'parameter_changed'},
    'chain': {'name': 'chain_renamed', 'volume': 'mixer_changed', 'panning': 'mixer_changed',
              'volume_text': 'mixer_changed', '': 'chain_changed'},
    'clip': {'name': 'clip_renamed', 'color': 'clip_colored', 'color_index': 'clip_colored',
             'scene': 'clip_moved', 'start_time': 'clip_moved', 'file_path': 'sample_changed',
             'notes': 'notes_changed', 'notes_changes': 'notes_changed', 'warp_markers': 'warp_changed',
             '': 'clip_changed'},
    'scene': {'name': 'scene_renamed', '': 'scene_changed'},
    'locator': {'name': 'locator_renamed', 'time': 'locator_moved', '': 'locator_changed'},
    'takeLane': {'name': 'take_lane_renamed', '': 'take_lane_changed'},
    'send': {'': 'send_changed'},
    'slot': {'': 'slot_changed'},
}


def catalogue():
    """Every name with its priority, kind and coalescing."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'events.json')
    with io.open(path, encoding='utf-8') as source:
        return json.load(source)


def of_prop(kind, prop):
    """The name of a change of one property."""
    names = PROPS[kind]
    return names.get(prop, names[''])


def of_place(kind, what):
    """The name of `added`, `removed` or `moved` of a kind; None where people have no word for it."""
    if kind in ('send', 'slot', 'parameter', 'song'):
        return ADDED.get(kind)
    return '%s_%s' % (WORDS.get(kind, kind), what)


def emitted():
    """All names this script can ever send, for the test that compares them with the catalogue."""
    names = set(name for table in PROPS.values() for name in table.values())
    for kind in PROPS:
        names.update(of_place(kind, what) for what in ('added', 'removed', 'moved'))
    names.discard(None)
    return names


def out_of_order(before, after):
    """Members of both lists that have to move for `before` to become `after`: all but a longest rising run."""
    place = dict((handle, index) for index, handle in enumerate(before))
    shared = [handle for handle in after if handle in place]
    kept = set(_longest_rising(shared, place))
    return [handle for handle in shared if handle not in kept]


def _longest_rising(shared, place):
    tails, ends, previous = [], [], {}
    for handle in shared:
        low = _first_not_below(ends, place[handle])
        previous[handle] = tails[low - 1] if low else None
        if low == len(tails):
            tails.append(handle)
            ends.append(place[handle])
        else:
            tails[low], ends[low] = handle, place[handle]
    chain, handle = [], tails[-1] if tails else None
    while handle is not None:
        chain.append(handle)
        handle = previous[handle]
    return chain


def _first_not_below(ends, value):
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


