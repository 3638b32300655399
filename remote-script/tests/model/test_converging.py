import unittest

from .swept import HIDDEN, SWEPT
from .world import World

from live_simulator.musician import Musician

ALL_FAULTS = 'order,duplicate,early,half,reuse,silent_replace,stalls,two_instances,refuse,reads'
ROUND = 10  # rounds of the sweep after which everything was read, also what is read seldom


def play(world, steps, temperament, compare):
    """Edits at every pace; compares at each quiet point, once."""
    musician = Musician(world.live.world, temperament)
    for step in range(steps):
        for _ in range(1 + step * 7919 % 5):
            musician.step()
            world.go(0.005 * (step * 31 % 7))
        if step % 8 == 7:
            world.quiet()
            compare(step)


class ConvergingTest(unittest.TestCase):
    def check(self, seed, steps=48, temperament='mixed', faults='default', profile='12.3.6', sweep=True):
        world = World(seed=seed, profile=profile)
        world.live.world.faults.parse(faults)
        if not sweep:
            world.mute_sweep()
        leave = HIDDEN[profile] + ([] if sweep else SWEPT)

        def compare(step):
            if sweep:
                self.finish_sweep(world)
            found = [line for line in world.differences(leave) if sweep or '.slots' not in line]
            self.assertEqual(found, [], 'seed %d, step %d' % (seed, step))

        play(world, steps, temperament, compare)
        self.assertEqual(world.counters.writes, {})
        self.assertEqual(world.counters.calls, {})
        self.assertEqual(world.counters.timer_exceptions + world.counters.tick_exceptions, 0)
        self.assertEqual(world.counters.callback_exceptions, 0)
        report = world.surface.self_report()
        world.close()
        self.assertEqual(world.counters.listeners, 0)
        return report

    def finish_sweep(self, world):
        """While Live records nothing is swept: the recording ends first."""
        if world.run.playing.is_recording:
            world.edit('record', on=False)
            world.edit('stop')
            world.live.world.set(world.live.world.song, 'session_record', False, undo=False)
            world.live.world.notifier.flush()
            world.go(0.5)
        last = world.run.sweep.rounds + ROUND
        for _ in range(2000):
            if world.run.sweep.rounds >= last:
                break
            world.go(0.2)
        world.quiet()

    def test_default(self):
        """[SCRIPT-37] After any edits in any order of notifications the frames alone give what Live has."""
        for seed in (1, 2, 3):
            report = self.check(seed)
            self.assertEqual(report['errorPlaces'], {})
            self.assertEqual(report['stats']['mismatches'], 0)
            self.assertEqual(report['stats']['forced'], 0)

    def test_listeners_alone(self):
        """[SCRIPT-38] Without sweep and audit the same holds for everything that has a listener."""
        for seed in (11, 12, 13):
            report = self.check(seed, steps=80, temperament='editing', sweep=False)
            self.assertEqual(report['stats']['forced'], 0)
            self.assertEqual(report['stats']['restates'], 1)

    def test_all_faults(self):
        """[SCRIPT-39] It holds with re-used pointers, refused listeners, raising reads, stalls and two instances."""
        for seed in (21, 22, 23, 24):
            self.check(seed, faults=ALL_FAULTS)

    def test_older_lives(self):
        """[SCRIPT-40] It holds for Live 11.0, 11.3 and 12.0 with what they have."""
        for seed, profile in ((31, '11.0.0'), (32, '11.3.43'), (33, '12.0.5')):
            self.check(seed, profile=profile)


if __name__ == '__main__':
    unittest.main()
