"""Opening and saving Sets, as the user does it."""
import json
import os
import time

from . import builtin
from .control import ControlError
from .model.saved import to_save


class SaveClock(object):
    """Time for a save: a slow one takes real seconds, since real programs watch the file; no ticks meanwhile."""

    def __init__(self, live):
        self.wall = live.clock.wall

    def sleep(self, seconds):
        time.sleep(seconds)


class Documents(object):
    """The Set that is open: the file behind it, and how Live replaces one by another."""

    def __init__(self, live):
        self.live = live

    def open_first(self, path):
        """At start: the file (.json: a description, never saved), or the small Set of our own."""
        if path is None:
            self.live.build(builtin.small())
        elif path.endswith('.json'):
            with open(path, encoding='utf-8') as file:
                self.live.build(json.load(file))
        else:
            self._load_file(path)

    def _load_file(self, path):
        from . import als  # a Set of our own needs no reader of files
        self._show(als.load(path), os.path.abspath(path))

    def _show(self, loaded, path):
        self.live.build(loaded.set)
        self.live.world.loaded = loaded
        self.live.world.file_path = path

    def open(self, message, answer):
        """Another Set; the script is built anew, or lives on under the new song, by the switch or by message["how"]."""
        survive = self.live.world.notifier.chance(self.live.world.faults.survive)
        survive = message.get('how', 'survive' if survive else 'rebuild') == 'survive'
        loaded = self._read(message)
        host, scheduler = self.live.host, self.live.scheduler
        dead_first = self.live.world.notifier.chance(self.live.world.faults.dead_first)
        if not survive and not dead_first:
            host.disconnect_all()
        scheduler.frozen = True
        self._replace(message, loaded)
        if not survive:
            host.disconnect_all()

        def over():
            scheduler.frozen = False
            if not survive and host.package is not None:
                host.create()
            answer({'how': 'survive' if survive else 'rebuild'})

        scheduler.at(scheduler.clock.now() + float(message.get('seconds', 0.5)), over)

    def _read(self, message):
        """The file, read before anything is taken down: a broken one changes nothing."""
        if 'path' not in message:
            return None
        from . import als
        return als.load(message['path'])

    def _replace(self, message, loaded):
        world = self.live.world
        world.transport.playing = False
        world.kill(world.song)
        world.file_path, world.loaded = '', None
        if loaded is not None:
            # What is begun from a template has no file yet.
            self._show(loaded, '' if message.get('template') else os.path.abspath(message['path']))
        else:
            self.live.build(message.get('description'))

    def save(self, message):
        """{"path", "pattern", "truth"}: saves, or saves as when the path is another one; answers the truth it holds."""
        from . import als
        world = self.live.world
        path = message.get('path') or world.file_path
        if not path:
            raise ControlError('the Set has no path yet')
        path = os.path.abspath(path)
        description = to_save(world, world.loaded is None)
        if world.loaded is None:
            world.loaded = als.from_nothing(description)
        pattern = message.get('pattern', 'replace')
        saved = {'truth': self.live.described()} if message.get('truth') else {}
        world.loaded = als.save(world.loaded, description, path, pattern, SaveClock(self.live))
        world.file_path = path
        return dict(saved, path=path, leftOut=list(getattr(world.loaded, 'left_out', ())))
