"""The command line of the process."""
import argparse


def parse(argv):
    parser = argparse.ArgumentParser(prog='live_simulator', description='A stand-in for Ableton Live.')
    parser.add_argument('--set', dest='file', help='the .als to open, or a .json with a description; without it a small Set')
    parser.add_argument('--script', help='folder of the Remote Script')
    parser.add_argument('--profile', default='12.3.6', help='version of Live to be, such as 11.0.0')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--speed', default='1', help='real time times this, or max: time jumps to the next event')
    parser.add_argument('--musician', default='off', choices=['editing', 'performing', 'automating', 'mixed', 'off'])
    parser.add_argument('--rate', type=float, default=4.0, help='edits per (simulated) second of the musician')
    parser.add_argument('--faults', default='', help='none, default, or switches such as reuse,two_instances=1')
    parser.add_argument('--scenario', help='file with commands, one JSON object a line')
    parser.add_argument('--control', action='store_true', help='commands on stdin, answers on stdout')
    parser.add_argument('--measure', action='store_true', help='measure from the start what the script costs')
    parser.add_argument('--seconds', type=float, default=0.0, help='end after so many (simulated) seconds')
    return parser.parse_args(argv)
