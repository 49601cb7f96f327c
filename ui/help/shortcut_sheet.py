"""The sheet of every key that does something.

Must not do any of it.
"""

from __future__ import annotations

from tracker.messages import message
from ui.asking import TableQuestion
from ui.deeds import Deeds, keys_of
from ui.words import Say


def shortcut_sheet(deeds: Deeds, say: Say) -> TableQuestion:
    """Return the sheet: the keys of the menus, then those of fields and tables."""
    rows = [
        [keys_of(action), action.text().replace("&", "").rstrip(" …"), deeds.place_of(action)]
        for action in deeds
        if action.shortcuts()
    ]
    rows += [
        ["Enter", say(message("Åpne prosjektet, fold en gruppe ut eller inn")), say(message("Tabellen"))],
        ["F8", say(message("Neste funn i statusteksten, med Skift det forrige")), say(message("Felt"))],
        ["F8", say(message("Neste kollisjon")), say(message("Hent inn"))],
        [say(message("Mellomrom")), say(message("Kryss av, eller ta inn og behold")), say(message("Pakker"))],
        ["F2", say(message("Skriv i cellen")), say(message("Tabellen"))],
        ["Esc", say(message("Forkast det som er skrevet i feltet")), say(message("Felt"))],
    ]
    return TableQuestion(
        title=say(message("Tastatursnarveier")),
        lead=say(
            message(
                "Alt kan gjøres fra tastaturet. Hold Alt-tasten nede og trykk den understrekede bokstaven for å åpne "
                "en meny."
            )
        ),
        headings=[say(message("Taster")), say(message("Handling")), say(message("Hvor"))],
        rows=rows,
        yes=say(message("Lukk")),
    )
