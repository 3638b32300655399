"""Colours: kept as an index of the palette, shown as 0xRRGGBB."""
from ..model.palette import PALETTE, nearest
from .writers import writes


def color_reader(obj):
    """0xRRGGBB of the colour index; of an object without one what the Set gave, else 0."""
    index = obj.v.get('color_index')
    if index is not None and 0 <= index < len(PALETTE):
        return PALETTE[index]
    return obj.v.get('color') or 0


@writes('Track.color', 'Chain.color', 'Clip.color', 'Scene.color')
def write_color(obj, value):
    """Snaps to the nearest colour of the palette (docs/live-api.md)."""
    with obj.world.gesture('colour'):
        obj.world.set(obj, 'color_index', nearest(value))
