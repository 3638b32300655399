"""Settings of the script: the environment, then `settings.json` beside the script, then defaults."""
import json
import os
import sys

HUB_PORTS = (8765, 8766, 8767, 8768, 8769)
COMMAND_PORTS = (9001, 9002, 9003, 9004, 9005)
MEGABYTE = 1 << 20

# name: (default, least, most)
NUMBERS = {
    "memoryMb": (8, 1, 256),  # unacknowledged frames in memory
    "spoolMb": (64, 1, 4096),  # of one spool file; reaching it cuts the end off
    "frameKb": (960, 16, 960),  # one frame; the hub takes no more than 1 MB
}


class Settings(object):
    """What was found. `get` has the members of `settings.json` that are not of the wire."""

    def __init__(self, values, ports, command_ports, spool_dir):
        self._values = values
        self.ports = ports
        self.command_ports = command_ports
        self.spool_dir = spool_dir  # "": no spool
        self.memory_bytes = values["memoryMb"] * MEGABYTE
        self.spool_bytes = values["spoolMb"] * MEGABYTE
        self.frame_bytes = values["frameKb"] * 1024

    def get(self, name, default=None):
        """A member of `settings.json`, unchecked."""
        return self._values.get(name, default)


def load(folder, log, environ=None, platform=None):
    """Never raises: what is wrong is logged in one line and passed over. `folder`: the script's own."""
    environ = os.environ if environ is None else environ
    values = _read(os.path.join(folder, "settings.json"), log)
    for name, (default, least, most) in NUMBERS.items():
        values[name] = _number(values, name, default, least, most, log)
    return Settings(
        values,
        _ports(environ.get("LIVETREE_PORTS"), values.get("ports"), HUB_PORTS, "ports", log),
        _ports(environ.get("LIVETREE_COMMAND_PORTS"), values.get("commandPorts"), COMMAND_PORTS, "commandPorts", log),
        _spool_dir(environ, values, platform or sys.platform, log),
    )


def _read(path, log):
    try:
        with open(path, "rb") as file:
            values = json.loads(file.read(MEGABYTE).decode("utf-8-sig"))
        if isinstance(values, dict):
            return values
        log("settings.json is not an object; defaults are used.")
    except FileNotFoundError:
        pass
    except (OSError, ValueError, RecursionError) as error:
        log("settings.json cannot be read, defaults are used: %s" % error)
    return {}


def _number(values, name, default, least, most, log):
    value = values.get(name, default)
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    log("settings.json: %s must be a whole number from %d to %d; %d is used." % (name, least, most, default))
    return default


def _ports(from_environment, from_file, default, name, log):
    for value in (from_environment, from_file):
        if value is None or value == "":
            continue
        ports = parse_ports(value)
        if ports:
            return ports
        log("%s: %r names no ports." % (name, value))
    return list(default)


def parse_ports(value):
    """Ports of "8765", "8765-8769", "8765,9000" or a list of numbers; [] where it is none of them."""
    parts = value if isinstance(value, list) else str(value).split(",")
    ports = []
    for part in parts:
        found = _range(part)
        if not found:
            return []
        ports.extend(port for port in found if port not in ports)
    return ports[:64]


def _range(part):
    first, dash, last = str(part).strip().partition("-")
    last = last if dash else first
    if not (_is_digits(first) and _is_digits(last)):
        return []
    low, high = int(first), int(last)
    return list(range(low, high + 1)) if 0 <= low <= high <= 65535 and high - low < 64 else []


def _is_digits(text):
    return text.isascii() and text.isdigit() and len(text) <= 5


def _spool_dir(environ, values, platform, log):
    given = environ.get("LIVETREE_SPOOL_DIR")
    if given is None:
        given = values.get("spoolDir")
    if isinstance(given, str):
        return os.path.expanduser(given)
    if given is not None:
        log("settings.json: spoolDir must be a text.")
    return default_spool_dir(environ, platform)


def default_spool_dir(environ, platform):
    """A folder of the user that is not shared with other computers."""
    home = environ.get("HOME") or os.path.expanduser("~")
    if platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "LiveTree")
    if platform == "win32":
        return os.path.join(environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "LiveTree")
    state = environ.get("XDG_STATE_HOME") or os.path.join(home, ".local", "state")
    return os.path.join(state, "livetree")
