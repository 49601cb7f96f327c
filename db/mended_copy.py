"""A copy of a damaged file that SQLite will open: its header set right, tables that can't be understood passed over.

SQLite refuses a whole file for one wrong bit in its first hundred bytes or a trigger's text, or for a missing end.
A copy of an encrypted file is encrypted too. Its pages are read as they were written or not at all, so that only its
salt can be set right, which the key knows, and a missing end be passed over.
Must not touch the file itself, nor trust anything that is read: that is for those who know the hashes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.key import Key
from db.schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\0"
_SMALLEST, _USUAL, _LARGEST = 512, 4096, 32768
_FORMAT, _UTF8 = 4, 1


def mended_copy(path: Path, copy: Path, *, key: Key | None = None) -> sqlite3.Connection:
    """Copy a file, set its beginning right, and connect to the copy, by the key where one is given.

    Raises OSError or sqlite3.Error when nothing can be made of it.
    """
    content = bytearray(path.read_bytes())
    if key is not None:
        content[: len(key.salt)] = key.salt
    elif len(content) > _SMALLEST:
        _mend_header(content)
    copy.write_bytes(content)
    connection = _connected(copy, key)
    # What stands wrongly in the list of tables is passed over instead of being the end of it.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _connected(copy: Path, key: Key | None) -> sqlite3.Connection:
    if key is None:
        return sqlite3.connect(copy, isolation_level=None)
    from db.sqlcipher import connected_by

    return connected_by(key, copy, "rw")


def _mend_header(content: bytearray) -> None:
    """Write what stands in the header of every file of ours, and how long the file is."""
    size = int.from_bytes(content[16:18])
    if not (_SMALLEST <= size <= _LARGEST and size & (size - 1) == 0):
        size = _USUAL
    version = int.from_bytes(content[60:64])
    change = content[24:28]
    numbers = {28: len(content) // size, 44: _FORMAT, 52: 0, 56: _UTF8, 64: 0, 68: APPLICATION_ID}
    content[0:16] = _MAGIC
    content[16:18] = size.to_bytes(2)
    content[18:24] = bytes((1, 1, 0, 64, 32, 32))
    for at, number in numbers.items():
        content[at : at + 4] = number.to_bytes(4)
    content[60:64] = (version if 0 < version <= VERSION else VERSION).to_bytes(4)
    content[92:96] = change
