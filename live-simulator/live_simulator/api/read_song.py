"""Readers of Song, its view, Application and what belongs to no track."""
from .readers import reads

SCALE_MAJOR = (0, 2, 4, 5, 7, 9, 11)


@reads('LomObject._live_ptr')
def live_ptr(obj):
    return obj.ptr


@reads('Song.canonical_parent', 'Application.canonical_parent')
def no_parent(_):
    return None


def parent(obj):
    return obj.parent


for _name in ('Track', 'Scene', 'CuePoint', 'Chain', 'Device', 'MixerDevice', 'ChainMixerDevice', 'DeviceParameter',
              'ClipSlot', 'Clip', 'TakeLane', 'Song.View', 'Track.View', 'Device.View', 'RackDevice.View', 'Clip.View',
              'SimplerDevice.View', 'Eq8Device.View', 'Application.View', 'DrumPad', 'Groove', 'GroovePool', 'Sample',
              'Envelope', 'DeviceIO', 'TuningSystem'):
    reads(_name + '.canonical_parent')(parent)


@reads('Song.visible_tracks')
def visible_tracks(song):
    """Tracks that no folded group hides."""
    hidden, shown = set(), []
    for track in song.kids['tracks']:
        group = track.v.get('group')
        over = song.world.by_uid.get(group) if group is not None else None
        if over is not None and (group in hidden or over.v.get('fold_state')):
            hidden.add(track.uid)
        else:
            shown.append(track)
    return shown


@reads('Song.can_undo')
def can_undo(song):
    return bool(song.world.journal.done)


@reads('Song.can_redo')
def can_redo(song):
    return bool(song.world.journal.undone)


@reads('Song.scale_intervals')
def scale_intervals(song):
    return song.v.get('scale_intervals') or SCALE_MAJOR


@reads('Song.current_song_time')
def current_song_time(song):
    return song.world.transport.position()


@reads('Song.last_event_time', 'Song.song_length')
def song_length(song):
    ends = [c.v.get('end_time', 0.0) for t in song.kids['tracks'] for c in t.kids.get('arrangement_clips', ())]
    return float(max(ends)) if ends else 0.0


@reads('Song.file_path')
def file_path(song):
    return song.world.file_path


@reads('Song.name')
def song_name(song):
    base = song.world.file_path.replace('\\', '/').rsplit('/', 1)[-1]
    return base[:-4] if base.lower().endswith('.als') else base


def referred(name):
    """A reader for a reference stored as a uid."""
    def read(obj):
        uid = obj.v.get(name)
        return None if uid is None else obj.world.by_uid.get(uid)
    return read


for _name in ('selected_track', 'selected_scene', 'selected_chain', 'selected_parameter', 'detail_clip'):
    reads('Song.View.' + _name)(referred(_name))
reads('Track.View.selected_device')(referred('selected_device'))
reads('RackDevice.View.selected_chain')(referred('selected_chain'))
reads('RackDevice.View.selected_drum_pad')(referred('selected_drum_pad'))
reads('Song.appointed_device')(referred('appointed_device'))
reads('Clip.groove')(referred('groove'))


@reads('Clip.has_groove')
def has_groove(clip):
    return clip.v.get('groove') is not None


@reads('Song.View.highlighted_clip_slot')
def highlighted_clip_slot(view):
    """None on return and main tracks (docs/live-api.md)."""
    world = view.world
    track, scene = world.by_uid.get(view.v.get('selected_track')), world.by_uid.get(view.v.get('selected_scene'))
    if track is None or scene is None or track.role in ('return', 'main'):
        return None
    return world.slot(track, scene)


@reads('Application.open_dialog_count')
def open_dialog_count(app):
    return app.world.dialogs


@reads('Application.View.focused_document_view')
def focused_document_view(view):
    return view.v.get('focused_document_view', 'Session')


@reads('Song.tempo')
def tempo(song):
    return song.v.get('tempo', 120.0)


for _name, _value in (('signature_numerator', 4), ('signature_denominator', 4), ('scale_name', 'Major'),
                      ('groove_amount', 1.0), ('loop_length', 4.0), ('clip_trigger_quantization', 4),
                      ('select_on_launch', True), ('exclusive_arm', True), ('exclusive_solo', True)):
    def _default(song, name=_name, value=_value):
        return song.v.get(name, value)
    reads('Song.' + _name)(_default)
