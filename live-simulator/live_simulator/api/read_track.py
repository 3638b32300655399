"""Readers of Track, its view and mixer."""
from ..surface.values import RoutingChannel, RoutingType
from .read_color import color_reader
from .readers import has_audio_output, reads

reads('Track.color', 'Chain.color', 'Clip.color', 'Scene.color')(color_reader)


@reads('Track.name')
def name(track):
    return track.world.names.shown(track)


@reads('Track.group_track')
def group_track(track):
    uid = track.v.get('group')
    return None if uid is None else track.world.by_uid.get(uid)


@reads('Track.is_grouped')
def is_grouped(track):
    return track.v.get('group') is not None


@reads('Track.is_foldable')
def is_foldable(track):
    return track.role == 'group'


@reads('Track.fold_state')
def fold_state(track):
    return bool(track.v.get('fold_state'))


@reads('Track.is_visible')
def is_visible(track):
    over = group_track(track)
    while over is not None:
        if over.v.get('fold_state'):
            return False
        over = group_track(over)
    return True


@reads('Track.can_be_armed')
def can_be_armed(track):
    return track.role in ('audio', 'midi')


@reads('Track.can_be_frozen')
def can_be_frozen(track):
    return track.role in ('audio', 'midi')


@reads('Track.has_midi_input')
def has_midi_input(track):
    return track.role == 'midi'


@reads('Track.has_audio_input')
def has_audio_input(track):
    return track.role == 'audio'


@reads('Track.has_midi_output')
def has_midi_output(track):
    return track.role == 'midi' and not has_audio_output(track)


reads('Track.has_audio_output')(has_audio_output)


@reads('Track.muted_via_solo')
def muted_via_solo(track):
    return track.role != 'main' and track.world.solo_count > 0 and not track.v.get('solo')


@reads('Track.current_monitoring_state')
def current_monitoring_state(track):
    return track.v.get('current_monitoring_state', 1)


@reads('Track.clip_slots')
def clip_slots(track):
    """One slot per scene; none on return and main tracks."""
    if track.role in ('return', 'main'):
        return ()
    return track.world.slots_of(track)


@reads('Track.arrangement_clips')
def arrangement_clips(track):
    return track.kids.get('arrangement_clips', ())


def _slot_index(track, key):
    """Row of a stored scene uid; -1 none, -2 stop."""
    stored = track.v.get(key, -1)
    return stored if stored < 0 else track.world.row_of(stored)


@reads('Track.playing_slot_index')
def playing_slot_index(track):
    return _slot_index(track, '_playing')


@reads('Track.fired_slot_index')
def fired_slot_index(track):
    return _slot_index(track, '_fired')


@reads('Track.is_part_of_selection')
def is_part_of_selection(track):
    return track.world.song.kids['view'].v.get('selected_track') == track.uid


# --- routing -------------------------------------------------------------------------------

DEFAULTS = {'input_routing_type': 'Ext. In', 'input_routing_channel': '1', 'output_routing_type': 'Main',
            'output_routing_channel': 'Post FX'}
CHOICES = {'available_input_routing_types': ('Ext. In', 'No Input', 'Resampling'),
           'available_input_routing_channels': ('1', '2', '1/2'),
           'available_output_routing_types': ('Main', 'Sends Only', 'Ext. Out'),
           'available_output_routing_channels': ('Post FX', 'Track In')}


def routing_name(track, member):
    """The display name of a route of a track, as stored or by default."""
    stored = track.v.get(member)
    if stored is not None:
        return stored
    if member == 'input_routing_type' and track.role == 'midi':
        return 'All Ins'
    if member == 'output_routing_type':
        return 'Group' if track.v.get('group') is not None else main_name(track.world)
    return DEFAULTS[member]


def main_name(world):
    """What this version calls the main track."""
    return 'Master' if world.surface.profile.startswith('11.') else 'Main'


def _route(track, member, text):
    return RoutingType(text, 4, None) if member.endswith('types') or member.endswith('type') \
        else RoutingChannel(text, 1)


def _routing(member):
    def read(track):
        return _route(track, member, routing_name(track, member))
    return read


def _available(member):
    def read(track):
        if track.v.get('_new_routing'):
            return [_route(track, member, '')]
        chosen = routing_name(track, member.replace('available_', '')[:-1])
        return [_route(track, member, t) for t in sorted(set(CHOICES[member]) | {chosen})]
    return read


for _member in DEFAULTS:
    reads('Track.' + _member)(_routing(_member))
for _member in CHOICES:
    reads('Track.' + _member)(_available(_member))


@reads('MixerDevice.crossfade_assign')
def crossfade_assign(mixer):
    return mixer.v.get('crossfade_assign', 1)
