"""Edits of clips in the Session View."""
from ..model import notes, parts
from .copying import copy_object, mark_tree
from .pick import CannotPick
from .registry import edit
from .words import any_name


def clip_values(pick, midi, length):
    """What a new clip holds."""
    values = {'name': '', 'color_index': pick.random.randrange(70), 'muted': False, 'looping': True,
              'loop_start': 0.0, 'loop_end': length, 'start_marker': 0.0, 'end_marker': length, 'launch_mode': 0,
              'launch_quantization': 0, 'legato': False, 'velocity_amount': 0.0, 'signature_numerator': 4,
              'signature_denominator': 4}
    if midi:
        values['notes'] = []
    else:
        path = '/Music/Samples/%s.wav' % any_name(pick.random, False)
        values.update({'warping': True, 'warp_mode': 0, 'pitch_coarse': 0, 'pitch_fine': 0.0, 'gain': 0.4,
                       'file_path': path, 'warp_markers': [[0.0, 0.0], [length, length / 2]],
                       'sample_length': int(length * 22050)})
    return values


def new_clip(world, pick, midi, length):
    clip = mark_tree(parts.make_clip(world, None, clip_values(pick, midi, length), midi))
    if midi:
        clip.v['notes'] = [dict(notes.DEFAULTS, note_id=n + 1, pitch=36 + pick.random.randrange(48),
                                start_time=round(pick.random.random() * length * 4) / 4, duration=0.25)
                           for n in range(pick.random.randint(0, 8))]
    return clip


def some_slot(world, pick, test=None):
    """(track, scene) of `track` and `scene`; else any on an audio or MIDI track for which test holds."""
    track = pick.track(lambda t: t.role in ('audio', 'midi'))
    scenes = world.song.kids['scenes']
    if pick.has('scene'):
        return track, pick.object('scene', 'scene')
    for _ in range(12):
        scene = scenes[int(pick.random.random() * len(scenes))]
        if test is None or test(world.clip_at(track, scene)):
            return track, scene
    raise CannotPick('no such slot')


def put_clip(world, track, scene, clip):
    """A clip into a slot; what was there goes. Whether has_clip tells of a replacement is not known."""
    slot = world.slot(track, scene)
    replaced = slot.kids.get('clip') is not None
    silent = replaced and clip is not None and world.notifier.chance(world.faults.silent_replace)
    world.set_kids(slot, 'clip', clip, silent=silent)


@edit
def draw_clip(world, pick):
    """track, scene, length: a new MIDI clip in an empty slot; on audio tracks a sample is dropped"""
    track, scene = some_slot(world, pick, lambda clip: clip is None)
    if world.clip_at(track, scene) is not None:
        raise CannotPick('the slot holds a clip')
    length = float(pick.value('length', lambda: pick.random.choice([1, 2, 4, 8, 16])))
    with world.gesture('new clip'):
        clip = new_clip(world, pick, track.role == 'midi', length)
        clip.v['name'] = pick.value('name', lambda: any_name(pick.random) if pick.chance(0.5) else '')
        put_clip(world, track, scene, clip)
    return clip


def session_clip(pick, test=None):
    return pick.object('clip', 'clip', lambda c: c.where == 'clip' and (test is None or test(c)))


def any_clip(pick, test=None):
    return pick.object('clip', 'clip', test)


def place_of(world, clip):
    """(track, scene) of a session clip."""
    return clip.parent.parent, world.by_uid[clip.parent.v['_scene']]


@edit
def delete_clip(world, pick):
    """clip: in a slot, the arrangement or a take lane"""
    clip = any_clip(pick)
    with world.gesture('delete clip'):
        if clip.where == 'clip':
            put_clip(world, *place_of(world, clip) + (None,))
        else:
            owner = clip.parent
            world.set_kids(owner, 'arrangement_clips', [c for c in owner.kids['arrangement_clips'] if c is not clip])
    return clip


@edit
def duplicate_clip(world, pick):
    """clip: a session clip, scene: else the next row; what is there goes"""
    clip = session_clip(pick)
    track, scene = place_of(world, clip)
    target = pick.object('scene', 'scene') if pick.has('scene') else _row_below(world, scene)
    if target is scene:
        raise CannotPick('there is no next row')
    with world.gesture('duplicate clip'):
        made = copy_object(world, clip)
        put_clip(world, track, target, made)
    return made


def _row_below(world, scene):
    scenes = world.song.kids['scenes']
    return scenes[min(world.row_of(scene.uid) + 1, len(scenes) - 1)]


