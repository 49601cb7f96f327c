"""Rules on progress and on what is said of it: estimated completion and the status text's presence.

Must not know any amount.
"""

from __future__ import annotations

from tracker.flags.flag import Case, Finding, Rule, Severity
from tracker.kinds import ProjectKind
from tracker.messages import message
from tracker.quarters import Quarter, State, UnreadCompletion, write_completion


def look_for_past_quarter(case: Case) -> Finding | None:
    """Find a completion quarter that is over while the project isn't finished."""
    completion = case.figures.completion
    if not isinstance(completion, Quarter) or completion.ends > case.period.ends:
        return None
    return Finding(
        severity=Severity.WARNING,
        message=message(
            "Estimert ferdig {completion} er passert, men prosjektet er ikke meldt ferdig.", completion=completion
        ),
        figures=_completion(case),
    )


def look_for_missing_completion(case: Case) -> Finding | None:
    """Find a project without an estimated completion."""
    if case.figures.project.kind is ProjectKind.PROGRAMME or case.figures.completion is not State.NOT_SET:
        return None
    return Finding(
        severity=Severity.NOTE, message=message("Estimert ferdigstillelse er ikke oppgitt."), figures=_completion(case)
    )


def look_for_unread_completion(case: Case) -> Finding | None:
    """Find an estimated completion that is no quarter."""
    completion = case.figures.completion
    if not isinstance(completion, UnreadCompletion):
        return None
    return Finding(
        severity=Severity.WARNING,
        message=message("Estimert ferdig «{words}» er ikke et kvartal.", words=completion.words),
        figures=_completion(case),
    )


def look_for_missing_text(case: Case) -> Finding | None:
    """Find a project without a status text."""
    if case.figures.text.strip():
        return None
    return Finding(severity=Severity.WARNING, message=message("Statusteksten mangler."), figures={"text_length": 0})


def _completion(case: Case) -> dict[str, int | str | None]:
    return {"estimated_completion": write_completion(case.figures.completion), "period": str(case.period)}


RULES = (
    Rule(
        id="past-quarter-not-finished",
        title=message("Passert ferdigdato"),
        remedy=message("Oppdater estimert ferdigstillelse, eller meld prosjektet ferdig."),
        look=look_for_past_quarter,
    ),
    Rule(
        id="completion-not-set",
        title=message("Ferdigdato mangler"),
        remedy=message("Oppgi kvartalet prosjektet ventes ferdig, for eksempel 4K-2025."),
        look=look_for_missing_completion,
    ),
    Rule(
        id="completion-not-read",
        title=message("Ferdigdato ikke forstått"),
        remedy=message("Skriv kvartal og år, for eksempel 4K-2025, eller Ferdig."),
        look=look_for_unread_completion,
    ),
    Rule(
        id="no-text",
        title=message("Statustekst mangler"),
        remedy=message("Skriv status for økonomi og framdrift."),
        look=look_for_missing_text,
    ),
)
