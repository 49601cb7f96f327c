"""Small pictures of figures, painted by hand: bars to read, to click and to walk through with the keys."""

from ui.charts.bars import Bar, DeviationBars, SlipBars
from ui.charts.meter import Meter
from ui.charts.pairs import PairedBar, PairedBars
from ui.charts.pictures import copy_image, save_image
from ui.charts.years import YearBars

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
