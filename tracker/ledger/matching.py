"""Saying once for all whose a code of the ledger is.

Must not know an export.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.edits import Change, Edit
from tracker.messages import Message, Refusal, message
from tracker.model import CodeMatch, Portfolio, RecordId
from tracker.owners import Owner, Owners, counted_sums


def match_codes(portfolio: Portfolio, owners: Mapping[str, Owner | None], *, new_id: Callable[[], str]) -> Edit:
    """Match codes with projects or subprojects; None: the code is no investment project's.

    What was imported earlier under these codes counts from now on, in open periods. Raises Refusal for a code that
    is a project's or subproject's own.
    """
    own = {one.code for one in portfolio.projects.values()} | {one.code for one in portfolio.subprojects.values()}
    taken = next((code for code in owners if code in own), None)
    if taken is not None:
        raise Refusal(message("{code} er allerede nummeret til et prosjekt: endre nummeret der.", code=taken))
    held = {match.code: match for match in portfolio.code_matches.values()}
    changes = []
    for code, owner in owners.items():
        project, subproject = owner or (None, None)
        before = held.get(code)
        record_id = before.id if before is not None else RecordId(new_id())
        after = CodeMatch(id=record_id, code=code, project=project, subproject=subproject)
        if before != after:
            changes.append(Change(before, after))
    return Edit(_label(owners), tuple(changes))


def orphans_of(portfolio: Portfolio) -> dict[str, int]:
    """Return the codes in the imported ledger that belong to nobody, and the kroner on each, largest first."""
    owners = Owners(portfolio)
    found: dict[str, int] = {}
    for entry in counted_sums(portfolio):
        if entry.project is None and entry.funding is None and not owners.knows(entry.code):
            found[entry.code] = found.get(entry.code, 0) + entry.amount
    return dict(sorted(found.items(), key=lambda one: (-abs(one[1]), one[0])))


def _label(owners: Mapping[str, Owner | None]) -> Message:
    if len(owners) == 1:
        return message("Koblet koden {code}", code=next(iter(owners)))
    return message("Koblet {count} {count:kode|koder} fra regnskapet", count=len(owners))
