"""Which sheet is to be taken in.

Must not know what is in it.
"""

from __future__ import annotations

from pathlib import Path

from db.sheets.sheet import KINDS
from tracker.messages import Message, message
from ui.desk import Desk


def ask_for_sheet(desk: Desk, title: Message, kind: Message) -> Path | None:
    """Ask for a file that holds a sheet, unless what is open can't be changed: then that is told."""
    if not desk.session.can_edit:
        desk.ask.tell(desk.say(desk.session.read_only_because or message("Åpne en portefølje først.")))
        return None
    return desk.ask.file_to_open(desk.say(title), f"{desk.say(kind)} ({KINDS});;{desk.say(message('Alle filer'))} (*)")
