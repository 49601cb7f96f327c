"""Make the AppDir of what `freeze.py` made: `python packaging/appdir.py`. `appimagetool` makes one file of it.

Must not know what is in the program.
"""

from __future__ import annotations

import shutil
import sys

from linux_tree import lay_tree
from product import APP_ID, INSTALLERS, NAME, PROGRAM


def main() -> int:
    """Lay the tree, and beside it what an AppDir has at its root."""
    folder = INSTALLERS / f"{NAME}.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    lay_tree(folder)
    (folder / "AppRun").symlink_to(f"usr/lib/{PROGRAM}/{PROGRAM}")
    (folder / f"{APP_ID}.desktop").symlink_to(f"usr/share/applications/{APP_ID}.desktop")
    (folder / f"{APP_ID}.svg").symlink_to(f"usr/share/icons/hicolor/scalable/apps/{APP_ID}.svg")
    (folder / ".DirIcon").symlink_to(f"usr/share/icons/hicolor/256x256/apps/{APP_ID}.png")
    sys.stdout.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
