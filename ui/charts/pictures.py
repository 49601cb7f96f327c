"""A chart as a picture for other programs: copied, or saved as PNG or SVG, always on white in the light theme.

Must not know what the chart shows.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPaintDevice, QPainter

from db.whole_file import write_whole
from ui.charts.chart import Chart
from ui.charts.meter import Meter
from ui.charts.years import YearBars
from ui.theme import GRID, LIGHT

_SHARPNESS = 2
_INCHES_A_METRE = 1 / 0.0254


def copy_image(widget: Chart | Meter) -> None:
    """Put a chart on the clipboard."""
    QGuiApplication.clipboard().setImage(_image(widget))


def save_image(widget: Chart | Meter, path: Path) -> None:
    """Save a chart by its file's ending: `.svg`, else PNG.

    Raises Trouble when the file can't be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if path.suffix.lower() == ".svg":
        _write_svg(widget, buffer)
    else:
        QImageWriter(buffer, b"png").write(_image(widget))
    write_whole(path, lambda beside: beside.write_bytes(buffer.data().data()))


def _image(widget: Chart | Meter) -> QImage:
    image = QImage(_size(widget) * _SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(0xFFFFFFFF)
    _paint(widget, image)
    # After painting, since fonts are measured by it: other programs then show the picture in its own size.
    dots = round(widget.logicalDpiX() * _SHARPNESS * _INCHES_A_METRE)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def _write_svg(widget: Chart | Meter, device: QIODevice) -> None:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(_size(widget))
    generator.setViewBox(QRect(QPoint(0, 0), _size(widget)))
    generator.setTitle(widget.accessibleName())
    generator.setDescription(widget.accessibleDescription())
    _paint(widget, generator)


def _paint(widget: Chart | Meter, device: QPaintDevice) -> None:
    painter = QPainter(device)
    painter.fillRect(QRect(QPoint(0, 0), _size(widget)), QColor(LIGHT.base))
    painter.translate(GRID, GRID)
    widget.paint(painter, QSizeF(_size(widget) - _MARGINS), LIGHT)
    painter.end()


def _size(widget: Chart | Meter) -> QSize:
    """Return as wide as it is shown, years no wider than they need, as high as it needs to be, with a margin."""
    wanted = widget.sizeHint()
    width = min(widget.width(), wanted.width()) if isinstance(widget, YearBars) else widget.width()
    return QSize(max(width, widget.minimumSizeHint().width()), wanted.height()) + _MARGINS


_MARGINS = QSize(2 * GRID, 2 * GRID)
