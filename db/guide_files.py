"""The guide's files, which come with the program: pages in Markdown, their order, and pictures.

Must not know how a page is shown or set.
"""

from __future__ import annotations

from pathlib import Path

import resources
from tracker.guide import Guide, read_guide

GUIDE_FOLDER = Path(resources.__file__).parent / "guide"
_PICTURES = GUIDE_FOLDER / "pictures"
_CONTENTS = "contents.md"


def load_guide() -> Guide:
    """Read the whole guide."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GUIDE_FOLDER.glob("*.md"))}
    return read_guide((GUIDE_FOLDER / _CONTENTS).read_text(encoding="utf-8"), texts)


def picture_path(name: str) -> Path | None:
    """Return where a picture of the guide is, None for what is none of its pictures."""
    path = _PICTURES / name
    return path if path.parent == _PICTURES and path.is_file() else None
