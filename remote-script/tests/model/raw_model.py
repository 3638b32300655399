"""A small model made of frames alone, and its comparison with the simulator's truth. Knows nothing of the script."""
STATED = {
    'song': 'tempo signature_numerator signature_denominator root_note scale_name scale_mode loop loop_start '
            'loop_length punch_in punch_out metronome clip_trigger_quantization midi_recording_quantization',
    'track': 'name color color_index mute solo arm is_foldable has_midi_input has_audio_input has_audio_output '
             'is_frozen fold_state current_monitoring_state input_routing_type input_routing_channel '
             'output_routing_type output_routing_channel volume panning panning_mode left_split_stereo '
             'right_split_stereo crossfade_assign cue_volume crossfader volume_text cue_volume_text',
    'send': 'value value_text is_enabled',
    'device': 'name class_name class_display_name type on is_active can_have_chains can_have_drum_pads '
              'visible_macro_count parameter_count',
    'parameter': 'name original_name value min max is_quantized value_items is_enabled state automation_state',
    'chain': 'name color color_index mute solo volume volume_text panning in_note out_note choke_group',
    'clip': 'name color color_index is_midi_clip muted looping loop_start loop_end start_marker end_marker '
            'start_time end_time launch_mode launch_quantization legato velocity_amount signature_numerator '
            'signature_denominator warping warp_mode pitch_coarse pitch_fine gain file_path',
    'slot': 'has_stop_button',
    'scene': 'name color color_index tempo tempo_enabled time_signature_numerator time_signature_denominator '
             'time_signature_enabled',
    'locator': 'name time',
    'takeLane': 'name',
}
STATED = dict((kind, names.split()) for kind, names in STATED.items())
LISTS = {
    'song': ('scenes', 'tracks', 'returns', 'main', 'locators'),
    'track': ('sends', 'devices', 'clips', 'slots', 'arrangement', 'takeLanes'),
    'device': ('chains', 'returnChains', 'parameters'),
    'chain': ('devices', 'sends'),
    'takeLane': ('clips',),
}
# What a description leaves out when it is as in a new Set.
DEFAULTS = {('parameter', 'is_enabled'): True, ('parameter', 'state'): 0, ('parameter', 'automation_state'): 0}
UNORDERED = {'locators': 'time'}
BY_SCENE = ('clips', 'slots')


class RawModel(object):
    """Handles with properties and lists, as stated."""

    def __init__(self):
        self.props = {}
        self.kinds = {}
        self.lists = {}
        self.problems = []

    def apply(self, frame):
        """Takes one frame in; order inside it has no meaning."""
        for handle, node in frame.get('nodes', {}).items():
            self.kinds[int(handle)] = node['kind']
            self.props[int(handle)] = dict(node['props'])
        for handle, props in frame.get('sets', {}).items():
            if int(handle) not in self.props:
                self.problems.append('sets of unknown %s' % handle)
            self.props.setdefault(int(handle), {}).update(props)
        for handle, lists in frame.get('lists', {}).items():
            for name, value in lists.items():
                self._list(int(handle), name, value)
        if len(self.props) < 400:
            self.check()

    def check(self):
        """Forgets what hangs nowhere; notes what hangs in two places. After each frame while the model is small."""
        self._forget_unreachable()
        self._check_single_parent()

    def _list(self, handle, name, value):
        held = self.lists.setdefault(handle, {})
        if isinstance(value, dict):
            before = held.get(name, [])
            value = before[:value['from']] + value['insert'] + before[value['from'] + value['remove']:]
        held[name] = list(value)

    def _forget_unreachable(self):
        reached, queue = set(), [1]
        while queue:
            handle = queue.pop()
            reached.add(handle)
            for members in self.lists.get(handle, {}).values():
                queue.extend(members)
        self.lists = dict((h, v) for h, v in self.lists.items() if h in reached)
        self.props = dict((h, v) for h, v in self.props.items() if h in reached)

    def _check_single_parent(self):
        seen = set()
        for lists in self.lists.values():
            for members in lists.values():
                for handle in members:
                    if handle in seen:
                        self.problems.append('%d is in two lists' % handle)
                    seen.add(handle)

    def named(self, kind, name):
        """The handle of a kind with this name."""
        found = [h for h, p in self.props.items() if self.kinds.get(h) == kind and p.get('name') == name]
        return found[0]

    def differences(self, truth, leave=(), moving=(), limit=20):
        """Lines that say where the model is not the truth. Not compared: `leave`, pairs (kind, prop), and
        `moving`, pairs (uid, prop)."""
        self.check()
        compare = Comparison(self, frozenset(leave), frozenset(moving))
        compare.node(1, truth, 'song')
        compare.references()
        return (self.problems + compare.found)[:limit]


class Comparison(object):
    """One walk over both."""

    def __init__(self, model, leave, moving):
        self.moving = moving
        self.model = model
        self.leave = leave
        self.found = []
        self.uids = {}
        self._references = []

    def node(self, handle, truth, path):
        self.uids[handle] = truth['uid']
        kind = truth['kind']
        props = self.model.props.get(handle)
        if props is None:
            self.found.append('%s: no properties' % path)
            return
        for name in STATED[kind]:
            if name == 'arm' and (truth['props'].get('is_foldable') or not path.startswith('song.tracks')):
                continue  # groups, returns and main cannot be armed
            if (kind, name) not in self.leave and (truth['uid'], name) not in self.moving:
                self._prop(path, name, props.get(name), truth['props'].get(name, DEFAULTS.get((kind, name))))
        for name in ('group_track', 'scene'):
            other = truth['props'].get('group' if name == 'group_track' else name)
            if kind in ('track', 'clip', 'slot') and (name, kind) not in self.leave:
                self._references.append((path + '.' + name, props.get(name), other))
        for name in LISTS.get(kind, ()):
            self._list(handle, name, truth['lists'].get(name, []), path)

    def _prop(self, path, name, said, true):
        if name == 'value_items' and not said and not true:
            return  # only quantised parameters have them
        if not (said == true or (is_number(said) and is_number(true) and abs(said - true) < 1e-9)):
            self.found.append('%s.%s: said %r, is %r' % (path, name, said, true))

    def _list(self, handle, name, members, path):
        said = self.model.lists.get(handle, {}).get(name, [])
        if len(said) != len(members):
            self.found.append('%s.%s: %d said, %d are' % (path, name, len(said), len(members)))
            return
        if name in UNORDERED:
            key = UNORDERED[name]
            said = sorted(said, key=lambda h: (self.model.props.get(h, {}).get(key), self.model.props[h].get('name')))
            members = sorted(members, key=lambda n: (n['props'].get(key), n['props'].get('name')))
        if name in BY_SCENE and 'takeLanes' not in path:
            said, members = self._by_scene(said), sorted(members, key=lambda n: n['props'].get('scene'))
        for index, (child, node) in enumerate(zip(said, members)):
            self.node(child, node, '%s.%s[%d]' % (path, name, index))

    def _by_scene(self, said):
        def scene(handle):
            value = self.model.props.get(handle, {}).get('scene') or {}
            return self.uids.get(value.get('handle'), -1)

        return sorted(said, key=scene)

    def references(self):
        """Groups and scenes, once every uid is known."""
        for path, said, uid in self._references:
            found = self.uids.get(said['handle']) if isinstance(said, dict) else None
            if found != uid:
                self.found.append('%s: said %r (%r), is %r' % (path, said, found, uid))


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
