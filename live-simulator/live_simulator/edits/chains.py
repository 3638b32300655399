"""Edits of the chains of racks."""
from .catalogue import DEVICES, new_chain, new_device
from .copying import copy_object
from .devices import is_rack
from .order import without
from .registry import edit
from .words import any_name


def a_rack(pick):
    return pick.object('device', 'device', lambda d: is_rack(d) and len(d.kids['chains']) < 16)


def free_note(rack):
    used = {c.v.get('in_note') for c in rack.kids['chains']}
    return next(note for note in range(36, 128) if note not in used)


@edit
def add_chain(world, pick):
    """device: a rack, index, name, note"""
    rack = a_rack(pick)
    chains = rack.kids['chains']
    index = min(pick.whole('index', 0, len(chains)), len(chains))
    with world.gesture('insert chain'):
        note = pick.value('note', lambda: free_note(rack)) if rack.role == 'drum' else None
        chain = new_chain(world, rack, pick.value('name', lambda: any_name(pick.random)), note)
        if pick.value('filled', lambda: pick.chance(0.5)):
            world.adopt_list(chain, 'devices', [new_device(world, pick.random.choice(sorted(DEVICES)))])
        world.set_kids(rack, 'chains', chains[:index] + [chain] + chains[index:])
    return chain


def a_chain(pick, test=None):
    return pick.object('chain', 'chain', lambda c: c.where == 'chains' and (test is None or test(c)))


@edit
def delete_chain(world, pick):
    """chain"""
    chain = a_chain(pick)
    with world.gesture('delete chain'):
        world.set_kids(chain.parent, 'chains', without(chain.parent.kids['chains'], [chain]))
    return chain


@edit
def duplicate_chain(world, pick):
    """chain; the copy stands behind it"""
    chain = a_chain(pick, lambda c: len(c.parent.kids['chains']) < 16)
    chains = chain.parent.kids['chains']
    at = chains.index(chain) + 1
    with world.gesture('duplicate chain'):
        made = copy_object(world, chain)
        if chain.parent.role == 'drum':
            made.v['in_note'] = free_note(chain.parent)
        world.set_kids(chain.parent, 'chains', chains[:at] + [made] + chains[at:])
    return made


@edit
def move_chain(world, pick):
    """chain, index: its place without it"""
    chain = a_chain(pick)
    rest = without(chain.parent.kids['chains'], [chain])
    index = min(pick.whole('index', 0, len(rest)), len(rest))
    with world.gesture('move chain'):
        world.set_kids(chain.parent, 'chains', rest[:index] + [chain] + rest[index:])
    return chain


@edit
def rename_chain(world, pick):
    """chain, name"""
    chain = a_chain(pick)
    with world.gesture('rename chain'):
        world.set(chain, '_typed', True)
        world.set(chain, 'name', pick.value('name', lambda: any_name(pick.random)))
    return chain


@edit
def color_chain(world, pick):
    """chain, color_index"""
    chain = a_chain(pick)
    with world.gesture('colour chain'):
        world.set(chain, 'color_index', pick.whole('color_index', 0, 69))
    return chain


@edit
def mute_chain(world, pick):
    """chain, on"""
    chain = a_chain(pick)
    with world.gesture('mute chain'):
        world.set(chain, 'mute', bool(pick.value('on', not chain.v.get('mute'))))
    return chain


@edit
def solo_chain(world, pick):
    """chain, on"""
    chain = a_chain(pick)
    with world.gesture('solo chain'):
        world.set(chain, 'solo', bool(pick.value('on', not chain.v.get('solo'))))
    return chain


@edit
def note_of_chain(world, pick):
    """chain of a drum rack, note: the pad it is dragged to"""
    chain = a_chain(pick, lambda c: c.lom == 'DrumChain')
    with world.gesture('pad'):
        world.set(chain, 'in_note', pick.value('note', lambda: free_note(chain.parent)))
    return chain


@edit
def choke_chain(world, pick):
    """chain of a drum rack, group: 0 none, 1..16"""
    chain = a_chain(pick, lambda c: c.lom == 'DrumChain')
    with world.gesture('choke group'):
        world.set(chain, 'choke_group', pick.whole('group', 0, 16))
    return chain


@edit
def show_macros(world, pick):
    """device: a rack, count"""
    rack = pick.object('device', 'device', is_rack)
    with world.gesture('macros'):
        world.set(rack, 'visible_macro_count', pick.whole('count', 1, 16))
    return rack
