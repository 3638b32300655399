"""The package `Live` of the simulator.

Its modules (Live.Song, Live.Base …) are filled by live_simulator.surface.modules.install() with the classes of one
version; importing this package alone gives those of the newest one, without a running Live behind them.
"""
from live_simulator.surface import modules as _modules

if not _modules.installed():
    _modules.install_idle()
