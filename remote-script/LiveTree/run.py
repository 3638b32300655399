"""One run of the script on one song: the parts, put together, and one pump of them."""
import gc
import itertools

from .audit import Audit
from .dirty import CONTINUOUS, DISCRETE, STRUCTURE, Dirty
from .ephemeral import Ephemeral
from .extras import Extras
from .handlers import Handlers
from .hooks import Hooks
from .light import Light
from .lists import PUMPS_WAITED, Lists
from .listeners import Listeners
from .live import same_object
from .looks import Looks
from .playing import Playing
from .reader import Reader
from .registry import Registry
from .restate import Restate
from .slots import Slots
from .statement import Statement
from .sweep import Sweep
from .values import Values
from .view import View
from .walk import FIRST_STAGES, STAGES, Walk

FRAME_SIZE = 1000  # values after which background work waits for the next frame
AUDIT_TURN = 5  # of so many idle pumps one begins with the audit, the others with the sweep
LATE = 0.1  # seconds that no change should wait
SAMPLE = 0.05  # seconds between two samples of playhead and meters
SETTLING = 0.001  # seconds of a pump after which a large frame waits for the next
MAX_LISTENERS = 60000
SPARE = 500  # new things, once the Set is read, after which Python's collector is spared them


class Run(object):
    """`song`: Live's song; `report`: figures and errors; `hash_of(thing)`: for audits."""

    def __init__(self, song, application, clock, report, budget, hash_of):
        self.clock = clock
        self.report = report
        self.budget = budget
        self.hash_of = hash_of
        self.max_listeners = MAX_LISTENERS
        hooks = Hooks(self)
        self.registry = Registry()
        self.dirty = Dirty(clock)
        self.listeners = Listeners(report.note)
        self.statement = Statement(self.registry.by_handle)
        self.ephemeral = Ephemeral()
        self.extras = Extras(self.registry, self.dirty, self.listeners, self.statement)
        self.reader = Reader(self.dirty, self.listeners, self.statement, self.extras, hooks.may_listen)
        self.playing = Playing(
            self.registry, self.dirty, self.reader, self.listeners, self.ephemeral, lambda: self.song,
        )
        self.values = Values(
            clock, self.reader, self.dirty, self.listeners, self.statement, self.ephemeral,
            lambda: self.playing.is_playing,
        )
        self.lists = Lists(clock, self.registry, self.dirty, self.reader, self.statement, hooks)
        self.slots = Slots(self.registry, self.dirty, self.listeners, self.statement, self.lists, hooks)
        self.looks = Looks(
            self.registry, self.reader, self.listeners, self.statement, self.values, self._look_later,
        )
        self.view = View(
            self.registry, self.dirty, self.reader, self.listeners, self.ephemeral, self.looks, self.slots,
            application,
        )
        self.walk = Walk(self._perform)
        self.restate = Restate(self.registry, self.statement, self._is_reading)
        self.sweep = Sweep(
            clock, self.registry, self.reader, self.statement, self.values, self.slots, self.dirty, self.listeners,
        )
        self.audit = Audit(clock, self.registry, self.reader, self.lists, self.statement, self.values, self.dirty)
        self.light = Light(self.dirty)
        self.handlers = Handlers(self)
        self.song = self.registry.draw('song', song)
        self.walk.begin(self.song)
        self.is_idle = True
        self._turn = 0
        self._held = 0
        self._is_put_off = False  # a large frame waits for this pump
        self._spared = 0
        self._closing = None
        self._barriers = []
        self._sampled = 0.0

    # --- reading

    def _perform(self, subject, part):
        """One part of the walk."""
        if part == 'base':
            self.reader.fill(subject)
            self.handlers.filled(subject)
        elif part == 'clip_slots':
            return self._track_slots(subject)
        elif part == 'scene_slots':
            return self.slots.read_scene(subject)
        elif part == 'empty':
            self.slots.watch_empty(subject)
        elif part == 'look':
            self.looks.look(subject)
        else:
            self.handlers.read_list(subject, part)
        return None

    def _look_later(self, thing):
        """A device may have hundreds of parameters: they get their listeners as the budget allows."""
        self.walk.live.put(thing, 'look', STAGES - 1)

    def _track_slots(self, track):
        for step in self.slots.read_track(track):
            yield step
        if not track.gone:
            self.handlers.slots_read(track)

    def _is_reading(self):
        return self.walk.is_walking() or self.walk.is_reading()

    def dropped(self, thing):
        """Nothing is left of a thing that is gone."""
        self.listeners.remove_all(thing.tokens)
        self.looks.forget(thing)
        self.values.forget(thing)
        self.ephemeral.forget(thing)
        if thing.slot is not None and thing.slot.clip is thing:
            thing.slot.clip = None
        if thing.kind == 'track':
            self.slots.track_dropped(thing)
        elif thing.kind == 'scene':
            self.slots.unread.discard(thing)
            self.slots.scene_dropped(thing, self._tracks())

    def _tracks(self):
        found = [self.registry.by_handle.get(handle) for handle in self.song.lists.get('tracks', ())]
        return [each for each in found if each is not None]

    def is_same_song(self, song):
        return same_object(self.song.obj, song)

    # --- one pump

    def pump(self, may_state):
        """Reads what is dirty, then goes on reading the Set. Returns the payload of a frame, or None.

        `may_state`: False keeps background work from making frames that nobody can take now.
        """
        budget = self.budget
        if self._is_put_off:
            self._is_put_off = self.is_idle = False
            return self._emit(is_settled=True)
        self.dirty.wake()
        self.lists.next_pump()
        worked = self.dirty.has_news()
        self._structure(budget.deadline())
        self._drain(DISCRETE, budget.deadline())
        self._moving(budget.deadline())
        self._guard('values', self.values.tick)
        worked = self._live(budget.deadline()) or worked
        worked = self.lists.clear_away(budget.deadline()) or worked
        budget.changes_read(worked)
        began = self.clock.perf()
        worked = self._background(budget.background_deadline(), may_state) or worked
        budget.took_in_background(self.clock.perf() - began)
        self._structure(budget.deadline())
        self.is_idle = not worked
        if self.is_idle:
            self._idle()
        self._spare_collector()
        self._sample()
        return self._emit()

    def _guard(self, place, call, *args):
        """Calls; an exception is noted and nothing else stops."""
        try:
            return call(*args)
        except Exception as error:
            self.report.note(place, error)
            return None

    def _read(self, subject, aspect):
        self._guard('reading %s of %s' % (aspect, subject.kind), self.handlers.read, subject, aspect)

    def _structure(self, deadline):
        """Lists and names until none is dirty and nobody is missing, as far as the budget goes."""
        while self._drain(STRUCTURE, deadline) and self.lists.lost:
            before = set(self.lists.lost)
            self._guard('settling lists', self.lists.settle, deadline)
            if not self.dirty.has(STRUCTURE) and set(self.lists.lost) == before:
                return
            if self.clock.perf() >= deadline:
                return

    def _drain(self, weight, deadline):
        """Reads marks of a weight. False when the time was up before all were read."""
        perf, is_light = self.clock.perf, self.budget.is_light
        while self.dirty.has(weight):
            subject, aspect = self.dirty.take(weight)
            if is_light and not self.light.keeps(subject, aspect, weight):
                continue
            self._read(subject, aspect)
            if perf() >= deadline:
                return not self.dirty.has(weight)
        return True

    def _moving(self, deadline):
        """Values; those that Live moves by itself in turns, that all of them together leave room for what changes."""
        if self.dirty.has_news() or self.values.is_motion_due():
            self._drain(CONTINUOUS, deadline)

    def _live(self, deadline):
        """What appeared since the Set was read."""
        worked = False
        while self.walk.is_reading():
            self._guard('reading what is new', self.walk.step_live)
            worked = True
            if self.clock.perf() >= deadline:
                break
        return worked

    def _background(self, deadline, may_state):
        """The snapshot, the first reading, the hurried sweep."""
        worked = False
        self.restate.note()
        may_state = may_state and self.budget.background > 0
        while may_state and self.statement.size < FRAME_SIZE and self._background_step():
            worked = True
            if self.clock.perf() >= deadline:
                break
        return worked

    def _background_step(self):
        if self._guard('restating', self.restate.step) or self._guard('asked again', self.audit.step_asked):
            return True
        limit = FIRST_STAGES if self.playing.is_recording else STAGES
        if self._guard_step('reading the Set', self.walk.step_first, limit):
            return True
        return self.sweep.is_urgent and bool(self._guard('sweep', self.sweep.step))

    def _guard_step(self, place, call, *args):
        """Like _guard; after an exception the work goes on."""
        try:
            return call(*args)
        except Exception as error:
            self.report.note(place, error)
            return True

    def _idle(self):
        """Sweep and audit, when nothing else is to be done and Live does not record."""
        if self.playing.is_recording or self.walk.is_walking():
            return
        deadline = self.budget.idle_deadline()
        self._turn = (self._turn + 1) % AUDIT_TURN
        steps = (('sweep', self.sweep.step), ('audit', self.audit.step))
        for place, step in steps if self._turn else steps[::-1]:
            while self.clock.perf() < deadline and self._guard(place, step):
                pass

    def _spare_collector(self):
        """What has been read stays for the whole run. Python's collector would look through all of it, in Live's
        thread, again and again: it is told not to."""
        things = len(self.registry) + self.registry.slot_count()
        if self.walk.is_walking() or things >= self._spared + SPARE:
            self._spared = things
            gc.freeze()

    def _sample(self):
        """Playhead and meters, only while somebody watches."""
        now = self.clock.now()
        if now - self._sampled < SAMPLE:
            return
        self._sampled = now
        if self.looks.has(self.song, 'playhead'):
            self._guard('playhead', self.playing.playhead, self.song)
        for track in self.looks.observed('meter'):
            self._guard('meter', self.playing.meter, track)

    # --- stating

    def _emit(self, is_settled=False):
        """The payload of the next frame, unless lists are still in movement. `is_settled`: it was read in the pump before."""
        if not is_settled:
            self._answer_barriers()
        can_end = self.restate.can_end()
        if self.statement.is_empty() and not can_end:
            return None
        if not is_settled and self._is_unsettled():
            if self.lists.is_settling:
                return None  # what is gone is worked off, a part in each pump
            self._held += 1
            if self._held <= PUMPS_WAITED:
                return None
            self.statement.forced = True
            self.lists.give_up()
        self._held = 0
        if not is_settled and self.walk.is_half_read():
            return None
        if not is_settled and self._is_large():
            self._is_put_off = True
            return None
        if can_end:
            self.restate.end()
        self._guard('audit hash', self._check_audits)
        payload = self.statement.take(self.clock.wall(), self.hash_of)
        return payload if len(payload) > 1 else None

    def _is_large(self):
        """Writing this frame takes long, and so did this pump."""
        return self.statement.size > FRAME_SIZE and self.clock.perf() - self.budget.started > SETTLING

    def _is_unsettled(self):
        return bool(self.lists.lost) or (bool(self.statement.lists) and self.dirty.has(STRUCTURE))

    def _check_audits(self):
        """Only what is stated in full is hashed: nothing of it may still be on its way."""
        self.statement.audits = [
            thing for thing in self.statement.audits
            if thing.known and not thing.gone and thing.handle not in self.statement.nodes
        ]

    def barrier(self, identifier, handles=()):
        """The hub has read a saved file: answer when all that is dirty now has been stated; and sweep.

        `handles`: things that the file shows otherwise; they are read again, and the sweep is over, before the answer.
        """
        self._barriers.append((identifier, bool(handles)))
        self.sweep.hurry()
        self.audit.ask(handles)

    def _answer_barriers(self):
        if not self._barriers or self.has_dirty():
            return
        must_wait = self.audit.is_asked() or self.sweep.is_urgent or self._is_reading()
        answered = [each for each in self._barriers if not (must_wait and each[1])]
        self._barriers = [each for each in self._barriers if each not in answered]
        self.statement.barriers.extend(identifier for identifier, _ in answered)

    def has_dirty(self):
        """Something that changed has not been read yet."""
        return self.dirty.has_news() or bool(self.lists.lost)

    def has_backlog(self):
        """Changes have waited for longer than they should."""
        return self.dirty.has_news() and not self.walk.is_walking() and any(
            self.dirty.oldest_age(weight) > LATE for weight in (STRUCTURE, DISCRETE, CONTINUOUS)
        )

    def is_quiet(self):
        """Everything that changed is stated; the Set is read; no ride is open."""
        return not (self.dirty.has_news() or self.dirty.due_in() is not None or self._is_at_work() or not self.values.is_quiet() or len(self.light))

    def _is_at_work(self):
        """Something is to be done in the next pump, whether or not anything more changes."""
        return (
            bool(self.lists.lost) or bool(self.lists.leaving) or self._is_reading() or self.restate.is_active()
            or not self.statement.is_empty() or self.sweep.is_urgent or self.audit.is_asked() or bool(self._barriers)
        )

    def rest(self, longest):
        """Seconds in which nothing is to be done unless something changes; 0 when there is work."""
        if self.has_dirty() or self._is_at_work():
            return 0.0
        longest = SAMPLE if self._is_sampling() else longest
        return max(0.0, min(each for each in (longest, self.dirty.due_in(), self.values.due_in()) if each is not None))

    def _is_sampling(self):
        """Somebody watches the playhead or a meter."""
        return self.looks.has(self.song, 'playhead') or bool(self.looks.observed('meter'))

    def close(self):
        """No listener is left."""
        while self.close_some(1000):
            pass

    def close_some(self, count):
        """Takes the listeners off so many things. False when none are left."""
        if self._closing is None:
            self._closing = iter(list(self.registry.by_handle.values()))
        some = list(itertools.islice(self._closing, count))
        for thing in some:
            self.looks.forget(thing)
            self.listeners.remove_all(thing.tokens)
            for slot in (thing.slots or {}).values():
                if slot.token is not None:
                    self.listeners.remove(slot.token)
                    slot.token = None
        if not some:
            self._end()
        return bool(some)

    def _end(self):
        self.lists.clear_away()
        gc.unfreeze()
        self.view.close()
        self.values.clear()
        self.walk.clear()
        self.dirty.clear()
        self.ephemeral.clear()
