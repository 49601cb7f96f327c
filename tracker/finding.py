"""Finding the one project that a person means by a name or a code.

Must not know where it was written. Searching as one types is `tracker.search`.
"""

from __future__ import annotations

from difflib import get_close_matches

from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.owners import Owner

_MOST_NEAR = 3
_NEAR_ENOUGH = 0.5


def find_owner(portfolio: Portfolio, written: str) -> Owner:
    """Return the project, and the subproject if it is one's, that has a name or a code; case does not matter.

    Raises Refusal when nobody has it, with the names that are near, or when several have.
    """
    wanted = _folded(written)
    found: dict[Owner, str] = {}
    for project in portfolio.listed_projects():
        if wanted in {_folded(project.name), _folded(project.code or "")} - {""}:
            found[project.id, None] = project.name
    for subproject in portfolio.subprojects.values():
        if wanted == _folded(subproject.code):
            found[subproject.project, subproject.id] = f"{subproject.code} {subproject.name}"
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise Refusal(
            message("«{text}» er flere prosjekter: bruk prosjektnummeret.", text=written.strip()),
            *(message("{name}", name=name) for name in found.values()),
        )
    near = _near(portfolio, wanted)
    if not near:
        raise Refusal(message("Finner ikke prosjektet «{text}»: skriv navnet eller nummeret.", text=written.strip()))
    raise Refusal(
        message("Finner ikke prosjektet «{text}»: mente du {near}?", text=written.strip(), near=f"«{near[0]}»"),
        *(message("{name}", name=name) for name in near[1:]),
    )


def _near(portfolio: Portfolio, wanted: str) -> list[str]:
    names = {_folded(project.name): project.name for project in portfolio.listed_projects()}
    close = get_close_matches(wanted, names, n=_MOST_NEAR, cutoff=_NEAR_ENOUGH)
    beginning = [folded for folded in names if wanted and folded.startswith(wanted)]
    return [names[folded] for folded in dict.fromkeys([*beginning, *close])][:_MOST_NEAR]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
