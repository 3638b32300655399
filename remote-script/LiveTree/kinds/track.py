"""Tracks of every sort: audio, MIDI, groups, returns, main. What a sort has not, raises and is absent."""
from ..dirty import STRUCTURE
from ..live import ABSENT, read
from ..plain import display_name, plain
from .table import ALWAYS, Aspect, ListSpec, Read, Source, aspect, kind, reads, value


def arm_of(track):
    """`arm` raises on returns and main and means nothing on groups (docs/live-api.md, track kinds)."""
    if read(track, 'is_foldable') is True:
        return ABSENT
    return plain(read(track, 'arm'))


def fold_of(track):
    """`fold_state` raises on all tracks but groups."""
    if read(track, 'is_foldable') is not True:
        return ABSENT
    return plain(read(track, 'fold_state'))


ARM = (Read('arm', '', None, arm_of),)
ROUTING = reads(
    'input_routing_type', 'input_routing_channel', 'output_routing_type', 'output_routing_channel',
    convert=display_name,
)
# `group_track` is a handle: read by the reader itself.
GROUPING = reads('is_foldable') + (Read('fold_state', '', None, fold_of),)

TRACK = kind(
    'track', 'Track',
    sources=(
        Source('mixer', '', 'mixer_device', 'MixerDevice'),
        Source('volume', 'mixer', 'volume', 'DeviceParameter'),
        Source('panning', 'mixer', 'panning', 'DeviceParameter'),
        Source('left_split_stereo', 'mixer', 'left_split_stereo', 'DeviceParameter'),
        Source('right_split_stereo', 'mixer', 'right_split_stereo', 'DeviceParameter'),
        Source('cue_volume', 'mixer', 'cue_volume', 'DeviceParameter'),
        Source('crossfader', 'mixer', 'crossfader', 'DeviceParameter'),
    ),
    aspects=(
        aspect('name', reads('name'), weight=STRUCTURE),
        aspect('color', reads('color', 'color_index')),
        aspect('mute', reads('mute')),
        aspect('solo', reads('solo')),
        aspect('arm', ARM, events=('arm',)),
        aspect('grouping', GROUPING, events=(), weight=STRUCTURE),
        aspect('inputs', reads('has_midi_input', 'has_audio_input', 'has_audio_output')),
        aspect('frozen', reads('is_frozen') + ARM, events=('is_frozen',)),
        aspect('monitoring', reads('current_monitoring_state')),
        aspect('routing', ROUTING),
        aspect('panning_mode', reads('panning_mode', source='mixer'), source='mixer'),
        Aspect('playing', (), (('', 'playing_slot_index', ALWAYS),), 1),
        Aspect('fired', (), (('', 'fired_slot_index', ALWAYS),), 1),
        Aspect('clip_slots', (), (('', 'clip_slots', ALWAYS),), 1),
        aspect('crossfade_assign', reads('crossfade_assign', source='mixer'), source='mixer'),
    ),
    values=(
        value('volume', 'volume', text='volume_text'),
        value('panning', 'panning'),
        value('left_split_stereo', 'left_split_stereo'),
        value('right_split_stereo', 'right_split_stereo'),
        value('cue_volume', 'cue_volume', text='cue_volume_text'),
        value('crossfader', 'crossfader'),
    ),
    lists=(
        ListSpec('sends', 'mixer', 'sends', 'sends', 'send', None),
        ListSpec('devices', '', 'devices', 'devices', 'device', None),
        ListSpec('arrangement', '', 'arrangement_clips', 'arrangement_clips', 'clip', None),
        ListSpec('takeLanes', '', 'take_lanes', 'take_lanes', 'takeLane', None),
    ),
)

SEND = kind(
    'send', 'DeviceParameter',
    aspects=(aspect('enabled', reads('is_enabled'), events=('state',)),),
    values=(value('value', '', text='value_text'),),
)
