"""python3 -m live_simulator"""
import sys

from .process import main

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
