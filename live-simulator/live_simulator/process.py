"""The process: one loop over commands from outside and what is due inside."""
import gc
import json
import queue
import signal
import sys
import threading

from . import control
from .documents import Documents
from .live import Live
from .musician import Musician

QUIET_STEP = 0.02


class Process(object):
    """Live, a musician, a control channel. Commands are read by a thread of their own, run by the main one."""

    def __init__(self, options, out=None):
        self.options = options
        self.out = out or sys.stdout
        self.commands = queue.Queue()
        self.running = True
        self.exit_code = 0
        self.held = 0
        self.live = Live(options.profile, options.seed, options.speed, options.faults, sys.stderr)
        self.documents = Documents(self.live)
        self.musician = Musician(self.live.world, options.musician)
        self.rate = options.rate if options.musician != 'off' else 0.0

    def start(self):
        if self.options.measure:
            self.live.cost.begin()
        self.documents.open_first(self.options.file)
        gc.freeze()  # in Live these are no objects of Python's: its collector must not look through them in a pump
        if self.options.script:
            self.live.script(self.options.script)
        if self.options.control:
            threading.Thread(target=self._read, daemon=True).start()
        if self.options.scenario:
            self._read_scenario(self.options.scenario)
        self._schedule_musician()
        if self.options.seconds:
            self.live.scheduler.at(self.live.clock.now() + self.options.seconds, self.quit)

    def _read(self):
        for line in sys.stdin:
            self.commands.put(line)
        self.commands.put(None)

    def _send(self, answer):
        self.out.write(json.dumps(answer) + '\n')
        self.out.flush()

    def loop(self):
        """Until quit."""
        clock, scheduler = self.live.clock, self.live.scheduler
        while self.running:
            when = scheduler.next_time()
            self._take_commands(clock.wait_for(when))
            clock.reached(when)
            scheduler.run_due()
        return self.exit_code

    def _take_commands(self, seconds):
        """Waits so long at most, and runs every command that is there."""
        try:
            line = self.commands.get(timeout=seconds) if seconds > 0 else self.commands.get_nowait()
            while self.running:
                self._command(line)
                line = self.commands.get_nowait()
        except queue.Empty:
            pass

    def _command(self, line):
        if line is None:
            self.quit()
        elif isinstance(line, dict):
            control.handle(self, line, lambda answer: None)
        elif line.strip():
            try:
                message = json.loads(line)
            except ValueError as error:
                self._send({'id': None, 'ok': False, 'error': 'not JSON: %s' % error})
                return
            control.handle(self, message, self._send)

    # --- scenario ------------------------------------------------------------------------------

    def _read_scenario(self, path):
        """Each line is a command; "after": seconds since the one before."""
        when = self.live.clock.now()
        with open(path, encoding='utf-8') as file:
            for line in file:
                if line.strip() and not line.startswith('#'):
                    message = json.loads(line)
                    when += float(message.get('after', 0.0))
                    self.live.scheduler.at(when, lambda m=message: control.handle(self, m, self._send))

    # --- musician ------------------------------------------------------------------------------

    def set_temperament(self, name):
        self.musician.temperament = name

    def set_rate(self, rate):
        was, self.rate = self.rate, rate
        if not was:
            self._schedule_musician()

    def _schedule_musician(self):
        if self.rate > 0:
            delay = self.live.world.random.expovariate(self.rate)
            self.live.scheduler.at(self.live.clock.now() + delay, self._musician_step)

    def _musician_step(self):
        if not self.held:
            self.musician.step()
        self._schedule_musician()

    def play_steps(self, count):
        return [self.musician.step() for _ in range(count)][-20:]

    # --- quiet ---------------------------------------------------------------------------------

    def is_quiet(self):
        """Nothing of the model is on its way, and the script has told all it knows."""
        scheduler, world = self.live.scheduler, self.live.world
        if scheduler.pending_work or scheduler.is_stalled() or world.notifier.pending:
            return False
        return self.live.host.ask('is_quiet') in (True, None)

    def wait_quiet(self, message, answer):
        """The musician rests until it is quiet; gives up after message["timeout"] real seconds (30)."""
        clock = self.live.clock
        began, limit = clock.perf(), float(message.get('timeout', 30.0))
        self.held += 1

        def look():
            if self.is_quiet():
                self.held -= 1
                answer({'truth': self.live.described()} if message.get('truth') else {'quiet': True})
            elif clock.perf() - began > limit:
                self.held -= 1
                answer(error='not quiet after %g s: %s' % (limit, json.dumps(self.live.host.ask('self_report'))))
            else:
                self.live.scheduler.at(clock.now() + QUIET_STEP, look)

        self.live.scheduler.at(clock.now() + QUIET_STEP, look)

    def counters(self):
        found = self.live.world.counters.as_dict()
        found['timers'] = self.live.scheduler.timers
        found['instances'] = len(self.live.host.instances)
        found['errors'] = self.live.log.errors[-20:]
        return found

    # --- documents -----------------------------------------------------------------------------

    def open(self, message, answer):
        self.documents.open(message, answer)

    def save(self, message):
        return self.documents.save(message)

    def quit(self):
        self.live.close()
        self.running = False


def main(argv):
    from . import options
    chosen, out = options.parse(argv), sys.stdout
    sys.stdout = sys.stderr  # what a script prints must not get between the answers
    process = Process(chosen, out)
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    try:
        process.start()
        return process.loop()
    except KeyboardInterrupt:
        process.quit()
        return 0
