"""Plants faults in the Remote Script, one at a time, and looks which test notices (`npm run mutate:script`).

Works on copies in a temporary folder. First the tests as they are, which must pass; then for each fault of `faults/`
one exact change of one file, the test modules likely to notice, and when they do not, all others. Exit status: 0 all
caught, 1 a fault survived, 2 the tests are red without a fault or the list of faults does not fit the source.
"""
import argparse
import collections
import concurrent.futures
import os
import queue
import sys
import time

sys.dont_write_bytecode = True

from bench import Bench  # noqa: E402
from faults import FAULTS, FaultError  # noqa: E402

TIME_LIMIT = 180  # seconds of one run
TRIES = 2  # a test that fails and then, alone, does not, has not noticed the fault

# `word`: what became of the fault: caught, SURVIVED, BROKEN, or UNSTEADY when no test notices it twice.
Result = collections.namedtuple('Result', 'fault word outcome seconds')


def plant_and_run(bench, fault, limit):
    """Plants one fault, runs tests until one notices, takes it out again."""
    began = time.time()
    path = os.path.join(bench.script, fault.file)
    before = read(path)
    write(path, fault.planted(before))
    try:
        for _ in range(TRIES):
            outcome = run_until_noticed(bench, fault, limit)
            word = judge_again(bench, outcome, limit)
            if word != 'UNSTEADY':
                break
    finally:
        write(path, before)
    return Result(fault, word, outcome, time.time() - began)


def run_until_noticed(bench, fault, limit):
    """The tests likely to notice, then all others."""
    outcome = bench.run(fault.tests, limit)
    if outcome.caught is None:
        outcome = bench.run([name for name in bench.modules() if name not in fault.tests], limit)
    return outcome


def judge_again(bench, outcome, limit):
    """What is to be said of the fault; a test that failed must fail once more, alone."""
    if outcome.caught is None:
        return 'SURVIVED'
    if outcome.is_broken:
        return 'BROKEN'
    if outcome.test is None:
        return 'caught'
    return 'UNSTEADY' if bench.run([outcome.test], limit).caught is None else 'caught'


def read(path):
    with open(path, 'rb') as file:
        return file.read().decode('utf-8')


def write(path, text):
    with open(path, 'wb') as file:
        file.write(text.encode('utf-8'))


def results(benches, faults, limit):
    """Results as they come, each bench working on one fault at a time."""
    free = queue.Queue()
    for bench in benches:
        free.put(bench)

    def work(fault):
        bench = free.get()
        try:
            return plant_and_run(bench, fault, limit)
        finally:
            free.put(bench)

    with concurrent.futures.ThreadPoolExecutor(len(benches)) as pool:
        waiting = [pool.submit(work, fault) for fault in faults]
        try:
            for done in concurrent.futures.as_completed(waiting):
                yield done.result()
        except BaseException:
            for each in waiting:
                each.cancel()
            for bench in benches:
                bench.stop()
            raise


def tell(result):
    """One fault, for people. True when it was caught."""
    fault, outcome = result.fault, result.outcome
    print('%-8s %5.1f s  %s' % (result.word, result.seconds, fault.name))
    print('%18sa user would see: %s' % ('', fault.effect))
    if outcome.caught is not None:
        print('%18snoticed by: %s' % ('', outcome.caught))
    if outcome.is_broken:
        print(outcome.text[-2000:])
    sys.stdout.flush()
    return result.word == 'caught'


def chosen(only):
    """The faults named, or all. Raises FaultError for an unknown name."""
    unknown = set(only) - set(fault.name for fault in FAULTS)
    if unknown:
        raise FaultError('no such fault: %s' % ', '.join(sorted(unknown)))
    return [fault for fault in FAULTS if not only or fault.name in only]


def check(faults, bench):
    """Every fault fits the source, and names test modules that exist. Raises FaultError."""
    modules = bench.modules()
    for fault in faults:
        fault.planted(read(os.path.join(bench.script, fault.file)))
        for name in fault.tests:
            if name not in modules:
                raise FaultError('%s: there is no test module %s' % (fault.name, name))


def mutate(faults, benches, limit):
    """The exit status."""
    check(faults, benches[0])
    print('The tests without a fault: ', end='')
    sys.stdout.flush()
    clean = benches[0].run(benches[0].modules(), limit)
    if clean.caught is not None:
        print('RED, nothing was planted.\n%s' % clean.text[-4000:])
        return 2
    print('green. %d faults:' % len(faults))
    survived = [result.fault.name for result in results(benches, faults, limit) if not tell(result)]
    caught = len(faults) - len(survived)
    print('%d of %d faults caught%s' % (caught, len(faults), '; not: ' + ', '.join(survived) if survived else ''))
    return 1 if survived else 0


def parse(argv):
    parser = argparse.ArgumentParser(description='Plants faults in the Remote Script and looks which test notices.')
    parser.add_argument('--list', action='store_true', help='name the faults and what a user would see of them')
    parser.add_argument('--only', metavar='NAME', action='append', default=[], help='one fault; may be repeated')
    parser.add_argument('--jobs', type=int, choices=(1, 2), default=1, help='faults tried at the same time')
    parser.add_argument('--limit', type=float, default=TIME_LIMIT, help='seconds of one run (%d)' % TIME_LIMIT)
    return parser.parse_args(argv)


def main(argv):
    options = parse(argv)
    benches = []
    try:
        faults = chosen(options.only)
        if options.list:
            for fault in faults:
                print('%-32s %s\n%32s %s' % (fault.name, fault.effect, '', fault.file))
            return 0
        benches.extend(Bench() for _ in range(options.jobs))
        return mutate(faults, benches, options.limit)
    except FaultError as error:
        print('The list of faults does not fit: %s' % error, file=sys.stderr)
        return 2
    finally:
        for bench in benches:
            bench.close()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
