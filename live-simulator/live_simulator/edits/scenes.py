"""Edits of scenes and of slots without a clip."""
from ..api.write_all import enable_tempo
from .clips import put_clip, some_slot
from .copying import copy_object, mark_made
from .order import without
from .pick import CannotPick
from .registry import edit
from .words import any_name

MOST_SCENES = 300


@edit
def add_scene(world, pick):
    """index; -1: at the end"""
    scenes = world.song.kids['scenes']
    if len(scenes) >= MOST_SCENES:
        raise CannotPick('enough scenes')
    index = pick.whole('index', 0, len(scenes))
    index = len(scenes) if not 0 <= index <= len(scenes) else index
    with world.gesture('insert scene'):
        scene = mark_made(world.make('Scene', 'scene', '', None, {'name': '', 'color_index': None}))
        world.set_kids(world.song, 'scenes', scenes[:index] + [scene] + scenes[index:])
        world.selection.scene(scene)
    return scene


@edit
def delete_scene(world, pick):
    """scene; the clips in its row go"""
    scene = pick.object('scene', 'scene')
    scenes = world.song.kids['scenes']
    if len(scenes) < 2:
        raise CannotPick('the last scene stays')
    with world.gesture('delete scene'):
        at = scenes.index(scene)
        rest = without(scenes, [scene])
        if world.selection.view.v.get('selected_scene') == scene.uid:
            world.selection.scene(rest[min(at, len(rest) - 1)])
        world.set_kids(world.song, 'scenes', rest)
    return scene


@edit
def duplicate_scene(world, pick):
    """scene; the copy stands below it, with copies of its clips"""
    scene = pick.object('scene', 'scene')
    scenes = world.song.kids['scenes']
    if len(scenes) >= MOST_SCENES:
        raise CannotPick('enough scenes')
    at = scenes.index(scene) + 1
    with world.gesture('duplicate scene'):
        made = copy_object(world, scene)
        world.set_kids(world.song, 'scenes', scenes[:at] + [made] + scenes[at:])
        for track in world.song.kids['tracks']:
            clip = world.clip_at(track, scene)
            if clip is not None:
                put_clip(world, track, made, copy_object(world, clip))
        world.selection.scene(made)
    return made


@edit
def move_scene(world, pick):
    """scene, index: its place without it; its clips go with it"""
    scene = pick.object('scene', 'scene')
    rest = without(world.song.kids['scenes'], [scene])
    index = min(pick.whole('index', 0, len(rest)), len(rest))
    with world.gesture('move scene'):
        world.set_kids(world.song, 'scenes', rest[:index] + [scene] + rest[index:])
    return scene


@edit
def rename_scene(world, pick):
    """scene, name"""
    scene = pick.object('scene', 'scene')
    with world.gesture('rename scene'):
        world.set(scene, 'name', pick.value('name', lambda: any_name(pick.random)))
    return scene


@edit
def color_scene(world, pick):
    """scene, color_index"""
    scene = pick.object('scene', 'scene')
    with world.gesture('colour scene'):
        world.set(scene, 'color_index', pick.whole('color_index', 0, 69))
    return scene


@edit
def tempo_of_scene(world, pick):
    """scene, tempo: else it is switched off when it was on"""
    scene = pick.object('scene', 'scene')
    with world.gesture('tempo of scene'):
        if not pick.has('tempo') and scene.v.get('tempo_enabled'):
            world.set(scene, 'tempo_enabled', False)
        else:
            enable_tempo(scene, 'tempo', float(pick.value('tempo', lambda: pick.random.randint(60, 180))))
    return scene


@edit
def signature_of_scene(world, pick):
    """scene, numerator, denominator: else it is switched off when it was on"""
    scene = pick.object('scene', 'scene')
    with world.gesture('signature of scene'):
        if not pick.has('numerator') and scene.v.get('time_signature_enabled'):
            world.set(scene, 'time_signature_enabled', False)
        else:
            enable_tempo(scene, 'time_signature_numerator', pick.whole('numerator', 2, 9))
            world.set(scene, 'time_signature_denominator', pick.value('denominator', 4))
    return scene


@edit
def stop_button(world, pick):
    """track, scene, on: the stop button of an empty slot"""
    track, scene = some_slot(world, pick)
    slot = world.slot(track, scene)
    with world.gesture('stop button'):
        world.name_slot(slot)
        world.set(slot, 'has_stop_button', bool(pick.value('on', not slot.v.get('has_stop_button', True))))
    return slot
