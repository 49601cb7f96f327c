"""What is being typed and is not saved yet: kept outside the portfolio at every keystroke, so a crash loses nothing.

A power cut may lose what was typed since the text last rested, never what was saved.
Drafts of an encrypted portfolio are encrypted by its key, and a plain one that was left of it is taken over.
Must not know who types, nor what becomes of a draft.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from db.key import Key

_CANT = (OSError, sqlite3.Error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that was being typed in a field of a project in a period, and what the field held before."""

    project: str
    period: str
    field: str
    base: str
    text: str


class Drafts:
    """The drafts of one portfolio: one small file, gone when everything is saved."""

    def __init__(self, portfolio: Path, folder: Path, *, key: Key | None = None) -> None:
        name = hashlib.sha256(str(portfolio.absolute()).encode()).hexdigest()[:16]
        self._key = key
        self._plain = folder / f"{name}.json"
        self._path = self._plain if key is None else folder / f"{name}.kladd"

    def keep(self, draft: Draft) -> None:
        """Keep a draft; one of the same field gives way. A disk that can't is no reason to stop typing."""
        with suppress(*_CANT):
            self._write([*(other for other in self.read() if _place(other) != _place(draft)), draft])

    def forget(self, draft: Draft) -> None:
        """Forget the draft of a field: it is saved, or thrown away."""
        with suppress(*_CANT):
            self._write([other for other in self.read() if _place(other) != _place(draft)])

    def read(self) -> list[Draft]:
        """Return the drafts that were left; none where the file can't be read."""
        left = self._read(self._path)
        if self._key is not None and self._plain.exists():
            with suppress(*_CANT):
                left += self._read(self._plain)
                self._write(left)
                self._plain.unlink()
        return left

    def _read(self, path: Path) -> list[Draft]:
        if not path.exists():
            return []
        with suppress(*_CANT, ValueError, TypeError, AttributeError, RecursionError):
            if self._key is None or path == self._plain:
                content = path.read_text(encoding="utf-8")
            else:
                from db.sqlcipher import read_text

                content = read_text(path, key=self._key)
            drafts = json.loads(content)
            return [Draft(**one) for one in drafts if all(isinstance(value, str) for value in one.values())]
        return []

    def _write(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".ny")
        try:
            # Not synced, as all else is: it is written at every keystroke, and a slow disk would be felt in each.
            content = json.dumps([asdict(draft) for draft in drafts], ensure_ascii=False)
            if self._key is None:
                beside.write_text(content, encoding="utf-8")
            else:
                from db.sqlcipher import write_text

                beside.unlink(missing_ok=True)
                write_text(beside, content, key=self._key)
            os.replace(beside, self._path)  # noqa: PTH105  the one that is atomic everywhere
        finally:
            beside.unlink(missing_ok=True)


def _place(draft: Draft) -> tuple[str, str, str]:
    return draft.project, draft.period, draft.field
