"""Undo and redo: every gesture is a list of small changes, each with its inverse."""

LIMIT = 200

# The value of a member that was never given one.
MISSING = object()


class Journal(object):
    """Steps done and undone. A change is ('value', obj, name, old, new) or ('kid', obj, name, old, new)."""

    def __init__(self):
        self.done = []
        self.undone = []

    def push(self, name, changes):
        if not changes:
            return
        self.done.append((name, changes))
        del self.done[:-LIMIT]
        self.undone = []

    def take_undo(self):
        if not self.done:
            return None
        step = self.done.pop()
        self.undone.append(step)
        return step

    def take_redo(self):
        if not self.undone:
            return None
        step = self.undone.pop()
        self.done.append(step)
        return step
