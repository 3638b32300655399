"""Faults about reading Live: values, listeners, sweep, audit, the budget."""

VALUES = ('model.test_values', 'model.test_converging')
BUDGET = ('model.test_planted_budget', 'model.test_budget')
PLANTED = ('model.test_planted_model',)

READING = (
    (
        'value_before_listener',
        'A name changed just while the Set is read stays the old one.',
        'reader.py',
        "        if thing.kind != 'clip' or self._may_listen():\n            self.attach(thing, ALWAYS, thing.tokens)\n"
        '        self.read_all(thing)\n',
        "        self.read_all(thing)\n        if thing.kind != 'clip' or self._may_listen():\n"
        '            self.attach(thing, ALWAYS, thing.tokens)\n',
        PLANTED,
    ),
    (
        'callback_reads',
        'Live stutters while something changes quickly, and values told too early stay wrong.',
        'reader.py',
        '        token = self._listeners.add(source, event, partial(self._dirty.mark, thing, aspect, weight))\n',
        '        mark = partial(self._dirty.mark, thing, aspect, weight)\n'
        '        held = KINDS[thing.kind].aspects.get(aspect)\n'
        '        read_now = partial(self.read_aspect, thing, aspect) if held is not None and held.reads else mark\n'
        '        token = self._listeners.add(source, event, read_now)\n',
        PLANTED + VALUES,
    ),
    (
        'callback_raises',
        "Live's Log.txt fills with errors, and what else listens to that object is not told.",
        'dirty.py',
        '        if key not in queue:\n            queue[key] = self._clock.now()\n',
        '        if key in queue:\n            raise KeyError(key)\n        queue[key] = self._clock.now()\n',
        VALUES,
    ),
    (
        'ride_loses_its_end',
        'A fader moved for long while Live plays is shown where it was seconds before.',
        'values.py',
        '        self._reader.state_value(thing, ride.value, ride.latest)\n'
        '        if not is_same(ride.before, ride.latest) and ride.before is not ABSENT:\n',
        '        if not is_same(ride.before, ride.latest) and ride.before is not ABSENT:\n',
        VALUES,
    ),
    (
        'ride_ends_late',
        'The last position of a fader shows half a second after the hand has stopped.',
        'values.py',
        'elif ride.waiting and now - ride.told >= INTERVAL:',
        'elif ride.waiting and now - ride.told >= REST:',
        VALUES,
    ),
    (
        'motion_is_an_edit',
        'The list of changes fills with what automation does.',
        'values.py',
        '        if ride.ephemeral:\n            told = ',
        '        if ride.ephemeral is None:\n            told = ',
        VALUES,
    ),
    (
        'automation_not_asked',
        'Every automated parameter is a change made by hand, for as long as Live plays.',
        'reader.py',
        "return state == 1 or read(source, 'is_enabled') is False",
        'return state is ABSENT',
        VALUES,
    ),
    (
        'end_of_automation_unheard',
        'A fader freed of its automation is shown where automation last had it.',
        'values.py',
        '        if driven == (value.prop in tokens):\n            return\n',
        '        if driven or value.prop not in tokens:\n            return\n',
        VALUES,
    ),
    (
        'sweep_stands_still',
        'A knob moved by a controller on any but the first devices is never found.',
        'sweep.py',
        '        if self._steps is None:\n            if self._clock',
        '        if self._steps is not self:\n            if self._clock',
        VALUES,
    ),
    (
        'sweep_not_said',
        'Nothing tells a value found by the sweep from one heard of.',
        'sweep.py',
        "            self._statement.seen[str(thing.handle)] = 'sweep'\n",
        '',
        VALUES,
    ),
    (
        'details_never_let_go',
        'Opening device after device makes Live slower and slower.',
        'looks.py',
        '            self._listeners.remove_all(thing.details)\n            thing.details = None\n',
        '            thing.details = None\n',
        VALUES,
    ),
    (
        'notes_not_counted',
        'That notes of a clip nobody looks at were changed is never known.',
        'handlers.py',
        "clip.props.get('notes_changes', 0) + 1)",
        "clip.props.get('notes_changes', 0))",
        VALUES,
    ),
    (
        'mismatch_not_marked',
        'A change that Live never told of looks like one made just now.',
        'audit.py',
        '        self._statement.mismatch.append([thing.handle, prop])\n',
        '',
        ('model.test_lifecycle',),
    ),
    (
        'audit_blind',
        'A change that Live never told of is never found.',
        'audit.py',
        '        if aspects or values or lists:\n',
        '        if values or lists:\n',
        ('model.test_lifecycle',),
    ),
    (
        'changes_ignore_the_budget',
        "Live's audio drops out when many things change at once.",
        'run.py',
        '            if perf() >= deadline:\n                return not self.dirty.has(weight)\n',
        '',
        BUDGET,
    ),
    (
        'reading_ignores_the_budget',
        "Live's audio drops out while a Set is read.",
        'run.py',
        '            worked = True\n            if self.clock.perf() >= deadline:\n                break\n'
        '        return worked\n\n    def _background_step',
        '            worked = True\n        return worked\n\n    def _background_step',
        BUDGET,
    ),
    (
        'change_waits_for_the_rest',
        'After a pause every change shows late.',
        'surface.py',
        'if now >= self._rests_until or self.run.dirty.marks != self._marks:',
        'if now >= self._rests_until:',
        ('model.test_structure',) + PLANTED,
    ),
    (
        'second_not_counted',
        'The script takes 4 ms of every pump: two fifths of Live\'s thread, for as long as there is work.',
        'budget.py',
        'self.allowed = max(0.0, min(PUMP, self._all.left(self._clock.now(), limit)))',
        'self.allowed = PUMP',
        BUDGET,
    ),
    (
        'light_mode_for_ever',
        'After one busy minute devices and clips are never up to date again.',
        'budget.py',
        '                self.is_light = False\n',
        '                self.is_light = True\n',
        BUDGET,
    ),
    (
        'light_mode_forgets',
        'What changed in light mode stays as it was before.',
        'light.py',
        '        self._aside[(subject, aspect)] = weight\n        return False\n',
        '        return False\n',
        BUDGET,
    ),
    (
        'slots_over_the_limit_unswept',
        'In a very large Set new clips never show.',
        'sweep.py',
        'if dead or (slot.token is None and track.props',
        'if dead and (slot.token is None and track.props',
        BUDGET,
    ),
)
