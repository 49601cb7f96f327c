"""How Tertial looks: palettes for light, dark and high contrast, one accent, one type scale, an 8-pixel grid.

Must not know any widget. What paints by hand asks `theme_of(palette)`, so that nobody remembers the theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from tracker.flags import Severity
from tracker.kinds import Light

_ICONS = Path(resources.__file__).parent / "icons"
_TICK, _DOWN = ((_ICONS / f"{name}.svg").as_posix() for name in ("tick", "down"))

GRID = 8
ROW_HEIGHT = 26
_TWO_COLUMNS = 120


class Step(Enum):
    """The type scale: sizes relative to the system's own font."""

    TITLE = 1.8
    HEADING = 1.25
    BODY = 1.0
    SMALL = 0.92


@dataclass(frozen=True, slots=True)
class Ink:
    """A text colour and what it stands on."""

    text: str
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour of one look. A light is as red or yellow as the severity that it comes from."""

    window: str
    base: str
    text: str
    muted: str
    disabled: str
    line: str
    strong_line: str
    frame: str
    button: str
    accent: str
    selected: Ink
    selected_inactive: Ink
    marks: Mapping[Severity | Light, Ink]


LIGHT = Theme(
    window="#F5F6F7",
    base="#FFFFFF",
    text="#1C2126",
    muted="#56616B",
    disabled="#8B949C",
    line="#E8EBED",
    strong_line="#C9CFD4",
    frame="#7E8890",
    button="#FCFCFD",
    accent="#1A5E8A",
    selected=Ink("#10212E", "#D8E8F3"),
    selected_inactive=Ink("#1C2126", "#E6EAED"),
    marks={
        Severity.CRITICAL: Ink("#9C0006", "#FFC7CE"),
        Severity.WARNING: Ink("#7A4B00", "#FFEB9C"),
        Severity.NOTE: Ink("#1F4E79", "#DDEBF7"),
        Light.RED: Ink("#9C0006", "#FFC7CE"),
        Light.YELLOW: Ink("#7A4B00", "#FFEB9C"),
        Light.GREEN: Ink("#006100", "#C6EFCE"),
    },
)
DARK = Theme(
    window="#202427",
    base="#181B1E",
    text="#E4E7EA",
    muted="#A5AEB6",
    disabled="#747D85",
    line="#272C30",
    strong_line="#3D454B",
    frame="#7B858D",
    button="#2B3034",
    accent="#7FBBE3",
    selected=Ink("#F3F6F8", "#26445B"),
    selected_inactive=Ink("#E4E7EA", "#30373D"),
    marks={
        Severity.CRITICAL: Ink("#FFB9BF", "#5C1A21"),
        Severity.WARNING: Ink("#FFDF8C", "#503A06"),
        Severity.NOTE: Ink("#B9D6EF", "#203D57"),
        Light.RED: Ink("#FFB9BF", "#5C1A21"),
        Light.YELLOW: Ink("#FFDF8C", "#503A06"),
        Light.GREEN: Ink("#A9E5B5", "#1C4428"),
    },
)
HIGH_CONTRAST = Theme(
    window="#000000",
    base="#000001",
    text="#FFFFFF",
    muted="#FFFFFF",
    disabled="#9CF29C",
    line="#6B6B6B",
    strong_line="#FFFFFF",
    frame="#FFFFFF",
    button="#000000",
    accent="#FFE94D",
    selected=Ink("#000000", "#8EE3F0"),
    selected_inactive=Ink("#000000", "#D6D6D6"),
    marks={
        Severity.CRITICAL: Ink("#000000", "#FF9AA4"),
        Severity.WARNING: Ink("#000000", "#FFE94D"),
        Severity.NOTE: Ink("#000000", "#9CD3FF"),
        Light.RED: Ink("#000000", "#FF9AA4"),
        Light.YELLOW: Ink("#000000", "#FFE94D"),
        Light.GREEN: Ink("#000000", "#8FE38F"),
    },
)
_CHOSEN = "tertial-theme"
THEMES = (LIGHT, DARK, HIGH_CONTRAST)
BY_NAME = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}


def dress(application: QApplication, theme: Theme | None = None) -> None:
    """Give the application a look; without one it follows the system, now and when that changes."""
    application.setStyle("Fusion")
    if theme is not None:
        _paint_in(application, theme)
        return
    application.styleHints().colorSchemeChanged.connect(lambda _: dress_by_name(application, _chosen(application)))
    dress_by_name(application, _chosen(application))


def dress_by_name(application: QApplication, name: str) -> None:
    """Give the application the look of a name (`light`, `dark`, `contrast`), the system's for any other."""
    theme = BY_NAME.get(name) or wanted_theme(application)
    application.setProperty(_CHOSEN, name)
    _paint_in(application, theme)


def _paint_in(application: QApplication, theme: Theme) -> None:
    application.setPalette(palette_of(theme))
    edges = EDGED if theme is HIGH_CONTRAST else ""
    if application.styleSheet() != edges:
        application.setStyleSheet(edges)


