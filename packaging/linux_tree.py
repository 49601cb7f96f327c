"""The frozen program as a Linux desktop expects it, beneath any folder: for the package and for the AppDir alike.

Must not know how that is packed or installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from product import APP_ID, FROZEN, ICONS, PROGRAM, ROOT, filled

TEMPLATES = ROOT / "packaging" / "linux"
_MIME_ICON = "application-x-tertial"
_RUNS, _READS = 0o755, 0o644


def lay_tree(root: Path) -> None:
    """Lay everything that belongs on a system beneath a folder."""
    usr = root / "usr"
    shutil.copytree(FROZEN, usr / "lib" / PROGRAM, symlinks=True)
    (usr / "bin").mkdir()
    (usr / "bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    write(usr / "share/applications" / f"{APP_ID}.desktop", filled(TEMPLATES / "tertial.desktop"))
    write(usr / "share/metainfo" / f"{APP_ID}.metainfo.xml", filled(TEMPLATES / "tertial.metainfo.xml"))
    write(usr / "share/mime/packages" / f"{APP_ID}.xml", filled(TEMPLATES / "tertial-mime.xml"))
    write(usr / "share/doc" / PROGRAM / "copyright", filled(TEMPLATES / "copyright"))
    for icon in (ICONS / "hicolor").rglob(f"{APP_ID}.*"):
        place = usr / "share/icons" / icon.relative_to(ICONS)
        for to in (place, place.parents[1] / "mimetypes" / f"{_MIME_ICON}{icon.suffix}"):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(icon, to)
    settle(root)


def write(path: Path, content: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def settle(root: Path) -> None:
    """Give everything the rights that it has on a system, whatever the builder's own are."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.name == PROGRAM and os.access(path, os.X_OK))
        path.chmod(_RUNS if runs else _READS)
