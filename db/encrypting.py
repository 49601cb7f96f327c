"""Putting a passphrase on a portfolio, changing it and taking it off, and letting its backups follow.

Must not know how a passphrase is asked for.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from db.backup import backups_of
from db.key import Key, KeyNeeded, can_encrypt, fitting, new_key, refusal_of
from db.rewriting import rewrite
from db.trouble import Trouble
from tracker.messages import Refusal, message


class BackupsWill(Enum):
    """What becomes of a portfolio's backups when its passphrase does."""

    FOLLOW = "follow"
    STAY = "keep"
    GO = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How many backups were treated as was said, and how many are as they were: damaged, or of another passphrase."""

    done: int = 0
    left: int = 0


def refuse_without_library() -> None:
    """Raise a Refusal where nothing can be encrypted, before anybody thinks of a passphrase."""
    if not can_encrypt():
        raise Refusal(
            message("Tertial er installert uten kryptering: be IT om tillegget «tertial[encryption]» (sqlcipher3).")
        )


def encrypt(path: Path, passphrase: str, *, key: Key | None) -> Key:
    """Write a portfolio anew under a new passphrase; `key` opens it as it is, None where it is plain.

    Raises Refusal when the passphrase won't do, Trouble when the file is damaged or can't be written; then it is as
    it was.
    """
    refuse_without_library()
    refusal = refusal_of(passphrase)
    if refusal is not None:
        raise Refusal(refusal)
    made = new_key(passphrase)
    rewrite(path, key, made)
    return made


def decrypt(path: Path, *, key: Key) -> None:
    """Write a portfolio anew in plain.

    Raises Trouble when the file is damaged or can't be written; then it is as it was.
    """
    rewrite(path, key, None)


def treat_backups(folder: Path, will: BackupsWill, *, old: Key | None, new: Key | None) -> Followed:
    """Write the backups that a portfolio's old key opens anew under the new one, or delete them.

    A damaged one is left as it is, and counted: what follows is never worth losing one for.
    """
    if will is BackupsWill.STAY:
        return Followed(left=len(_opened_by(old, folder)))
    done = left = 0
    for path in _opened_by(old, folder):
        try:
            if will is BackupsWill.GO:
                path.unlink(missing_ok=True)
            else:
                rewrite(path, old, new)
        except (Trouble, OSError):
            left += 1
        else:
            done += 1
    return Followed(done=done, left=left)


def _opened_by(key: Key | None, folder: Path) -> list[Path]:
    """Return the backups that a key opens; without one, those that are plain."""
    found = []
    for backup in backups_of(folder):
        with suppress(KeyNeeded):
            if fitting(backup.path, key) == key:
                found.append(backup.path)
    return found
