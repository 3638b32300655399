"""Tests of LiveTree/wire. The folder is loaded as package `livetree_wire`: the script's own `__init__` wants Live."""
import importlib.util
import os
import sys

_WIRE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "LiveTree", "wire")
if "livetree_wire" not in sys.modules:
    _spec = importlib.util.spec_from_file_location(
        "livetree_wire", os.path.join(_WIRE, "__init__.py"), submodule_search_locations=[os.path.abspath(_WIRE)]
    )
    _package = importlib.util.module_from_spec(_spec)
    sys.modules["livetree_wire"] = _package
    _spec.loader.exec_module(_package)
