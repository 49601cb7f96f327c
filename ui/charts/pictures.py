"""A chart as a picture for other programs: copied, or saved as PNG or SVG, always on white.

Must not know what the chart shows.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from ui.theme import LIGHT, palette_of

_SHARPNESS = 2


def copy_image(chart: QWidget) -> None:
    """Put a chart on the clipboard."""
    QGuiApplication.clipboard().setImage(_image(chart))


def save_image(chart: QWidget, path: Path) -> None:
    """Save a chart by its file's ending: `.svg`, else PNG."""
    if path.suffix.lower() == ".svg":
        _save_svg(chart, path)
    else:
        _image(chart).save(str(path))


def _image(chart: QWidget) -> QImage:
    image = QImage(chart.size() * _SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    _render(chart, painter)
    painter.end()
    return image


def _save_svg(chart: QWidget, path: Path) -> None:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(chart.size())
    generator.setViewBox(QRect(QPoint(0, 0), chart.size()))
    generator.setTitle(chart.accessibleName())
    painter = QPainter(generator)
    _render(chart, painter)
    painter.end()


def _render(chart: QWidget, painter: QPainter) -> None:
    held = chart.palette()
    chart.setPalette(palette_of(LIGHT))
    chart.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    chart.setPalette(held)
