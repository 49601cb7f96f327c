"""What is being typed and is not saved yet: kept outside the portfolio at every keystroke, so a crash loses nothing.

Must not know who types, nor what becomes of a draft.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


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

    def __init__(self, portfolio: Path, folder: Path) -> None:
        name = hashlib.sha256(str(portfolio.absolute()).encode()).hexdigest()[:16]
        self._path = folder / f"{name}.json"

    def keep(self, draft: Draft) -> None:
        """Keep a draft; one of the same field gives way. A disk that can't is no reason to stop typing."""
        with suppress(OSError):
            self._write([*(other for other in self.read() if _place(other) != _place(draft)), draft])

    def forget(self, draft: Draft) -> None:
        """Forget the draft of a field: it is saved, or thrown away."""
        with suppress(OSError):
            self._write([other for other in self.read() if _place(other) != _place(draft)])

    def read(self) -> list[Draft]:
        """Return the drafts that were left; none where the file can't be read."""
        with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
            drafts = json.loads(self._path.read_text(encoding="utf-8"))
            return [Draft(**one) for one in drafts if all(isinstance(value, str) for value in one.values())]
        return []

    def _write(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".ny")
        beside.write_text(json.dumps([asdict(draft) for draft in drafts], ensure_ascii=False), encoding="utf-8")
        os.replace(beside, self._path)  # noqa: PTH105  the one that is atomic everywhere


def _place(draft: Draft) -> tuple[str, str, str]:
    return draft.project, draft.period, draft.field
