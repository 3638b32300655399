"""Switches: what nobody knows about Live (on or off, random by seed), and what may go wrong."""

# name: (value when nothing is said, what it does). Numbers are probabilities.
SWITCHES = {
    'order': (1.0, 'notifications of one gesture come in any order'),
    'duplicate': (0.1, 'a notification comes twice'),
    'early': (0.1, 'a notification comes before the change it tells of, and not again after it'),
    'half': (0.1, 'notifications come while a gesture is half done'),
    'reuse': (0.0, 'pointers of deleted objects are used again'),
    'new_on_move': (0.5, 'a clip dragged to another slot is a new object'),
    'silent_replace': (0.0, 'has_clip says nothing when a clip is replaced in its slot'),
    'dead_first': (0.3, 'the old song is gone already when disconnect is called at the load of a Set'),
    'survive': (0.0, 'a Set is loaded under a living instance instead of a new one'),
    'two_instances': (0.0, 'the script is built twice at start'),
    'stalls': (0.0, 'menus and dialogs stop the ticks now and then'),
    'refuse': (0.0, 'adding a listener fails'),
    'reads': (0.0, 'reading a property raises'),
    'lost': (0.0, 'a notification never comes'),
}

# What is meant by a bare name on the command line.
WHEN_NAMED = {'reuse': 0.5, 'two_instances': 1.0, 'survive': 1.0, 'dead_first': 1.0, 'silent_replace': 1.0, 'new_on_move': 0.5,
              'order': 1.0, 'stalls': 0.02, 'refuse': 0.001, 'reads': 0.0005, 'lost': 0.01, 'duplicate': 0.3, 'early': 0.3, 'half': 0.3}


class Faults(object):
    """The probabilities in force; attributes have the names of SWITCHES."""

    def __init__(self):
        self.set_default()

    def set_default(self):
        for name, (value, _) in SWITCHES.items():
            setattr(self, name, value)

    def set_none(self):
        for name in SWITCHES:
            setattr(self, name, 0.0)

    def set(self, name, value):
        """Sets one switch; True means its usual probability. Raises KeyError for an unknown name."""
        if name not in SWITCHES:
            raise KeyError('no such switch: %s (there are: %s)' % (name, ', '.join(sorted(SWITCHES))))
        setattr(self, name, WHEN_NAMED[name] if value is True else float(value))

    def parse(self, text):
        """'none', 'default', 'reuse', 'reuse=0.2,two_instances' in any mixture."""
        for word in [w.strip() for w in text.split(',') if w.strip()]:
            name, _, value = word.partition('=')
            if name == 'none':
                self.set_none()
            elif name == 'default':
                self.set_default()
            else:
                self.set(name, float(value) if value else True)

    def as_dict(self):
        return {name: getattr(self, name) for name in SWITCHES}
