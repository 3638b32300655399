"""Faults about frames, the shadow and snapshots."""

SNAPSHOT = ('model.test_lifecycle', 'model.test_structure')
PLANTED = ('model.test_planted_model',)

STATING = (
    (
        'shadow_not_updated',
        'A track renamed and named back keeps the name it had between.',
        'statement.py',
        '        else:\n            thing.props[prop] = value\n        if thing.filled:\n',
        '        elif not thing.filled:\n            thing.props[prop] = value\n        if thing.filled:\n',
        SNAPSHOT + ('model.test_converging',),
    ),
    (
        'removal_not_named',
        'The list of changes does not say that a track was deleted.',
        'statement.py',
        '                self._name_gone(handle)\n        if [each',
        '                pass\n        if [each',
        PLANTED,
    ),
    (
        'snapshot_ends_before_all_is_told',
        'After a restart of the hub whole tracks are missing.',
        'restate.py',
        'return self._root is not None and not self._queue and not self._is_reading()',
        'return self._root is not None and not self._is_reading()',
        SNAPSHOT,
    ),
    (
        'snapshot_ends_before_all_is_read',
        'A Set that is still being read shows as complete, with half of it missing.',
        'restate.py',
        'return self._root is not None and not self._queue and not self._is_reading()',
        'return self._root is not None and not self._queue',
        PLANTED,
    ),
    (
        'moved_in_snapshot_forgotten',
        'What is moved while a snapshot is sent is gone at its end.',
        'restate.py',
        '                for child in thing.lists.get(name, ()):\n                    self._enqueue(child)\n',
        '                pass\n',
        PLANTED,
    ),
    (
        'barrier_answered_early',
        'A save is compared with what Live had before the last change: a change that was saved shows as unsaved.',
        'run.py',
        'if not self._barriers or self.has_dirty():',
        'if not self._barriers:',
        PLANTED,
    ),
    (
        'hash_of_something_else',
        'The hub asks for snapshots without end.',
        'surface.py',
        'return node_hash(thing.kind, thing.props, thing.lists)',
        'return node_hash(thing.kind, thing.props, {})',
        ('model.test_lifecycle',),
    ),
    (
        'room_not_looked_at',
        'A slow hub loses a part of the Set at its first reading.',
        'surface.py',
        'run.pump(not self._was_connected or self._link.room() >= ROOM)',
        'run.pump(True)',
        ('model.test_budget',),
    ),
    (
        'exception_stops_the_rest',
        'One object that Live cannot read stops everything else.',
        'run.py',
        '        except Exception as error:\n            self.report.note(place, error)\n            return None\n',
        '        except Exception as error:\n            self.report.note(place, error)\n            raise\n',
        ('model.test_lifecycle',),
    ),
)
