"""What the command port answers, for Hammerspoon and `nc`. Selecting is the only thing here that touches Live.

Each command with its answer: docs/port-9001.md.
"""
from .live import members, read
from .plain import plain
from .version import VERSION
from .wire.commands import CommandError

HELP = {
    'help': 'this list',
    'path': 'name and path of the Set',
    'realtime': 'whether what you do in Live is told at once; `realtime on` and `realtime off` switch it',
    'select_scene': '`select_scene NAME` or its number from 1: selects it',
    'select_track': '`select_track NAME` or its number from 1, tracks before returns: selects it',
    'snapshot': 'reads the whole Set anew',
    'state': 'how the script is: its connection, what waits, its time in the thread of Live',
    'version': 'versions of the script and of Live',
    'view': 'what is shown and selected in Live',
}


class Console(object):
    """Handlers by command; `surface` is the script."""

    def __init__(self, surface):
        self._surface = surface

    def handlers(self):
        return {
            'help': lambda rest: HELP,
            'version': lambda rest: {'version': VERSION, 'live': self._surface.hello()['liveVersion']},
            'state': lambda rest: self._surface.self_report(),
            'path': lambda rest: {'name': self._surface.set_name, 'path': self._surface.set_path},
            'view': lambda rest: self._view(),
            'realtime': self._realtime,
            'snapshot': lambda rest: self._snapshot(),
            'select_track': lambda rest: self._select('selected_track', ('tracks', 'return_tracks'), rest),
            'select_scene': lambda rest: self._select('selected_scene', ('scenes',), rest),
        }

    def _view(self):
        view = read(self._surface.song(), 'view')
        track, scene = read(view, 'selected_track'), read(view, 'selected_scene')
        shown = read(read(self._surface.application, 'view'), 'focused_document_view')
        return {
            'view': plain(shown) or None, 'track': plain(read(track, 'name')) or None,
            'scene': plain(read(scene, 'name')) or None,
        }

    def _realtime(self, rest):
        if rest in ('on', 'off'):
            self._surface.choose_realtime(rest == 'on')
        return {'realtime': self._surface.is_realtime}

    def _snapshot(self):
        run = self._surface.run
        if run is not None:
            run.restate.request(1)
        return {'snapshot': run is not None}

    def _select(self, member, lists, wanted):
        """By name, or by number counted from 1. Of things with one name the first."""
        song = self._surface.song()
        found = [each for name in lists for each in members(song, name) or ()]
        chosen = [each for each in found if plain(read(each, 'name')) == wanted]
        if not chosen and wanted.isdecimal() and 1 <= int(wanted) <= len(found):
            chosen = [found[int(wanted) - 1]]
        if not chosen:
            raise CommandError('nothing there is called that; a name is written as in Live, a number counts from 1')
        setattr(read(song, 'view'), member, chosen[0])
        return {'selected': plain(read(chosen[0], 'name'))}
