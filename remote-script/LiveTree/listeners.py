"""Adding and removing Live's listeners, each guarded, all counted.

The pattern of Ableton's own scripts: is the subject alive? ask `has_listener`; add or remove inside a guard;
never touch a dead subject (docs/live-api.md, listeners).
"""
from .live import is_alive


class Listeners(object):
    """Counts what is connected and what Live refused. Tokens are `(subject, event, callback)`."""

    def __init__(self, note):
        self.note = note  # type: callable  # (place, error): logged once per place
        self.count = 0
        self.refused = 0
        self.polled = []  # (subject, callback) that Live refused although it has the member

    def add(self, subject, event, callback):
        """Connects and returns a token, or None when this Live or object has no such listener."""
        if getattr(subject, 'add_%s_listener' % event, None) is None or not is_alive(subject):
            return None
        for is_last in (False, True):
            try:
                if not getattr(subject, event + '_has_listener')(callback):
                    getattr(subject, 'add_%s_listener' % event)(callback)
                    self.count += 1
                    return (subject, event, callback)
                return None
            except Exception as error:
                if is_last:
                    self._refuse(subject, event, callback, error)
        return None

    def _refuse(self, subject, event, callback, error):
        """Members that other kinds of the object have raise here as well: only a readable one was refused."""
        try:
            getattr(subject, event)
        except Exception:
            return
        self.refused += 1
        self.polled.append((subject, callback))

    def poll(self):
        """Where Live refused a listener, its mark is set now and then instead. How many are polled."""
        self.polled = [entry for entry in self.polled if is_alive(entry[0])]
        for _, callback in self.polled:
            callback()
        return len(self.polled)

    def remove(self, token):
        """Disconnects; a dead subject has lost its listeners already."""
        subject, event, callback = token
        self.count -= 1
        if not is_alive(subject):
            return
        try:
            if getattr(subject, event + '_has_listener')(callback):
                getattr(subject, 'remove_%s_listener' % event)(callback)
        except Exception as error:
            self.note('remove listener ' + event, error)

    def remove_all(self, tokens):
        """Disconnects every token of the list and empties it."""
        while tokens:
            self.remove(tokens.pop())
