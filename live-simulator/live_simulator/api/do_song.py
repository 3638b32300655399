"""Methods of Song, Application and what belongs to no track; a script should call the reading ones only."""
from ..surface.values import BeatTime, SmptTime
from .methods import does


def edits():
    """The edits; imported late, since they stand above the API."""
    from ..edits import registry
    return registry


@does('Application.get_document')
def get_document(app):
    return app.world.song


@does('Application.get_major_version')
def major(app):
    return int(app.world.surface.profile.split('.')[0])


@does('Application.get_minor_version')
def minor(app):
    return int(app.world.surface.profile.split('.')[1])


@does('Application.get_bugfix_version')
def bugfix(app):
    return int(app.world.surface.profile.split('.')[2])


@does('Application.get_version_string')
def version_string(app):
    return app.world.surface.profile


@does('Application.get_build_id')
def build_id(app):
    return 'simulated'


@does('Application.get_variant')
def variant(app):
    return 'Suite'


@does('Application.has_option')
def has_option(app, name):
    return False


@does('Application.View.available_main_views')
def main_views(view):
    return ('Browser', 'Arranger', 'Session', 'Detail', 'Detail/Clip', 'Detail/DeviceChain')


@does('Application.View.is_view_visible')
def is_view_visible(view, name, main_only=True):
    focused = view.v.get('focused_document_view', 'Session')
    return name == focused or name in ('Browser', 'Detail', 'Detail/DeviceChain')


@does('Application.View.focus_view', 'Application.View.show_view')
def show_view(view, name):
    edits().run(view.world, 'show_view', {'view': name})


@does('Song.get_current_beats_song_time')
def beats_song_time(song):
    beat = song.world.transport.position()
    bar = song.v.get('signature_numerator', 4)
    return BeatTime(int(beat // bar) + 1, int(beat % bar) + 1, int(beat * 4 % 4) + 1, int(beat * 240 % 60) + 1)


@does('Song.get_current_smpte_song_time')
def smpte_song_time(song, smpte_format):
    seconds = song.world.transport.position() * 60.0 / song.v.get('tempo', 120.0)
    return SmptTime(int(seconds // 3600), int(seconds // 60 % 60), int(seconds % 60), int(seconds * 25 % 25))


@does('Song.get_data', 'Track.get_data')
def get_data(obj, key, default):
    return (obj.v.get('_data') or {}).get(key, default)


@does('Song.set_data', 'Track.set_data')
def set_data(obj, key, value):
    data = dict(obj.v.get('_data') or {})
    data[key] = value
    with obj.world.gesture('data'):
        obj.world.set(obj, '_data', data)
        obj.world.tell(obj, 'data')


@does('Song.is_cue_point_selected')
def is_cue_point_selected(song):
    now = song.world.transport.position()
    return any(abs(c.v.get('time', 0.0) - now) < 1e-9 for c in song.kids['cue_points'])


@does('Song.begin_undo_step', 'Song.end_undo_step')
def undo_step(song):
    return None


@does('Song.undo')
def undo(song):
    return 'undo' if song.world.undo() else ''


@does('Song.redo')
def redo(song):
    return 'redo' if song.world.redo() else ''


def _edit(method, name, *arguments):
    """A mutating method that does what an edit does."""
    @does(method)
    def call(obj, *values):
        args = dict(zip(arguments, values))
        if obj.lom != 'Song':
            args['of'] = obj.uid
        return edits().run(obj.world, name, args, raw=True)
    return call


for _method, _name, _arguments in (
        ('Song.create_midi_track', 'add_midi_track', ('index',)),
        ('Song.create_audio_track', 'add_audio_track', ('index',)),
        ('Song.create_return_track', 'add_return', ()),
        ('Song.create_scene', 'add_scene', ('index',)),
        ('Song.start_playing', 'play', ()), ('Song.continue_playing', 'play', ()), ('Song.stop_playing', 'stop', ()),
        ('Song.stop_all_clips', 'stop_all_clips', ())):
    _edit(_method, _name, *_arguments)


def _by_index(method, edit, kids, argument):
    @does(method)
    def call(song, index):
        if not 0 <= index < len(song.kids[kids]):
            raise RuntimeError('Index out of range')
        edits().run(song.world, edit, {argument: song.kids[kids][index].uid})


_by_index('Song.delete_track', 'delete_track', 'tracks', 'track')
_by_index('Song.delete_return_track', 'delete_return', 'return_tracks', 'track')
_by_index('Song.duplicate_track', 'duplicate_track', 'tracks', 'track')
_by_index('Song.delete_scene', 'delete_scene', 'scenes', 'scene')
_by_index('Song.duplicate_scene', 'duplicate_scene', 'scenes', 'scene')


@does('Song.View.select_device')
def select_device(view, device, appoint=True):
    edits().run(view.world, 'select_device', {'device': device.uid})


@does('Scene.fire', 'Scene.fire_as_selected')
def fire_scene(scene, *_):
    edits().run(scene.world, 'launch_scene', {'scene': scene.uid})


@does('CuePoint.jump')
def jump(cue):
    with cue.world.gesture('jump', undo=False):
        cue.world.transport.jump(cue.v.get('time', 0.0))
