"""What the program remembers of its user: who it is, how things look, which files and views.

Must not know a portfolio's content. Kept as a small JSON file where the system keeps settings (`db.own_settings`).
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from db.backup import KEPT_MONTHS
from db.own_settings import OwnSettings, machine_path, own_path
from tracker.messages import Message

_MOST_RECENT = 8
_MOST_QUIET = 100
_OF_OLD = "tertial.ini"
SCALES = (100, 125, 150, 175, 200)
LANGUAGE, THEMES = "nb", ("", "light", "dark", "contrast")


class Role(Enum):
    """What somebody says of their work. It decides what is shown first and gives or takes no right.

    A reader's files are opened to be read, so that they are in nobody's way.
    """

    PROJECT_MANAGER = "project-manager"
    CONTROLLER = "controller"
    READER = "reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """How the project table is arranged: which columns, what is asked for, in which order."""

    name: str
    columns: tuple[str, ...]
    group: str = ""
    sorted_by: str = ""
    descending: bool = False
    filters: dict[str, str] = field(default_factory=dict)
    search: str = ""


class Settings:
    """Settings by name, each with a usual value. Nothing here may be needed to open a portfolio."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = own_path() if path is None else path
        # Qt's file dialog has settings too: they lie beside ours, and go with them.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(self._path.parent))
        self._kept = OwnSettings(self._path, beneath=machine_path() if path is None else None)
        if not self._path.exists():
            self._take_over(self._path.with_name(_OF_OLD))

    @property
    def kept(self) -> OwnSettings:
        """The values as they are kept."""
        return self._kept

    @property
    def is_new(self) -> bool:
        """Whether nobody has said who they are: the program was never begun with here."""
        return not self._kept.is_kept("who")

    def as_if(self, given: Mapping[str, object]) -> Settings:
        """Return the settings as they would be with other values kept too."""
        other = copy(self)
        other._kept = self._kept.as_if(given)  # noqa: SLF001  a copy of itself
        return other

    def take_trouble(self) -> Message | None:
        """Return what is wrong with the file of settings, once."""
        trouble, self._kept.trouble = self._kept.trouble, None
        return trouble

    @property
    def data_folder(self) -> Path:
        """Where backups and drafts are kept: beside the settings where those have a place of their own."""
        if self._path.parent.name != "Tertial":
            return self._path.parent
        from platformdirs import user_data_path

        return user_data_path("Tertial", appauthor=False)

    @property
    def who(self) -> str:
        """Who makes the edits: what the user said, else what the system calls the user."""
        return self._kept.value("who", "") or self.system_name

    @who.setter
    def who(self, name: str) -> None:
        self._kept.keep(who=name)

    @property
    def system_name(self) -> str:
        """What the system calls the user."""
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "ukjent"

    @property
    def role(self) -> Role:
        """What the user's work is."""
        with suppress(ValueError):
            return Role(self._kept.value("role", ""))
        return Role.CONTROLLER

    @role.setter
    def role(self, role: Role) -> None:
        self._kept.keep(role=role.value)

    @property
    def language(self) -> str:
        """The language: `nb`, `nn` or `en`."""
        from ui.words import LANGUAGES

        said = self._kept.value("language", LANGUAGE)
        return said if said in LANGUAGES else LANGUAGE

    @language.setter
    def language(self, code: str) -> None:
        self._kept.keep(language=code)

    @property
    def theme(self) -> str:
        """The look: `light`, `dark`, `contrast`, or empty for the system's."""
        said = self._kept.value("theme", "")
        return said if said in THEMES else ""

    @theme.setter
    def theme(self, name: str) -> None:
        self._kept.keep(theme=name)

    @property
    def scale(self) -> int:
        """How large the text is, in percent."""
        said = self._kept.value("scale", SCALES[0])
        return said if said in SCALES else SCALES[0]

    @scale.setter
    def scale(self, percent: int) -> None:
        self._kept.keep(scale=percent)

    @property
    def usual_backup_folder(self) -> Path:
        """Where backups are kept where nobody has chosen."""
        return self.data_folder / "backups"

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept."""
        said = self._kept.value("backup_folder", "")
        return Path(said) if said else self.usual_backup_folder

    @backup_folder.setter
    def backup_folder(self, folder: Path | None) -> None:
        is_usual = folder is None or folder == self.usual_backup_folder
        self._kept.keep(backup_folder=None if is_usual else str(folder))

    @property
    def backup_months(self) -> int:
        """How many months back a backup is kept of each."""
        said = self._kept.value("backup_months", KEPT_MONTHS)
        return said if said > 0 else KEPT_MONTHS

    @backup_months.setter
    def backup_months(self, months: int) -> None:
        self._kept.keep(backup_months=months)

    @property
    def words(self) -> list[str]:
        """The user's own words, which are rightly spelt."""
        return self._kept.value("words", list[str]())

    @words.setter
    def words(self, words: list[str]) -> None:
        self._kept.keep(words=words or None)

    def learn(self, word: str) -> None:
        """Take a word among the user's own."""
        self.words = [*(one for one in self.words if one != word), word]

    @property
    def dictionary_folder(self) -> str:
        """A folder with dictionaries of the user's own, empty for the system's."""
        return self._kept.value("dictionary_folder", "")

    @dictionary_folder.setter
    def dictionary_folder(self, folder: str) -> None:
        self._kept.keep(dictionary_folder=folder or None)

    @property
    def recent(self) -> list[Path]:
        """The files opened last, the newest first, those that are gone left out."""
        return [Path(name) for name in self._texts("recent") if _exists(Path(name))]

    def remember(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        name = str(path.absolute())
        others = [other for other in self._texts("recent") if other != name]
        self._kept.keep(recent=[name, *others][:_MOST_RECENT])

    def forget_recent(self) -> None:
        """Forget which files were opened."""
        self._kept.keep(recent=None)

    def is_quiet_about(self, path: Path) -> bool:
        """Whether nothing more is to be said of where a file lies."""
        return str(path.absolute()) in self._texts("quiet")

    def be_quiet_about(self, path: Path) -> None:
        """Say nothing more of where a file lies."""
        name = str(path.absolute())
        others = [other for other in self._texts("quiet") if other != name]
        self._kept.keep(quiet=[name, *others][:_MOST_QUIET])

    @property
    def views(self) -> list[SavedView]:
        """The user's own views of the table."""
        return [view for text in self._texts("views") if (view := _read_view(text)) is not None]

    def keep_view(self, view: SavedView) -> None:
        """Keep a view; one of the same name gives way."""
        self._keep_views([*(other for other in self.views if other.name != view.name), view])

    def forget_view(self, name: str) -> None:
        """Forget a view."""
        self._keep_views([other for other in self.views if other.name != name])

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was, None if it never was."""
        kept = self._kept.value("geometry", "")
        return QByteArray.fromBase64(kept.encode()) if kept else None

    @geometry.setter
    def geometry(self, place: QByteArray) -> None:
        self._kept.keep(geometry=bytes(place.toBase64().data()).decode())

    def _keep_views(self, views: list[SavedView]) -> None:
        self._kept.keep(views=[json.dumps(asdict(view)) for view in views])

    def _texts(self, name: str) -> list[str]:
        return self._kept.value(name, list[str]())

    def _take_over(self, ini: Path) -> None:
        """Take over what an earlier version kept in another kind of file."""
        if not ini.is_file():
            return
        old = QSettings(str(ini), QSettings.Format.IniFormat)
        texts = {name: str(old.value(name)) for name in ("who", "language", "theme") if old.value(name)}
        lists = {name: _read_texts(old.value(name)) for name in ("recent", "quiet", "views")}
        scale = str(old.value("scale") or "")
        self._kept.keep(**texts, **lists, scale=int(scale) if scale.isdecimal() else None)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _read_view(text: str) -> SavedView | None:
    """Read a view, None where it is none that a table could be arranged by."""
    try:
        values: dict[str, Any] = json.loads(text)
        view = SavedView(**{**values, "columns": tuple(values["columns"])})
    except (TypeError, ValueError, KeyError, RecursionError):
        return None
    texts = (view.name, view.group, view.sorted_by, view.search, *view.columns)
    is_lawful = isinstance(view.filters, dict) and isinstance(view.descending, bool)
    return view if is_lawful and all(isinstance(one, str) for one in texts) else None


def _read_texts(kept: object) -> list[str] | None:
    with suppress(ValueError, TypeError):
        return [text for text in json.loads(str(kept)) if isinstance(text, str)] or None
    return None
