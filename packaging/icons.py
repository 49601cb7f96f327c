"""The program's icon in every size and kind, drawn from `resources/icons/tertial.svg`: `python packaging/icons.py`.

Drawn by Qt, which the program has anyway. Must not know who uses which.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from product import APP_ID, ICONS, ROOT

SOURCE = ROOT / "resources" / "icons" / "tertial.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Those that a desktop's theme has a folder for."""

_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_ICNS_KINDS = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic13": 256,
    b"ic09": 512,
    b"ic14": 512,
    b"ic10": 1024,
}
_ICNS_MARGIN = 0.1
"""Apple's icons leave a tenth free on each side."""

_WIDEST_IN_ICO = 256


def main() -> int:
    """Write them all to the build folder."""
    write_icons(ICONS)
    return 0


def write_icons(folder: Path) -> None:
    """Write PNG files as a desktop's theme has them, the icon file of Windows and the one of macOS."""
    for size in SIZES:
        path = folder / "hicolor" / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn(size))
    scalable = folder / "hicolor" / "scalable" / "apps" / f"{APP_ID}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(SOURCE.read_bytes())
    (folder / "tertial.ico").write_bytes(ico({size: drawn(size) for size in _ICO_SIZES}))
    (folder / "tertial.icns").write_bytes(
        icns((kind, drawn(size, margin=_ICNS_MARGIN)) for kind, size in _ICNS_KINDS.items())
    )


def drawn(size: int, *, margin: float = 0) -> bytes:
    """Return the icon as PNG, so many pixels wide."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    free = round(size * margin)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(written, "PNG")
    return bytes(written.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Put PNGs together as Windows reads them; 256 is written as 0 there."""
    content = b""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    begins = len(header) + 16 * len(pictures)
    for size, picture in pictures.items():
        side = size % _WIDEST_IN_ICO
        header += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), begins + len(content))
        content += picture
    return header + content


def icns(pictures: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Put PNGs together as macOS reads them."""
    content = b"".join(struct.pack(">4sI", kind, len(picture) + 8) + picture for kind, picture in pictures)
    return struct.pack(">4sI", b"icns", len(content) + 8) + content


if __name__ == "__main__":
    sys.exit(main())