@edit
def move_clip(world, pick):
    """clip: a session clip, track, scene: what is there goes. Whether Live keeps the object is not known."""
    clip = session_clip(pick)
    track, scene = place_of(world, clip)
    to_track = pick.track(lambda t: t.role == clip.role) if pick.has('track') or pick.chance(0.5) else track
    to_scene = pick.object('scene', 'scene')
    if (to_track, to_scene) == (track, scene):
        raise CannotPick('it is there')
    with world.gesture('move clip'):
        if world.notifier.chance(world.faults.new_on_move):
            moved = copy_object(world, clip)
        else:
            moved = clip
        put_clip(world, track, scene, None)
        put_clip(world, to_track, to_scene, moved)
    return moved


@edit
def rename_clip(world, pick):
    """clip, name"""
    clip = any_clip(pick)
    with world.gesture('rename clip'):
        world.set(clip, 'name', pick.value('name', lambda: any_name(pick.random)))
    return clip


@edit
def collect_samples(world, pick):
    """folder: every sample lies in that project from now on, as after Collect All; a save is to follow"""
    folder = pick.value('folder', lambda: '/Music/Song Project')
    with world.gesture('collect'):
        for clip in list(world.pools['clip'].items):
            path = clip.v.get('file_path')
            if path:
                name = path.replace('\\', '/').rsplit('/', 1)[-1]
                world.set(clip, 'file_path', '%s/Samples/Imported/%s' % (folder, name))
    return None


@edit
def color_clip(world, pick):
    """clip, color_index"""
    clip = any_clip(pick)
    with world.gesture('colour clip'):
        world.set(clip, 'color_index', pick.whole('color_index', 0, 69))
    return clip


@edit
def mute_clip(world, pick):
    """clip, on: deactivated"""
    clip = any_clip(pick)
    with world.gesture('deactivate clip'):
        world.set(clip, 'muted', bool(pick.value('on', not clip.v.get('muted'))))
    return clip


@edit
def loop_clip(world, pick):
    """clip, on, start, end"""
    clip = any_clip(pick)
    start = float(pick.value('start', lambda: float(pick.random.randint(0, 8))))
    end = float(pick.value('end', lambda: start + pick.random.choice([1, 2, 4, 8])))
    with world.gesture('loop of clip'):
        world.set(clip, 'looping', bool(pick.value('on', lambda: pick.chance(0.8))))
        world.set(clip, 'loop_start', start)
        world.set(clip, 'loop_end', end)
        world.set(clip, 'start_marker', start)
        world.set(clip, 'end_marker', max(end, clip.v.get('end_marker', end)))
    return clip


LAUNCH = {'launch_mode': (0, 1, 2, 3), 'launch_quantization': tuple(range(15)), 'legato': (False, True),
          'velocity_amount': (0.0, 0.25, 0.5, 1.0)}
SOUND = {'warping': (False, True), 'warp_mode': (0, 1, 2, 3, 4, 6), 'pitch_coarse': tuple(range(-12, 13)),
         'pitch_fine': (-20.0, 0.0, 7.0), 'gain': (0.2, 0.4, 0.6)}


def _one_of(world, clip, pick, table, gesture):
    member = pick.value('member', lambda: pick.random.choice(sorted(table)))
    with world.gesture(gesture):
        world.set(clip, member, pick.value('value', lambda: pick.random.choice(table[member])))
    return clip


@edit
def launch_settings(world, pick):
    """clip, member (launch_mode launch_quantization legato velocity_amount), value"""
    return _one_of(world, any_clip(pick), pick, LAUNCH, 'launch settings')


@edit
def sound_of_clip(world, pick):
    """clip: audio, member (warping warp_mode pitch_coarse pitch_fine gain), value"""
    return _one_of(world, any_clip(pick, lambda c: c.role == 'audio'), pick, SOUND, 'clip sound')


@edit
def warp_marker(world, pick):
    """clip: audio, beat, seconds: one more warp marker"""
    clip = any_clip(pick, lambda c: c.role == 'audio')
    beat = round(pick.number('beat', 0.0, 32.0), 3)
    with world.gesture('warp marker'):
        marker = [beat, float(pick.value('seconds', beat / 2))]
        rest = [m for m in clip.v.get('warp_markers') or [] if m[0] != beat]
        world.set(clip, 'warp_markers', sorted(rest + [marker]))
    return clip


@edit
def signature_of_clip(world, pick):
    """clip, numerator, denominator"""
    clip = any_clip(pick)
    with world.gesture('signature of clip'):
        world.set(clip, 'signature_numerator', pick.whole('numerator', 2, 9))
        world.set(clip, 'signature_denominator', pick.value('denominator', lambda: pick.random.choice([4, 8])))
    return clip


@edit
def draw_envelope(world, pick):
    """clip in a slot: a clip envelope is drawn; Live tells has_envelopes only"""
    clip = session_clip(pick)
    with world.gesture('clip envelope'):
        world.set(clip, '_envelopes', True)
    return clip
