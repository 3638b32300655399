"""Scenes, locators and clip slots."""
from ..dirty import STRUCTURE
from .table import ALWAYS, Aspect, aspect, kind, reads

SCENE = kind(
    'scene', 'Scene',
    aspects=(
        aspect('name', reads('name'), weight=STRUCTURE),
        aspect('color', reads('color', 'color_index')),
        Aspect('triggered', (), (('', 'is_triggered', ALWAYS),), 1),
        aspect('tempo', reads('tempo', 'tempo_enabled')),
        aspect(
            'signature',
            reads('time_signature_numerator', 'time_signature_denominator', 'time_signature_enabled'),
        ),
    ),
)

LOCATOR = kind(
    'locator', 'CuePoint',
    aspects=(aspect('name', reads('name'), weight=STRUCTURE), aspect('time', reads('time'))),
)

SLOT = kind('slot', 'ClipSlot', aspects=(aspect('stop', reads('has_stop_button'), events=()),))
