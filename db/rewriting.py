"""Writing a portfolio anew under another key: encrypted, decrypted, or under a new passphrase.

Must not know who may do it, nor whether the file is a portfolio or a backup of one.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db.key import Key, fitting
from db.store import open_store
from db.trouble import Trouble, known_trouble
from db.whole_file import beside, put_in_place
from tracker.messages import message


def rewrite(path: Path, old: Key | None, new: Key | None) -> None:
    """Write a file anew under another key, or none. It is read whole before it takes the old one's place.

    Raises Trouble when the file is damaged, or can't be written; then it is as it was.
    """
    # Says in the usual words what is wrong with the file, and lets SQLite undo what a crash left half done.
    open_store(path, read_only=True, key=old).close()
    from db.sqlcipher import exported

    place = path.resolve()
    with known_trouble(path), beside(place) as copy:
        exported(place, fitting(path, old), copy, new)
        _refuse_changed(copy, new, known_as=path.name)
        put_in_place(copy, place)


def _refuse_changed(copy: Path, key: Key | None, *, known_as: str) -> None:
    with closing(open_store(copy, read_only=True, key=key)) as store:
        if store.verify():
            raise Trouble(
                message("{file} er skadet eller endret utenfor Tertial: hent fram en sikkerhetskopi.", file=known_as)
            )
