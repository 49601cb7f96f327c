"""Small pictures of figures, painted by hand: bars to read, to click and to walk through with the keys."""

from ui.charts.bars import Bar, DeviationBars, PairedBar, PairedBars, SlipBars, YearBars
from ui.charts.meter import Meter
from ui.charts.pictures import copy_image, save_image

__all__ = [
    "Bar",
    "DeviationBars",
    "Meter",
    "PairedBar",
    "PairedBars",
    "SlipBars",
    "YearBars",
    "copy_image",
    "save_image",
]
