"""Finds what an edit works on: by uid, index or name when it is said, else at random by the seed."""


class CannotPick(Exception):
    """Nothing there to do the edit with; a musician tries another one."""


class Picker(object):
    """The arguments of one edit."""

    def __init__(self, world, args):
        self.world = world
        self.args = args
        self.random = world.random

    def has(self, name):
        return self.args.get(name) is not None

    def value(self, name, default):
        """An argument as it is, or the default; a callable default is called."""
        given = self.args.get(name)
        if given is not None:
            return given
        return default() if callable(default) else default

    def number(self, name, low, high):
        return self.value(name, lambda: low + (high - low) * self.random.random())

    def whole(self, name, low, high):
        return int(self.value(name, lambda: self.random.randint(low, high)))

    def object(self, name, pool, test=None):
        """An object of a pool: the one named by {uid}, {index}, {name}, a bare uid, or any."""
        given = self.args.get(name)
        if given is None:
            found = self.world.pools[pool].choice(self.random, test)
        else:
            found = self._named(given, pool)
        if found is None or (test is not None and not test(found)):
            raise CannotPick('no %s for this edit' % name)
        return found

    def _named(self, given, pool):
        if isinstance(given, int):
            return self.world.by_uid.get(given)
        if isinstance(given, str):
            given = {'name': given}
        if 'uid' in given:
            return self.world.by_uid.get(given['uid'])
        song = self.world.song
        lists = {'track': song.kids['tracks'] + song.kids['return_tracks'] + [song.kids['master_track']],
                 'scene': song.kids['scenes'], 'locator': song.kids['cue_points']}
        among = lists.get(pool) or self.world.pools[pool].items
        if 'index' in given:
            return among[given['index']] if 0 <= given['index'] < len(among) else None
        shown = self.world.names.shown
        return next((o for o in among if (shown(o) if pool == 'track' else o.v.get('name')) == given['name']), None)

    def track(self, test=None, name='track'):
        """A track of song.tracks by default; a test may allow others."""
        return self.object(name, 'track', test or (lambda t: t.where == 'tracks'))

    def chance(self, probability):
        return self.random.random() < probability
