"""What the program remembers of its user, as one small JSON file, with what the machine's owner has set beneath it.

Must not know what is remembered. A file that can't be read is kept aside and told of; one that can't be written is
told of once, and everything goes on as if it were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import TypeVar

from db.json_file import write_json
from db.plain_file import read_at_most
from db.trouble import Trouble
from tracker.messages import Message, Refusal, message

VERSION = 1
FORMAT = "tertial-own-settings"
NAME = "settings.json"
MOST_BYTES = 2_000_000
_MACHINERY = ("format", "version")
Kind = TypeVar("Kind", str, int, bool, list[str])


def own_path() -> Path:
    """Return where this user's settings are."""
    from platformdirs import user_config_path

    return user_config_path("Tertial", appauthor=False) / NAME


def machine_path() -> Path:
    """Return where the machine's owner may have set what everybody here begins with."""
    from platformdirs import site_config_path

    return site_config_path("Tertial", appauthor=False) / NAME


class OwnSettings:
    """Values by name. `trouble` is what is wrong with the file, None where nothing is, or it was told."""

    def __init__(self, path: Path, *, beneath: Path | None = None) -> None:
        self._path = path
        self.trouble: Message | None = None
        self._beneath = {} if beneath is None else _read(beneath) or {}
        self._own: dict[str, object] = {}
        self._is_told = False
        self._read_own()

    def value(self, name: str, usual: Kind) -> Kind:
        """Return a value: the user's, else the machine's, else the usual; one of another kind is none."""
        for held in (self._own, self._beneath):
            found = held.get(name)
            if type(found) is type(usual) and not (isinstance(found, list) and not _is_texts(found)):
                return found
        return usual

    def is_kept(self, name: str) -> bool:
        """Whether the user has said it."""
        return name in self._own

    @property
    def own(self) -> Mapping[str, object]:
        """What the user has said, to hand on."""
        return {name: value for name, value in self._own.items() if name not in _MACHINERY}

    def as_if(self, given: Mapping[str, object]) -> OwnSettings:
        """Return what there would be with other values kept too; nothing of it is written."""
        other = copy(self)
        other._own = {**self._own, **given}  # noqa: SLF001  a copy of itself
        return other

    def keep(self, **values: object) -> None:
        """Keep values, those of another window left as they are now; None forgets one."""
        self._own = {**(_read(self._path) or self._own), **values}
        self._own = {name: value for name, value in self._own.items() if value is not None}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_json({"format": FORMAT, "version": VERSION, **self._own}, self._path)
        except (OSError, Trouble):
            self._tell(
                message(
                    "Innstillingene dine kan ikke lagres i {folder}, så de gjelder bare til du avslutter.",
                    folder=str(self._path.parent),
                )
            )

    def _read_own(self) -> None:
        found = _read(self._path)
        if found is not None:
            self._own = found
            return
        aside = self._path.with_name(f"{self._path.name}.skadet")
        told = message(
            "Innstillingene dine kunne ikke leses, så standardene gjelder: kontroller {file}.", file=str(self._path)
        )
        with suppress(OSError):
            if self._path.is_file():
                self._path.replace(aside)
                told = message(
                    "Innstillingene dine kunne ikke leses, så standardene gjelder. Filen er tatt vare på som {file}.",
                    file=aside.name,
                )
        self._tell(told)

    def _tell(self, trouble: Message) -> None:
        if not self._is_told:
            self.trouble, self._is_told = trouble, True


def read_own(text: str) -> dict[str, object]:
    """Read a person's settings from a file's text.

    Raises Refusal when it is no such file.
    """
    found = _parsed(text)
    if found is None or found.get("format") != FORMAT:
        raise Refusal(message("Filen har ikke egne innstillinger fra Tertial: velg en annen."))
    return {name: value for name, value in found.items() if name not in _MACHINERY}


def _read(path: Path) -> dict[str, object] | None:
    """Read a file's values: none where there is no file, None where it can't be understood."""
    try:
        content = read_at_most(path, MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, Trouble, Refusal):
        return None
    return _parsed(content.decode("utf-8", errors="replace"))


def _parsed(text: str) -> dict[str, object] | None:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def _is_texts(values: list[object]) -> bool:
    return all(isinstance(one, str) for one in values)
