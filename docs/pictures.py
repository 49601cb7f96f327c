"""Take the pictures in this folder: the window on the example, light and dark. `python docs/pictures.py`.

Must not need a screen, nor a portfolio that is not the example.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The screenless platform complains of itself.
os.environ["QT_LOGGING_RULES"] = "default.warning=false"
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from ui import app  # noqa: E402  Qt reads the environment when it is imported
from ui.commands.run import run  # noqa: E402

_WIDTH, _HEIGHT = 1400, 900
_CHOSEN_ROW = 6
_COLOURS, _COMMONEST, _SHADE = 256, 64, 0xFFE0E0E0


def main() -> int:
    """Make the example aside, and take its picture in both looks."""
    application = app.make_application()
    from PySide6.QtGui import QImage

    from ui import theme

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Eksempel.tertial"
        run(["demo", str(file)])
        window = app.make_window([file])
        window.resize(_WIDTH, _HEIGHT)
        window.show()
        window.projects.table.selectRow(_CHOSEN_ROW)
        for name, look in (("light", theme.LIGHT), ("dark", theme.DARK)):
            theme.dress(application, look)
            application.processEvents()
            taken = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            packed = taken.convertToFormat(QImage.Format.Format_Indexed8, chosen_colours(taken.constBits()))
            packed.save(str(HERE / f"window-{name}.png"))
    return 0


def chosen_colours(pixels: memoryview) -> list[int]:
    """Return 256 colours that do for a ledger: the commonest, and one for every other shade.

    With them a picture is less than half as large, and every clone carries it.
    """
    counted = Counter(memoryview(pixels).cast("B").cast("I")).most_common()
    colours = dict.fromkeys(colour for colour, _ in counted[:_COMMONEST])
    shades = {colour & _SHADE: colour for colour, _ in reversed(counted)}
    colours.update(dict.fromkeys(shades[colour & _SHADE] for colour, _ in counted))
    return list(colours)[:_COLOURS]


if __name__ == "__main__":
    sys.exit(main())
