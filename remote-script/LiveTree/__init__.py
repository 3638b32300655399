"""LiveTree's Remote Script: mirrors the Set that is open in Live to a hub on this computer. It only reads."""
_owner = None


def create_instance(c_instance):
    """Live asks for the control surface. Live may ask more than once at its start: the last instance wins."""
    global _owner
    import os

    from .surface import Surface
    from .wire import settings
    from .wire.commands import CommandServer

    if _owner is not None:
        _owner.retire('replaced')
    folder = os.path.dirname(os.path.abspath(__file__))
    found = settings.load(folder, lambda text: c_instance.log_message('LiveTree: ' + text))
    _owner = Surface(c_instance, found, CommandServer)
    return _owner
