"""A description written over the text it was loaded from: the part that knows nothing of single members.

Top down, node after node: what the description says otherwise than the file is written into the element, and lists
get the elements that the description names, from where they are: kept in place, moved, brought back, copied, new.
"""

from . import blanks, sources
from .errors import AlsError
from .placed import Placed
from .tree import Scope, Writer

class Editor(object):
    """One save. ``run`` edits; then ``result`` gives the lines and where every uid stands in them."""

    def __init__(self, loaded, description):
        self.loaded = loaded
        self.version = loaded.version
        self.description = description
        self.pointees = sources.Pointees(loaded.document)
        self.next_track_id = loaded.next_track_id
        scenes = loaded.base[loaded.set["uid"]].lists["scenes"]
        self.source = sources.Source(loaded.document, loaded.line_of, loaded.base, scenes)
        self.main = sources.Area(self.source, Scope(loaded.document, 1))
        self.index = {}
        self.placed = {}
        self._graves = {}
        self._list_ids = {}
        self._claimed = set()
        self.left_out = []
        self.scenes = [scene["uid"] for scene in description["lists"]["scenes"]]
        self._learn(description)

    def _learn(self, desc):
        if desc["uid"] in self.index:
            raise AlsError("uid %d stands twice in the description" % desc["uid"])
        self.index[desc["uid"]] = desc
        for kids in desc["lists"].values():
            for kid in kids:
                self._learn(kid)

    # What a node of the description is made of

    def obtain(self, desc, holder):
        """The element for a node that lies in a list of ``holder`` (Placed)."""
        known = self.known(desc["uid"])
        if known is not None:
            area, line = known
            return self.place(Placed(desc, area, line, area.source.base[desc["uid"]]))
        origin = self.origin(desc)
        if origin is None:
            return self.place(blanks.make(self, desc, holder))
        line = holder.area.line(origin) if holder.area.is_copy else None
        if line is not None and (id(holder.area), line) not in self._claimed:
            self._claimed.add((id(holder.area), line))
            return self.place(Placed(desc, holder.area, line, holder.area.source.base[origin]))
        source = self._source_of(origin)
        area = sources.copy_area(source, source.line_of[origin], self.pointees)
        return self.place(Placed(desc, area, 0, source.base[origin]))

    def origin(self, desc):
        """The uid of what a new node is a copy of, as far as the file knows it, or None."""
        seen = set()
        uid = desc.get("made_from")
        while uid is not None and uid not in seen:
            if self._source_of(uid) is not None:
                return uid
            seen.add(uid)
            uid = self.index[uid].get("made_from") if uid in self.index else None
        return None

    def adopt(self, desc, holder, name, member):
        """A member of a list that is there already in a new holder, found by the value of a member; or None."""
        for uid in holder.base_list(name):
            base = holder.area.source.base[uid]
            line = holder.area.line(uid)
            if base.props[member] == desc["props"][member] and (id(holder.area), line) not in self._claimed:
                self._claimed.add((id(holder.area), line))
                return self.place(Placed(desc, holder.area, line, base))
        return None

    def place(self, placed):
        """Remember where a node of the description stands."""
        self.placed[placed.desc["uid"]] = placed
        return placed

    def _source_of(self, uid):
        if uid in self.loaded.line_of:
            return self.source
        return self.loaded.buried.get(uid)

    def known(self, uid):
        """``(area, line)`` of what the file has, or what was deleted before, or None."""
        if uid in self.loaded.line_of:
            return self.main, self.loaded.line_of[uid]
        source = self.loaded.buried.get(uid)
        if source is None:
            return None
        if id(source) not in self._graves:
            self._graves[id(source)] = sources.Area(source, Scope(source.document, 0))
        return self._graves[id(source)], source.line_of[uid]

    # Lists

    def fill(self, holder, name, container, moved_keep_id=False):
        """Give a list of elements the members that the description names; answers them as Placed.

        ``container()``: the node that holds the elements. Where the Live that saved the file has no such list the
        members are left out (``left_out``).
        """
        descs = holder.desc["lists"].get(name)
        if descs is None and not holder.fresh:
            return []
        if descs and [desc["uid"] for desc in descs] != holder.base_list(name) and container() is None:
            self.left_out.extend(desc["uid"] for desc in descs)
            return []
        members = [self.obtain(desc, holder) for desc in descs or ()]
        self.arrange(holder, holder.base_list(name), members, container, moved_keep_id)
        return members

    def arrange(self, holder, before, members, container, moved_keep_id=False):
        """Put members into the container in this order; ``before``: the uids that were there."""
        lines = [member.line if member.area is holder.area else None for member in members]
        old_lines = [holder.area.line(uid) for uid in before]
        if lines == old_lines:
            return
        node = container()
        if node is None:
            return
        staying = set(at for at, line in enumerate(lines) if line in old_lines)
        if not moved_keep_id:
            staying = longest_rising([old_lines.index(line) if line in old_lines else None for line in lines])
        self._number(node, [member for at, member in enumerate(members) if at not in staying])
        node.set_kids([member.node for member in members])

    def _number(self, container, members):
        taken = set(kid.id() for kid in container.kids)
        for member in members:
            back = id(member.area.source) in self._graves and not member.area.is_copy
            if not back or member.node.id() in taken:
                member.node.set_id(self.new_id(container))

    def new_id(self, container):
        """The next list Id of a container."""
        known = self._list_ids.get(id(container))
        highest = known[1] if known else max([-1] + [kid.id() for kid in container.kids if kid.id() is not None])
        self._list_ids[id(container)] = (container, highest + 1)
        return highest + 1

    # The result

    def result(self):
        """``(lines, {line: uid})``."""
        writer = Writer()
        writer.lines.append(self.loaded.document.lines[0])
        writer.write(self.main.scope.root, 0)
        writer.lines.append("")
        writer.finish()
        known = {}
        for uid, placed in self.placed.items():
            line = writer.line_of(placed.area.scope, placed.line)
            if line is None:
                raise AlsError("%s %d did not reach the file" % (placed.desc["kind"], uid))
            known[line] = uid
        return writer.lines, known

    def graves(self):
        """``{uid: Source}`` of what the description has no more, to be kept."""
        gone = [uid for uid in self.loaded.line_of if uid > 0 and uid not in self.index]
        if not gone:
            return {}
        missing, inside = set(gone), set()
        for uid in gone:
            inside.update(kid for kids in self.loaded.base[uid].lists.values() for kid in kids)
        found = {}
        for uid in gone:
            if uid not in inside:
                family = [kid for kid in self._family(uid) if kid in missing]
                grave = sources.bury(self.source, family)
                found.update((kid, grave) for kid in family)
        return found

    def _family(self, uid):
        yield uid
        for kids in self.loaded.base[uid].lists.values():
            for kid in kids:
                for each in self._family(kid):
                    yield each


def longest_rising(numbers):
    """Places of a longest rising run of the numbers (None is left out): these members did not move."""
    best = []
    came_from = {}
    for at, number in enumerate(numbers):
        if number is None:
            continue
        size = 0
        while size < len(best) and numbers[best[size]] < number:
            size += 1
        came_from[at] = best[size - 1] if size else None
        best[size:size + 1] = [at]
    places = set()
    at = best[-1] if best else None
    while at is not None:
        places.add(at)
        at = came_from[at]
    return places
