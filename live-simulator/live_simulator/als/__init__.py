"""Real `.als` files for the stand-in: read into a description, saved again as Live saves.

``load(path) -> Loaded``; ``loaded.set`` is the description: plain dictionaries and lists.

    node = {"uid": int, "kind": "song|track|send|device|chain|parameter|clip|slot|scene|locator|takeLane",
            "props": {member of Live: raw value}, "lists": {list: [node, ...]}}

Kinds, members and lists are those of docs/protocol-script.md, with these differences:

* ``props["group"]`` of a track: uid of the group track it lies in, or None (tracks are flat, in Live's order);
  ``props["scene"]`` of a session clip and of a slot: uid of its scene.
* ``props["notes"]`` of a MIDI clip: list of dictionaries with the keys of Live's ``MidiNote`` (``note_id pitch
  start_time duration velocity mute probability velocity_deviation release_velocity``);
  ``props["warp_markers"]`` of an audio clip: list of ``[beat_time, sample_time]`` (seconds).
* Texts that Live makes from a value (``volume_text`` ...) are not there: the model makes them.
* ``node["auto_name"]`` is True where the name is Live's own (nothing typed). ``names.refresh(description)`` gives
  such tracks and returns the names that Live would show after tracks came or went.

What an edit has to do for ``save``: keep ``uid`` of what stays (also when it is moved, in any list of the same
name anywhere in the Set), use new uids (above ``loaded.last_uid``) for what is new and put
``"made_from": uid`` (the thing it is a copy of; inside a copied track every copied device, clip, chain, send and
parameter has its own) or ``"made_from": None`` beside them. A deletion that is undone keeps its uid: it comes back
with all that the file knew of it, Ids included. Uids are never given out twice.

``save(loaded, description, path, pattern, clock, noise=None) -> Loaded`` writes the description over the text that
was loaded and answers what was written, read back, with the same uids. The next save starts from that answer.

``from_nothing(description) -> Loaded`` stands in for ``load`` where a Set was never saved.

A thing that is automated keeps its stored value in the file: give the value that was set by hand, not the moving one.

Values are on Live's own scales where docs/live-api.md gives one. Assumptions of this stand-in (not facts about
Live): the curve of a fader below 0.4 (``scales.py``); parameters of devices have the value of the file, the range
of the controller mapping widened to hold it, and the path of their element as name; colours up to Live 9 are shown
in the palette of Live 10.
"""

from .errors import AlsError
from .fresh import from_nothing
from .loaded import Loaded, load
from .saving import save, save_steps

__all__ = ["AlsError", "Loaded", "from_nothing", "load", "save", "save_steps"]
