"""The one error of this package."""


class AlsError(Exception):
    """A file that cannot be read, or a description that cannot be saved; the message says why."""
