"""What the frozen program runs first: a reader of a foreign file, or else Tertial.

Must not import anything before it knows which of the two it is.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Be what the arguments ask for."""
    forget_our_libraries()
    from db.foreign import limited

    if sys.argv[1:2] == [limited.ASKED]:
        limited.read(sys.argv[2:])
        return 0
    from ui.launch import main as launch

    return launch()


def forget_our_libraries() -> None:
    """Give what the program starts, a mail program or a file manager, the system's libraries and not ours.

    PyInstaller puts ours into the environment on Linux. They have been found by now, and Qt knows its own place.
    """
    if sys.platform != "linux" or not getattr(sys, "frozen", False):
        return
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
