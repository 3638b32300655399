"""The faults that tests must notice, by part of the script."""
from .fault import Fault, FaultError
from .lifecycle import LIFECYCLE
from .link import LINK
from .pacing import PACING
from .reading import READING
from .stating import STATING
from .structure import STRUCTURE

FAULTS = tuple(Fault(*each) for each in STRUCTURE + READING + STATING + LIFECYCLE + LINK + PACING)

__all__ = ['FAULTS', 'Fault', 'FaultError']
