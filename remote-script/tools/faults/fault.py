"""A named fault: one exact change of one file of the script."""


class FaultError(Exception):
    """The list of faults does not fit the source, or was asked for what is not in it."""


class Fault(object):
    """`effect`: what a user would see. `file`: inside LiveTree/. `tests`: modules likely to notice, tried first."""

    def __init__(self, name, effect, file, old, new, tests):
        self.name = name
        self.effect = effect
        self.file = file
        self.old = old
        self.new = new
        self.tests = tests

    def planted(self, source):
        """The source with the fault in it. Raises FaultError unless the old text is there exactly once, and what comes
        out is Python."""
        count = source.count(self.old)
        if count != 1:
            raise FaultError('%s: its text is %d times in %s, not once' % (self.name, count, self.file))
        planted = source.replace(self.old, self.new)
        try:
            compile(planted, self.file, 'exec')
        except SyntaxError as error:
            raise FaultError('%s: the fault is no Python: %s' % (self.name, error))
        return planted