def _chosen(application: QApplication) -> str:
    return str(application.property(_CHOSEN) or "")


def scale(application: QApplication, percent: int) -> None:
    """Make all text larger by a percentage; everything else is measured by its font."""
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    application.setFont(font)


def wanted_theme(application: QApplication) -> Theme:
    """Return what the system asks for."""
    hints = application.styleHints()
    access = hints.accessibility()
    if access.contrastPreference() is Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a palette was made of."""
    base = palette.color(QPalette.ColorRole.Base).name().upper()
    return next((theme for theme in THEMES if theme.base == base), LIGHT)


def palette_of(theme: Theme) -> QPalette:
    """Make the palette of a theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.button,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.base,
        role.Midlight: theme.line,
        role.Mid: theme.strong_line,
        role.Dark: theme.frame,
        role.Highlight: theme.selected.fill,
        role.HighlightedText: theme.selected.text,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled))
    inactive = QPalette.ColorGroup.Inactive
    palette.setColor(inactive, role.Highlight, QColor(theme.selected_inactive.fill))
    palette.setColor(inactive, role.HighlightedText, QColor(theme.selected_inactive.text))
    return palette


FRAMED = """
QLineEdit, QPlainTextEdit, QTextBrowser {
    border: 1px solid palette(dark); border-radius: 3px; padding: 2px 4px; background: palette(base);
}
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus { border-color: palette(link); }
"""
"""Frames that can be seen in every look; for the widgets that fields stand on."""

EDGED = f"""
QPushButton, QToolButton, QComboBox {{
    border: 1px solid palette(dark); border-radius: 3px; padding: 3px 8px;
    background: palette(button);
}}
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ border-color: palette(midlight); }}
QPushButton:default, QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border: 2px solid palette(link); }}
QToolButton:checked, QPushButton:checked {{ background: palette(highlight); color: palette(highlighted-text); }}
QComboBox::drop-down {{ border: none; width: 1.4em; }}
QComboBox::down-arrow {{ image: url({_DOWN}); width: 0.8em; height: 0.8em; }}
"""
"""Edges of all that is pressed, in the look where everything else of it is black: Fusion's are black too."""

TICKED = f"""
QCheckBox::indicator, QListView::indicator {{
    width: 0.8em; height: 0.8em; border: 1px solid palette(placeholder-text); border-radius: 2px;
    background: palette(base);
}}
QListView::item {{ padding: 2px; }}
QCheckBox::indicator:focus, QListView::indicator:focus {{ border-color: palette(link); }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ image: url({_TICK}); }}
"""
"""Boxes to tick that are seen in every look when they aren't ticked, too: Fusion's are black on black."""

CHOSEN = """
QRadioButton::indicator {
    width: 0.8em; height: 0.8em; border: 1px solid palette(placeholder-text); border-radius: 0.42em;
    background: palette(base);
}
QRadioButton::indicator:focus { border-color: palette(link); }
QRadioButton::indicator:checked {
    background: qradialgradient(
        cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 palette(text), stop: 0.5 palette(text), stop: 0.6 palette(base), stop: 1 palette(base)
    );
}
"""
"""The same of what is one of several."""

TABLE_TICKED = f"""
QTableView::indicator {{
    width: 0.8em; height: 0.8em; border: 1px solid palette(placeholder-text); border-radius: 2px;
    background: palette(base);
}}
QTableView::indicator:checked {{ image: url({_TICK}); }}
"""
"""The same in tables."""

TABLE_LOOK = """
QTableView::item { padding-left: 5px; padding-right: 5px; }
QTableView::item:focus { border: 1px solid palette(link); padding-left: 4px; padding-right: 4px; }
QHeaderView { background: palette(window); border: none; }
QHeaderView::section {
    background: palette(window); color: palette(placeholder-text);
    border: none; border-bottom: 1px solid palette(mid); padding: 4px 8px;
}
QHeaderView::section:hover { color: palette(text); }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: top center; width: 9px; height: 7px; }
"""
"""A table like a good ledger: quiet headings, and room between the columns."""


def restyle(window: QWidget) -> None:
    """Let style sheets take a new palette: they keep the colours that they were made with."""
    for widget in (window, *window.findChildren(QWidget)):
        sheet = widget.styleSheet()
        if sheet:
            widget.setStyleSheet("")
            widget.setStyleSheet(sheet)


def sized(font: QFont, step: Step, *, bold: bool = False) -> QFont:
    """Return a font at a step of the type scale."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * step.value)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def is_narrow(widget: QWidget) -> bool:
    """Whether two columns of text beside each other would be too narrow to read, at the size that text has."""
    return widget.width() < _TWO_COLUMNS * widget.fontMetrics().averageCharWidth()


def tabular(font: QFont) -> QFont:
    """Return the font with figures of one width, so that columns of numbers line up."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
