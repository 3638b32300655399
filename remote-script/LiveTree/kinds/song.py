"""The song: transport settings, and the lists at the top. Tempo is a value (see `values`)."""
from .table import ALWAYS, Aspect, ListSpec, Source, aspect, kind, reads, value

SCALE = reads('root_note', 'scale_name', 'scale_mode')
LOOP = reads('loop', 'loop_start', 'loop_length')

SONG = kind(
    'song', 'Song',
    sources=(
        Source('main', '', 'master_track', 'Track'),
        Source('mixer', 'main', 'mixer_device', 'MixerDevice'),
        Source('song_tempo', 'mixer', 'song_tempo', 'DeviceParameter'),
        Source('view', '', 'view', 'Song.View'),
    ),
    values=(value('tempo', 'song_tempo', holder='', member='tempo'),),
    aspects=(
        aspect('signature', reads('signature_numerator', 'signature_denominator')),
        aspect('scale', SCALE),
        aspect('loop', LOOP),
        aspect('punch', reads('punch_in', 'punch_out')),
        aspect('metronome', reads('metronome')),
        Aspect('folding', (), (('', 'visible_tracks', ALWAYS),), 0),
        Aspect('transport', (), (('', 'is_playing', ALWAYS), ('', 'record_mode', ALWAYS)), 1),
        Aspect('recording', (), (('', 'is_counting_in', ALWAYS), ('', 'session_record', ALWAYS)), 1),
        Aspect(
            'selection', (),
            (('view', 'selected_track', ALWAYS), ('view', 'selected_scene', ALWAYS), ('view', 'detail_clip', ALWAYS)),
            1,
        ),
        aspect('quantization', reads('clip_trigger_quantization', 'midi_recording_quantization')),
    ),
    lists=(
        ListSpec('tracks', '', 'tracks', 'tracks', 'track', None),
        ListSpec('returns', '', 'return_tracks', 'return_tracks', 'track', None),
        ListSpec('main', '', 'master_track', None, 'track', None),
        ListSpec('scenes', '', 'scenes', 'scenes', 'scene', None),
        ListSpec('locators', '', 'cue_points', 'cue_points', 'locator', None),
    ),
)
