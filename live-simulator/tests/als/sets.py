"""The Sets the tests read: our own in fixtures/, real ones in the corpus where it is."""

import glob
import os

CHECKOUT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
FIXTURES = os.path.join(CHECKOUT, "fixtures")
CORPUS = os.environ.get("LIVETREE_CORPUS") or os.path.join(CHECKOUT, "..", "shared", "corpus")
ALL = os.environ.get("LIVETREE_ALL") == "1"

#: Real Sets that are read by default: Live 9.1 ... 12.3, both line ends, gzip and bare.
SOME = ("nodechomsky_gpio_house", "beatz_me_rehuso", "fleeting", "maxdevtools_test_rawxml", "besser_apple_cover",
        "lucas_base_l12", "producerpal_e2e_test_set")


def own(name):
    """Path of a Set of our own."""
    return os.path.join(FIXTURES, name + ".als")


def real(name):
    """Path of a real Set."""
    return os.path.join(CORPUS, "files", name + ".als")


def corpus_is_there():
    """Whether the real Sets are at hand."""
    return os.path.isdir(os.path.join(CORPUS, "files"))


def paths():
    """All real Sets with LIVETREE_ALL=1, else some."""
    if not ALL:
        return [real(name) for name in SOME]
    found = glob.glob(os.path.join(CORPUS, "files", "*.als")) + glob.glob(os.path.join(CORPUS, "series", "*", "*.als"))
    return sorted(found)
