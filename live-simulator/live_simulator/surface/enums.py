"""Live's enumerations: whole numbers with names."""


class Enum(int):
    """One value; equal to its number."""

    names = {}
    values = {}

    @property
    def name(self):
        return self.values.get(int(self), (str(int(self)), None))[0]

    def __repr__(self):
        return '%s.%s' % (type(self).__name__, self.name)

    def __str__(self):
        return self.name


def make_enum(name, members):
    """A class whose attributes are the members {name: number}."""
    cls = type(str(name), (Enum,), {'names': {}, 'values': {}})
    for member, number in members.items():
        value = cls(number)
        cls.names[member] = value
        cls.values[number] = (member, value)
        if member != 'name':
            setattr(cls, member, value)
    return cls
