"""A seeded random musician: makes one edit after the other, by a temperament."""
from .edits import registry
from .edits.pick import CannotPick

STRUCTURE = {
    'add_midi_track': 2, 'add_audio_track': 2, 'delete_track': 4, 'duplicate_track': 1.5, 'move_track': 4,
    'group_tracks': 1.5, 'ungroup_tracks': 1.5, 'add_return': 0.5, 'delete_return': 0.5, 'move_return': 0.5,
    'add_device': 6, 'delete_device': 5, 'duplicate_device': 2, 'move_device': 6, 'group_devices': 1,
    'ungroup_rack': 1, 'add_chain': 3, 'delete_chain': 3, 'duplicate_chain': 1, 'move_chain': 2, 'note_of_chain': 1,
    'add_scene': 3, 'delete_scene': 3.5, 'duplicate_scene': 1, 'move_scene': 2,
    'draw_clip': 8, 'delete_clip': 8, 'duplicate_clip': 3, 'move_clip': 5,
    'draw_arrangement_clip': 4, 'move_arrangement_clip': 3, 'resize_arrangement_clip': 2,
    'split_arrangement_clip': 1, 'session_to_arrangement': 1,
    'add_take_lane': 0.5, 'record_take': 1, 'rename_take_lane': 0.3, 'delete_take_lane': 0.5,
    'add_locator': 1.5, 'delete_locator': 1.5, 'move_locator': 1, 'undo': 6, 'redo': 2, 'stop_button': 1}
DETAILS = {
    'rename_track': 4, 'color_track': 2, 'mute_track': 4, 'solo_track': 3, 'arm_track': 2, 'monitor_track': 1,
    'crossfade_track': 1, 'pan_mode_track': 0.5, 'route_track': 1.5, 'freeze_track': 0.3, 'fold_group': 2,
    'rename_device': 2, 'switch_device': 3, 'rename_chain': 1, 'color_chain': 0.5, 'mute_chain': 1, 'solo_chain': 1,
    'choke_chain': 0.5, 'show_macros': 0.5, 'configure_plugin': 1, 'rename_clip': 3, 'color_clip': 2, 'mute_clip': 1, 'loop_clip': 2,
    'launch_settings': 2, 'sound_of_clip': 2, 'warp_marker': 1, 'signature_of_clip': 0.5, 'add_notes': 4,
    'remove_notes': 2, 'change_notes': 3, 'draw_envelope': 0.3, 'rename_scene': 2, 'color_scene': 1,
    'tempo_of_scene': 1, 'signature_of_scene': 1, 'set_tempo': 1, 'set_signature': 0.5, 'set_song': 2,
    'rename_locator': 1, 'set_parameter': 5, 'map_macro': 0.5, 'turn_macro': 1}
PLAYING = {
    'launch_clip': 10, 'launch_slot': 4, 'launch_scene': 2, 'stop_clips_of_track': 4, 'stop_all_clips': 0.5,
    'play': 1, 'stop': 0.7, 'jump': 1, 'record_clip': 1, 'record': 0.3, 'mute_track': 5, 'solo_track': 3,
    'arm_track': 2, 'ride_parameter': 8, 'set_parameter': 4, 'switch_device': 2, 'set_tempo': 0.3,
    'select_track': 3, 'select_scene': 2, 'select_device': 3, 'select_clip': 2, 'show_view': 0.5}
AUTOMATION = {
    'automate_parameter': 6, 'clear_automation': 2, 're_enable_automation': 1, 'ride_parameter': 6, 'play': 2,
    'stop': 0.5, 'turn_macro': 3, 'map_macro': 1, 'set_parameter': 3}


def _together(*tables):
    """One table of weights; equal names add up."""
    found = {}
    for table, factor in tables:
        total = sum(table.values())
        for name, weight in table.items():
            found[name] = found.get(name, 0.0) + factor * weight / total
    return found


TEMPERAMENTS = {
    'editing': _together((STRUCTURE, 5), (DETAILS, 4), ({'select_track': 1, 'select_device': 1}, 0.5)),
    'performing': _together((PLAYING, 9), (DETAILS, 1)),
    'automating': _together((AUTOMATION, 8), (DETAILS, 1), (PLAYING, 1)),
    'mixed': _together((STRUCTURE, 4), (DETAILS, 3), (PLAYING, 2), (AUTOMATION, 1)),
}
TRIES = 20

# Edits that make the Set bigger or smaller, by the pool they fill or empty.
GROWS = {'add_midi_track': 'track', 'add_audio_track': 'track', 'duplicate_track': 'track', 'group_tracks': 'track',
         'add_device': 'device', 'duplicate_device': 'device', 'group_devices': 'device', 'add_chain': 'chain',
         'duplicate_chain': 'chain', 'add_scene': 'scene', 'duplicate_scene': 'scene', 'draw_clip': 'clip',
         'draw_arrangement_clip': 'clip', 'split_arrangement_clip': 'clip', 'session_to_arrangement': 'clip',
         'duplicate_clip': 'clip', 'add_locator': 'locator', 'add_take_lane': 'takeLane', 'record_take': 'clip'}
SHRINKS = {'delete_track': 'track', 'ungroup_tracks': 'track', 'delete_device': 'device', 'ungroup_rack': 'chain',
           'delete_chain': 'chain', 'delete_scene': 'scene', 'delete_clip': 'clip', 'delete_locator': 'locator',
           'delete_take_lane': 'takeLane'}
LEAST = {'track': 14, 'device': 12, 'chain': 6, 'scene': 6, 'clip': 20, 'locator': 3, 'takeLane': 2}


class Musician(object):
    """step() makes one edit; the size of the Set stays about what it was when the first one came."""

    def __init__(self, world, temperament):
        self.world = world
        self.temperament = 'mixed' if temperament == 'off' else temperament
        self.counts = {}
        self.sizes = None
        self.tables = {}

    def _table(self):
        if self.temperament not in self.tables:
            weights = TEMPERAMENTS[self.temperament]
            names, total, sums = sorted(weights), 0.0, []
            for name in names:
                total += weights[name]
                sums.append(total)
            self.tables[self.temperament] = (names, sums)
        return self.tables[self.temperament]

    def _fits(self, name):
        """Keeps the Set between seven tenths and thirteen tenths of its first size."""
        pools = self.world.pools
        if self.sizes is None:
            self.sizes = {kind: max(len(pool), LEAST[kind]) for kind, pool in pools.items()}
        if name in GROWS:
            return len(pools[GROWS[name]]) < 1.3 * self.sizes[GROWS[name]]
        if name in SHRINKS:
            return len(pools[SHRINKS[name]]) > 0.7 * self.sizes[SHRINKS[name]]
        return True

    def step(self):
        """Name of the edit made; None when nothing could be done."""
        names, sums = self._table()
        for _ in range(TRIES):
            name = self.world.random.choices(names, cum_weights=sums)[0]
            if not self._fits(name):
                continue
            try:
                registry.run(self.world, name, {})
            except CannotPick:
                continue
            self.counts[name] = self.counts.get(name, 0) + 1
            return name
        return None
