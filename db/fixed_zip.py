"""A zip file whose bytes depend on what is put in it and on nothing else.

Must not know what is in it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16


class FixedZip(ZipFile):
    """Writes every entry with one date, one system and one set of rights, in the order they come."""

    def __init__(self, file: Path | IO[bytes]) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, allowZip64=True)

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_more: Any, **_named: Any) -> None:  # noqa: ANN401  ZipFile's own
        """Put bytes or text in under a name."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(_entry(name), data)

    def write(self, filename: str | os.PathLike[str], arcname: Any = None, *_more: Any) -> None:  # noqa: ANN401  ZipFile's own
        """Put a file in, a piece at a time."""
        entry = _entry(str(arcname or filename))
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def begin(self, name: str) -> IO[bytes]:
        """Open an entry to be written a piece at a time."""
        return self.open(_entry(name), "w")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry
