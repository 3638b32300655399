"""What the command port answers, for Hammerspoon and `nc`. Selecting is the only thing here that touches Live."""
from .live import members, read
from .plain import plain
from .version import VERSION


class Console(object):
    """Handlers by command; `surface` is the script."""

    def __init__(self, surface):
        self._surface = surface

    def handlers(self):
        return {
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
        """By name, or by number counted from 1 as Live shows it."""
        song = self._surface.song()
        found = [each for name in lists for each in members(song, name) or ()]
        chosen = [each for each in found if plain(read(each, 'name')) == wanted]
        if not chosen and wanted.isdigit() and 1 <= int(wanted) <= len(found):
            chosen = [found[int(wanted) - 1]]
        if not chosen:
            return {'error': 'not found'}
        setattr(read(song, 'view'), member, chosen[0])
        return {'selected': plain(read(chosen[0], 'name'))}
