"""Putting findings in texts aside with a reason, and taking them back; a finding is back when it says something else.

Must not know a rule. Findings in figures can't be put aside: they go when the figures do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from tracker.edits import NOTHING, Change, Edit, added
from tracker.flags import Flag
from tracker.messages import Refusal, message
from tracker.model import Dismissal, Portfolio, ProjectId, RecordId
from tracker.periods import Period
from tracker.plain import canonical

Key = tuple[ProjectId, str, str]
"""What a dismissal holds on to: the project, the rule, and the words and figures as `basis_of` writes them."""


def dismiss(  # noqa: PLR0913  what is put aside, why, and who says so when
    portfolio: Portfolio,
    period: Period,
    flags: Sequence[Flag],
    *,
    reason: str,
    who: str,
    at: datetime,
    new_id: Callable[[], str],
) -> Edit:
    """Put findings in texts aside. Those that are already, are left as they are.

    Raises Refusal without a reason, or when one of them is a finding in figures.
    """
    if not reason.strip():
        raise Refusal(message("Skriv hvorfor funnet legges til side."))
    if any(flag.place is None for flag in flags):
        raise Refusal(message("Bare funn i tekster kan legges til side: et flagg på tall går bort når tallene endres."))
    known = dismissals_in(portfolio, period)
    fresh = {_key(flag): flag for flag in flags if _key(flag) not in known}
    made = [
        Dismissal(
            id=RecordId(new_id()),
            project=flag.project.id,
            period=period,
            rule=flag.rule.id,
            quote=flag.quote or "",
            basis=basis,
            reason=reason.strip(),
            by=who,
            at=at,
        )
        for (_, _, basis), flag in fresh.items()
    ]
    if not made:
        return NOTHING
    if len(made) > 1:
        return added(message("La {count} funn til side", count=len(made)), made)
    (flag,) = fresh.values()
    return added(message("La «{rule}» for {project} til side", rule=flag.rule.title, project=flag.project.name), made)


def take_back(portfolio: Portfolio, dismissals: Iterable[Dismissal]) -> Edit:
    """Let findings that were put aside count again."""
    gone = [one for one in dismissals if portfolio.dismissals.get(one.id) == one]
    if not gone:
        return NOTHING
    label = message("Hentet {count} funn fram igjen", count=len(gone))
    return Edit(label, tuple(Change(one, None) for one in gone))


def dismissals_in(portfolio: Portfolio, period: Period) -> Mapping[Key, Dismissal]:
    """Return what was put aside in a period by what it holds on to; the words may have changed since."""
    return {(one.project, one.rule, one.basis): one for one in portfolio.dismissals.values() if one.period == period}


def dismissal_of(flag: Flag, known: Mapping[Key, Dismissal]) -> Dismissal | None:
    """Return what put a finding aside, None where it counts."""
    return known.get(_key(flag)) if known else None


def basis_of(flag: Flag) -> str:
    """Return what a dismissal holds on to (SHA-256): the rule, the sentences that the words stand in, the figures."""
    words = "" if flag.place is None else " ".join(flag.place.sentence.split())
    return hashlib.sha256(canonical([flag.rule.id, words, dict(flag.finding.figures)]).encode()).hexdigest()


def _key(flag: Flag) -> Key:
    return flag.project.id, flag.rule.id, basis_of(flag)
