"""What the program remembers of its user: who it is, how things look, which files and views.

Must not know a portfolio's content. Kept as a small ini file where the system keeps settings.
"""

from __future__ import annotations

import getpass
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 8
_MOST_QUIET = 100
SCALES = (100, 125, 150, 175, 200)


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
    """Settings by name. Nothing here may be needed to open a portfolio."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            from platformdirs import user_config_path

            path = user_config_path("Tertial", appauthor=False) / "tertial.ini"
        self._path = path
        # Qt's file dialog has settings too: they lie beside ours, and go with them.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(path.parent))
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

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
        said = str(self._kept.value("who", ""))
        if said:
            return said
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "ukjent"

    @who.setter
    def who(self, name: str) -> None:
        self._kept.setValue("who", name)

    @property
    def language(self) -> str:
        """The language: `nb`, `nn` or `en`."""
        return str(self._kept.value("language", "nb"))

    @language.setter
    def language(self, code: str) -> None:
        self._kept.setValue("language", code)

    @property
    def theme(self) -> str:
        """The look: `light`, `dark`, `contrast`, or empty for the system's."""
        return str(self._kept.value("theme", ""))

    @theme.setter
    def theme(self, name: str) -> None:
        self._kept.setValue("theme", name)

    @property
    def scale(self) -> int:
        """How large the text is, in percent."""
        with suppress(ValueError):
            found = int(str(self._kept.value("scale", SCALES[0])))
            if found in SCALES:
                return found
        return SCALES[0]

    @scale.setter
    def scale(self, percent: int) -> None:
        self._kept.setValue("scale", percent)

    @property
    def recent(self) -> list[Path]:
        """The files opened last, the newest first, those that are gone left out."""
        return [Path(name) for name in self._texts("recent") if Path(name).exists()]

    def remember(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        name = str(path.absolute())
        others = [other for other in self._texts("recent") if other != name]
        self._kept.setValue("recent", json.dumps([name, *others][:_MOST_RECENT]))

    def is_quiet_about(self, path: Path) -> bool:
        """Whether nothing more is to be said of where a file lies."""
        return str(path.absolute()) in self._texts("quiet")

    def be_quiet_about(self, path: Path) -> None:
        """Say nothing more of where a file lies."""
        name = str(path.absolute())
        others = [other for other in self._texts("quiet") if other != name]
        self._kept.setValue("quiet", json.dumps([name, *others][:_MOST_QUIET]))

    @property
    def views(self) -> list[SavedView]:
        """The user's own views of the table."""
        views = []
        for text in self._texts("views"):
            with suppress(TypeError, ValueError, KeyError):
                values: dict[str, Any] = json.loads(text)
                views.append(SavedView(**{**values, "columns": tuple(values["columns"])}))
        return views

    def keep_view(self, view: SavedView) -> None:
        """Keep a view; one of the same name gives way."""
        self._keep_views([*(other for other in self.views if other.name != view.name), view])

    def forget_view(self, name: str) -> None:
        """Forget a view."""
        self._keep_views([other for other in self.views if other.name != name])

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was, None if it never was."""
        kept = self._kept.value("geometry")
        return kept if isinstance(kept, QByteArray) else None

    @geometry.setter
    def geometry(self, place: QByteArray) -> None:
        self._kept.setValue("geometry", place)

    def _keep_views(self, views: list[SavedView]) -> None:
        self._kept.setValue("views", json.dumps([json.dumps(asdict(view)) for view in views]))

    def _texts(self, name: str) -> list[str]:
        with suppress(ValueError, TypeError):
            found = json.loads(str(self._kept.value(name, "[]")))
            return [text for text in found if isinstance(text, str)]
        return []
