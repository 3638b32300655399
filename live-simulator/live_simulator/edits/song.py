"""Edits of the song: transport, tempo, key, locators, selection, undo."""
from .copying import mark_made
from .order import without
from .pick import CannotPick
from .registry import edit
from .words import any_name


@edit
def set_tempo(world, pick):
    """tempo"""
    with world.gesture('tempo'):
        world.set(world.song, 'tempo', float(pick.value('tempo', lambda: round(60 + 120 * pick.random.random(), 2))))
    return world.song


@edit
def set_signature(world, pick):
    """numerator, denominator"""
    with world.gesture('signature'):
        world.set(world.song, 'signature_numerator', pick.whole('numerator', 2, 9))
        world.set(world.song, 'signature_denominator', pick.value('denominator', lambda: pick.random.choice([4, 8])))
    return world.song


VALUES = {'root_note': tuple(range(12)), 'scale_name': ('Major', 'Minor', 'Dorian', 'Phrygian'),
          'scale_mode': (False, True), 'loop': (False, True), 'loop_start': (0.0, 4.0, 16.0),
          'loop_length': (4.0, 8.0, 32.0), 'punch_in': (False, True), 'punch_out': (False, True),
          'metronome': (False, True), 'clip_trigger_quantization': tuple(range(14)),
          'midi_recording_quantization': tuple(range(9))}


@edit
def set_song(world, pick):
    """member (root_note scale_name scale_mode loop loop_start … metronome), value"""
    member = pick.value('member', lambda: pick.random.choice(sorted(VALUES)))
    with world.gesture('song'):
        world.set(world.song, member, pick.value('value', lambda: pick.random.choice(VALUES[member])))
    return world.song


# --- locators ------------------------------------------------------------------------------

@edit
def add_locator(world, pick):
    """time, name; Live promises no order"""
    cues = world.song.kids['cue_points']
    time = float(pick.value('time', lambda: 4.0 * pick.random.randrange(128)))
    if len(cues) > 60 or any(c.v['time'] == time for c in cues):
        raise CannotPick('there is a locator')
    with world.gesture('locator'):
        values = {'name': pick.value('name', lambda: any_name(pick.random)), 'time': time}
        cue = mark_made(world.make('CuePoint', 'locator', '', None, values))
        at = pick.random.randint(0, len(cues))
        world.set_kids(world.song, 'cue_points', cues[:at] + [cue] + cues[at:])
    return cue


@edit
def delete_locator(world, pick):
    """locator"""
    cue = pick.object('locator', 'locator')
    with world.gesture('delete locator'):
        world.set_kids(world.song, 'cue_points', without(world.song.kids['cue_points'], [cue]))
    return cue


@edit
def rename_locator(world, pick):
    """locator, name"""
    cue = pick.object('locator', 'locator')
    with world.gesture('rename locator'):
        world.set(cue, 'name', pick.value('name', lambda: any_name(pick.random)))
    return cue


@edit
def move_locator(world, pick):
    """locator, time"""
    cue = pick.object('locator', 'locator')
    time = float(pick.value('time', lambda: 4.0 * pick.random.randrange(128)))
    if any(c is not cue and c.v['time'] == time for c in world.song.kids['cue_points']):
        raise CannotPick('there is a locator')
    with world.gesture('move locator'):
        world.set(cue, 'time', time)
    return cue


# --- selection -----------------------------------------------------------------------------

@edit
def select_track(world, pick):
    """track"""
    track = pick.track(lambda t: True)
    with world.gesture('select', undo=False):
        world.selection.track(track)
    return track


@edit
def select_scene(world, pick):
    """scene"""
    scene = pick.object('scene', 'scene')
    with world.gesture('select', undo=False):
        world.selection.scene(scene)
    return scene


@edit
def select_device(world, pick):
    """device"""
    device = pick.object('device', 'device')
    with world.gesture('select', undo=False):
        world.selection.device(device)
    return device


@edit
def select_clip(world, pick):
    """clip: shown in the detail view"""
    clip = pick.object('clip', 'clip')
    with world.gesture('select', undo=False):
        world.selection.clip(clip)
    return clip


@edit
def show_view(world, pick):
    """view: Session or Arranger; else the other one"""
    view = world.application.kids['view']
    now = view.v.get('focused_document_view', 'Session')
    to = pick.value('view', 'Arranger' if now == 'Session' else 'Session')
    with world.gesture('view', undo=False):
        if to in ('Session', 'Arranger'):
            world.set(view, 'focused_document_view', to, undo=False)
        for event in ('view_focus_changed', 'is_view_visible:Session', 'is_view_visible:Arranger'):
            world.tell(view, event)
    return None


# --- transport and undo --------------------------------------------------------------------

@edit
def play(world, pick):
    """Starts the transport."""
    with world.gesture('play', undo=False):
        world.transport.start()
    return None


@edit
def stop(world, pick):
    """Stops the transport."""
    with world.gesture('stop', undo=False):
        world.transport.stop()
    return None


@edit
def jump(world, pick):
    """beat: where to play from"""
    with world.gesture('jump', undo=False):
        world.transport.jump(pick.number('beat', 0.0, 64.0))
    return None


@edit
def record(world, pick):
    """on: the arrangement record button; Live needs some ticks to show it"""
    on = bool(pick.value('on', not world.song.v.get('record_mode')))

    def now():
        with world.gesture('record', undo=False):
            world.set(world.song, 'record_mode', on, undo=False)

    world.defer(3, now)
    return None


@edit
def undo(world, pick):
    """count: so many steps back"""
    done = sum(1 for _ in range(pick.value('count', 1)) if world.undo())
    return done


@edit
def redo(world, pick):
    """count: so many steps forth"""
    return sum(1 for _ in range(pick.value('count', 1)) if world.redo())


@edit
def stall(world, pick):
    """seconds: a menu or dialog is open"""
    world.stall(pick.number('seconds', 0.1, 1.0))
    return None
