"""Objects of one kind, to pick one at random at once."""


class Pool(object):
    """A set with choice(); adding, removing and picking take constant time."""

    def __init__(self):
        self.items = []
        self.places = {}

    def add(self, obj):
        self.places[obj] = len(self.items)
        self.items.append(obj)

    def discard(self, obj):
        place = self.places.pop(obj, None)
        if place is None:
            return
        last = self.items.pop()
        if last is not obj:
            self.items[place] = last
            self.places[last] = place

    def choice(self, random, test=None):
        """An object for which test holds, None when a few dozen draws and a look at all find none."""
        if not self.items:
            return None
        for _ in range(30):
            found = self.items[int(random.random() * len(self.items))]
            if test is None or test(found):
                return found
        fitting = [o for o in self.items if test(o)]
        return random.choice(fitting) if fitting else None

    def __len__(self):
        return len(self.items)
