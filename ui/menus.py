"""What stands in the menus, in which order and with which keys.

Must not know what any of it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.messages import Message, message
from ui.deeds import Deed, Deeds


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a menu."""

    id: str
    title: Message
    shortcut: str = ""
    is_choice: bool = False


_LINES: tuple[tuple[str, Message, tuple[Line | None, ...]], ...] = (
    (
        "file",
        message("&Fil"),
        (
            Line("begin", message("&Ny portefølje …"), "Ctrl+N"),
            Line("open", message("&Åpne …"), "Ctrl+O"),
            Line("example", message("Lag &eksempelportefølje …")),
            None,
            Line("take-in", message("&Importer publisert rapport …"), "Ctrl+I"),
            Line("take-in-ledger", message("Importer regnska&p …"), "Ctrl+Shift+I"),
            Line("take-in-projects", message("Importer pros&jekter og budsjett …")),
            Line("new-period", message("S&tart ny periode …")),
            None,
            Line("bring-in", message("&Hent inn pakker …"), "Ctrl+Shift+O"),
            Line("bring-in-folder", message("Hent inn en mappe med pakker …")),
            Line("hub-new-file", message("Hent ny fil fr&a huben …")),
            None,
            Line("report", message("Skriv &rapport …"), "Ctrl+E"),
            Line("export", message("Eksporter &data (CSV og JSON) …")),
            Line("print", message("Skriv &ut …"), "Ctrl+P"),
            Line("pdf", message("&Lagre siden som PDF …"), "Ctrl+Shift+P"),
            None,
            Line("back-up", message("Ta sikkerhets&kopi nå")),
            Line("restore", message("&Gjenopprett fra sikkerhetskopi …")),
            Line("passphrase", message("Pass&ord …")),
            Line("look-through", message("Kontroller &filen")),
            None,
            Line("persons", message("Personoppl&ysninger …")),
            Line("settings", message("Inn&stillinger"), "Ctrl+,"),
            Line("quit", message("A&vslutt"), "Ctrl+Q"),
        ),
    ),
    (
        "edit",
        message("&Rediger"),
        (
            Line("undo", message("&Angre"), "Ctrl+Z"),
            Line("redo", message("&Gjør om"), "Ctrl+Y; Ctrl+Shift+Z"),
            None,
            Line("copy", message("&Kopier"), "Ctrl+C"),
            Line("copy-headings", message("Kopier med &overskrifter"), "Ctrl+Shift+C"),
            Line("paste", message("&Lim inn …"), "Ctrl+V"),
            Line("fill-down", message("&Fyll ned"), "Ctrl+D"),
            None,
            Line("search", message("&Søk"), "Ctrl+F"),
            Line("filter", message("F&iltrer kolonnen"), "Ctrl+Shift+F"),
            Line("clear", message("&Vis alle prosjekter"), "Ctrl+Shift+A"),
        ),
    ),
    (
        "view",
        message("&Vis"),
        (
            Line("overview", message("&Oversikt"), "Ctrl+1"),
            Line("projects", message("&Prosjekter"), "Ctrl+2"),
            Line("project", message("Prosjekt&et"), "Ctrl+3"),
            Line("period", message("Per&ioden"), "Ctrl+6"),
            Line("control", message("&Kontroll"), "Ctrl+8"),
            Line("budget", message("B&udsjett"), "Ctrl+4"),
            Line("ledger", message("&Regnskap"), "Ctrl+5"),
            Line("year-end", message("Års&avslutning"), "Ctrl+7"),
            Line("statement", message("§ 5-5"), "Ctrl+9"),
            Line("report-page", message("Rapport"), "Ctrl+0"),
            Line("packages", message("Pakker"), "Ctrl+Shift+K"),
            Line("hub", message("Hu&b"), "Ctrl+Shift+H"),
            Line("back", message("&Tilbake til listen"), "Alt+Left"),
            Line("previous", message("&Forrige prosjekt"), "Alt+Up"),
            Line("next", message("&Neste prosjekt"), "Alt+Down"),
            None,
            Line("keep-view", message("&Lagre visningen …")),
            None,
            Line("trace", message("&Hvor kommer tallet fra …"), "Ctrl+H"),
            None,
            Line("copy-chart", message("Kopier &diagrammet")),
            Line("save-chart", message("Lagre diagra&mmet …")),
        ),
    ),
    (
        "project",
        message("&Prosjekt"),
        (
            Line("submit-status", message("&Lever statusen"), "Ctrl+L"),
            Line("take-back-status", message("&Ta statusen tilbake")),
            Line("approve-status", message("God&kjenn statusen")),
            Line("send-back-status", message("Send statusen til&bake …")),
            None,
            Line("add-project", message("&Nytt prosjekt …")),
            None,
            Line("split-project", message("&Del prosjektet …")),
            Line("join-project", message("&Slå sammen med et annet …")),
            Line("package-of-projects", message("Lag &pakke av valgte prosjekter …")),
            None,
            Line("close-project", message("&Avslutt prosjektet …")),
            Line("reopen-project", message("&Gjenåpne prosjektet")),
            Line("remove-project", message("&Fjern prosjektet …")),
        ),
    ),
    (
        "hub",
        message("H&ub"),
        (
            Line("hub-fetch", message("&Hent fra huben")),
            Line("hub-send", message("&Send til huben")),
            Line("hub-check", message("S&pør huben hva som står igjen")),
            None,
            Line("hub-address", message("&Adressen til huben …")),
            Line("hub-password", message("Pass&ord til huben …")),
            None,
            Line("hub-let-in", message("Slipp noen &inn i huben …")),
        ),
    ),
    (
        "help",
        message("&Hjelp"),
        (
            Line("guide", message("&Veiledning"), "F1"),
            Line("guide-pdf", message("Lagre veiledningen som &PDF …")),
            None,
            Line("commands", message("&Kommandoer …"), "Ctrl+K"),
            Line("shortcuts", message("&Tastatursnarveier"), "Ctrl+F1"),
            Line("log", message("Åpne &loggmappen")),
            Line("about", message("&Om Tertial")),
        ),
    ),
)


def add_menus(deeds: Deeds, acts: Mapping[str, Callable[[], object]]) -> None:
    """Fill the menu bar; `acts` says what each line does, by its id."""
    for name, title, lines in _LINES:
        deeds.add_menu(name, title, [None if line is None else _deed(line, acts[line.id]) for line in lines])


def _deed(line: Line, act: Callable[[], object]) -> Deed:
    return Deed(id=line.id, title=line.title, act=act, shortcut=line.shortcut, is_choice=line.is_choice)
