"""What a person settles on a machine, in one list: what each thing is called, is for and usually is.

Must not know how it is shown, nor where it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.backup import KEPT_MONTHS
from tracker.messages import Message, message
from tracker.settings.choice import Shape
from tracker.settings.reading import read_lines
from ui.kept_hubs import forget_hubs, kept_hubs
from ui.settings import SCALES, Role, Settings
from ui.words import LANGUAGES

THEMES = {
    "": message("Som systemet"),
    "light": message("Lys"),
    "dark": message("Mørk"),
    "contrast": message("Høy kontrast"),
}
ROLES = {
    Role.PROJECT_MANAGER: message("Prosjektleder"),
    Role.CONTROLLER: message("Controller"),
    Role.READER: message("Leser"),
}
MONTHS = (3, 6, 12, 24, 60)
_YOU, _LOOK = message("Om deg"), message("Språk og utseende")
_BACKUPS, _SPELLING, _RECENT = message("Sikkerhetskopier"), message("Stavekontroll"), message("Sist brukt")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChoice:
    """Something that a person settles on a machine: as `tracker.settings.choice` has it, but kept in `Settings`."""

    key: str
    section: Message
    title: Message
    about: Message
    shape: Shape
    value: Callable[[Settings], str]
    keep: Callable[[Settings, str], None]
    usual: Callable[[Settings], str] = lambda _: ""
    usual_said: Message | None = None
    options: tuple[tuple[str, Message], ...] = ()
    refuse: Callable[[str], Message | None] = lambda _: None

    def say_value(self, value: str) -> Message:
        """Say a value by the name of its option, the usual as what it means."""
        if not value and self.usual_said is not None:
            return self.usual_said
        return dict(self.options).get(value, message("{text}", text=", ".join(value.splitlines())))


def _keep_name(kept: Settings, typed: str) -> None:
    kept.who = " ".join(typed.split())


def _refuse_no_name(typed: str) -> Message | None:
    return None if typed.strip() else message("Feltet kan ikke stå tomt: skriv et navn.")


def _keep_role(kept: Settings, typed: str) -> None:
    kept.role = Role(typed)


def _keep_language(kept: Settings, typed: str) -> None:
    kept.language = typed


def _keep_theme(kept: Settings, typed: str) -> None:
    kept.theme = typed


def _keep_scale(kept: Settings, typed: str) -> None:
    kept.scale = int(typed)


def _keep_folder(kept: Settings, typed: str) -> None:
    kept.backup_folder = Path(typed) if typed else kept.usual_backup_folder


def _keep_months(kept: Settings, typed: str) -> None:
    kept.backup_months = int(typed)


def _keep_words(kept: Settings, typed: str) -> None:
    kept.words = read_lines(typed).splitlines()


def _keep_dictionaries(kept: Settings, typed: str) -> None:
    kept.dictionary_folder = typed


def _forget_recent(kept: Settings, typed: str) -> None:
    if not typed:
        kept.forget_recent()


def _forget_hubs(kept: Settings, typed: str) -> None:
    if not typed:
        forget_hubs(kept.kept)


def _hubs(kept: Settings) -> str:
    return "\n".join(dict.fromkeys(one.told for one in kept_hubs(kept.kept)))


OWN_CHOICES: tuple[OwnChoice, ...] = (
    OwnChoice(
        key="own.who",
        section=_YOU,
        title=message("Navnet ditt"),
        about=message("Står i historikken. Prosjekter med dette navnet som ansvarlig er dine."),
        shape=Shape.WORDS,
        value=lambda kept: kept.who,
        keep=_keep_name,
        usual=lambda kept: kept.system_name,
        refuse=_refuse_no_name,
    ),
    OwnChoice(
        key="own.role",
        section=_YOU,
        title=message("Rollen din"),
        about=message(
            "Bestemmer hva du ser først, og gir eller tar ingen rettigheter. En leser åpner filer bare for lesing, "
            "fra neste gang en fil åpnes."
        ),
        shape=Shape.ONE,
        value=lambda kept: kept.role.value,
        keep=_keep_role,
        usual=lambda _: Role.CONTROLLER.value,
        options=tuple((role.value, title) for role, title in ROLES.items()),
    ),
    OwnChoice(
        key="own.language",
        section=_LOOK,
        title=message("Språk"),
        about=message("Gjelder fra neste start."),
        shape=Shape.ONE,
        value=lambda kept: kept.language,
        keep=_keep_language,
        usual=lambda _: "nb",
        options=tuple((code, message("{name}", name=name)) for code, name in LANGUAGES.items()),
    ),
    OwnChoice(
        key="own.theme",
        section=_LOOK,
        title=message("Utseende"),
        about=message("Farger i vinduet. Rapporten har sine egne."),
        shape=Shape.ONE,
        value=lambda kept: kept.theme,
        keep=_keep_theme,
        options=tuple(THEMES.items()),
    ),
    OwnChoice(
        key="own.scale",
        section=_LOOK,
        title=message("Tekststørrelse"),
        about=message("Gjelder fra neste start."),
        shape=Shape.ONE,
        value=lambda kept: str(kept.scale),
        keep=_keep_scale,
        usual=lambda _: str(SCALES[0]),
        options=tuple((str(percent), message("{text}", text=f"{percent} %")) for percent in SCALES),
    ),
    OwnChoice(
        key="own.backup-folder",
        section=_BACKUPS,
        title=message("Mappe for sikkerhetskopier"),
        about=message("Helst en annen disk enn den porteføljen ligger på. Kopier som er tatt, blir liggende."),
        shape=Shape.SHOWN,
        value=lambda kept: str(kept.backup_folder),
        keep=_keep_folder,
        usual=lambda kept: str(kept.usual_backup_folder),
    ),
    OwnChoice(
        key="own.backup-months",
        section=_BACKUPS,
        title=message("Hvor lenge kopier beholdes"),
        about=message("Alle den første uken, den nyeste i hver uke i to måneder, og så den nyeste i hver måned."),
        shape=Shape.ONE,
        value=lambda kept: str(kept.backup_months),
        keep=_keep_months,
        usual=lambda _: str(KEPT_MONTHS),
        options=tuple((str(months), message("{months} måneder", months=months)) for months in MONTHS),
    ),
    OwnChoice(
        key="own.words",
        section=_SPELLING,
        title=message("Dine egne ord"),
        about=message("Ett på hver linje. Merkes ikke som feilskrevet hos deg."),
        shape=Shape.LINES,
        value=lambda kept: "\n".join(kept.words),
        keep=_keep_words,
        usual_said=message("Ingen"),
    ),
    OwnChoice(
        key="own.dictionaries",
        section=_SPELLING,
        title=message("Mappe med ordlister"),
        about=message("Ordlister for hunspell (nb_NO, nn_NO). Gjelder fra neste start."),
        shape=Shape.SHOWN,
        value=lambda kept: kept.dictionary_folder,
        keep=_keep_dictionaries,
        usual_said=message("Systemets egne"),
    ),
    OwnChoice(
        key="own.recent",
        section=_RECENT,
        title=message("Filer du har åpnet"),
        about=message("Vises på velkomstsiden og under Fil."),
        shape=Shape.SHOWN,
        value=lambda kept: "\n".join(path.name for path in kept.recent),
        keep=_forget_recent,
        usual=lambda kept: "\n".join(path.name for path in kept.recent),
        usual_said=message("Ingen"),
    ),
    OwnChoice(
        key="own.hubs",
        section=_RECENT,
        title=message("Huber du bruker"),
        about=message("Adressene endres på siden Hub. Passord står ikke her, men i nøkkelringen på maskinen."),
        shape=Shape.SHOWN,
        value=_hubs,
        keep=_forget_hubs,
        usual=_hubs,
        usual_said=message("Ingen"),
    ),
)
