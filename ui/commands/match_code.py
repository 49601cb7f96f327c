"""`tertial match-code FIL KODE [PROSJEKT]`: whose a code of the ledger is, said once for all."""

from __future__ import annotations

from argparse import Namespace
from uuid import uuid4

from tracker.finding import find_owner
from tracker.ledger.matching import match_codes
from tracker.messages import message
from ui.commands.changing import changing
from ui.commands.console import FINE, Console


def run(given: Namespace, console: Console) -> int:
    """Match the code, also with nobody."""
    with changing(given.file) as opened:
        owner = find_owner(opened.portfolio, given.project) if given.project else None
        opened.perform(match_codes(opened.portfolio, {given.code: owner}, new_id=lambda: str(uuid4())))
    console.progress(message("Koblet koden {code}.", code=given.code))
    return FINE
