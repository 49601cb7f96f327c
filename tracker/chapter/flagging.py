"""What a printed chapter says of single projects, as flags: against the figures, and against the status text.

Must not know a rule on texts: a passage is read and held against the figures by the same rules as a status text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.chapter.findings import (
    AGAINST_TEXT,
    Disagreement,
    PassageFinding,
    Spoken,
    disagreements,
    passage_findings,
    passages_of,
)
from tracker.flags import Finding, Flag, Named, Place, Severity
from tracker.messages import Message, message
from tracker.model import Portfolio, Project, ProjectId
from tracker.periods import Period
from tracker.proofing.amounts import UNSURE, amounts_about, is_changed
from tracker.proofing.check import proof_read
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.reading.abouts import About
from tracker.reading.read import read


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterRule:
    """A rule on a chapter's passages: its stable id, what it is called, what it compares and what solves it."""

    id: str
    title: Message
    compares: Message
    remedy: Message


AGAINST_FIGURES = ChapterRule(
    id="chapter-against-figures",
    title=message("Kapittelet sier noe annet enn tallene"),
    compares=message("Det regnskapskapittelet sier om prosjektet, mot prosjektets tall."),
    remedy=message("Rett kapittelet, eller tallet hvis det er feil."),
)
BESIDE_TEXT = ChapterRule(
    id=AGAINST_TEXT,
    title=message("Kapittelet sier noe annet enn statusteksten"),
    compares=message("Beløp i regnskapskapittelet mot beløp i statusteksten om det samme."),
    remedy=message("Finn ut hvilket beløp som er riktig, og rett det andre."),
)
CHAPTER_RULES: tuple[ChapterRule, ...] = (AGAINST_FIGURES, BESIDE_TEXT)


def flags_in_passages(
    portfolio: Portfolio, period: Period, facts: Mapping[ProjectId, Facts]
) -> Mapping[ProjectId, list[Flag]]:
    """Hold what chapters say in a period against figures and status texts; each project's flags, figures first."""
    found: dict[ProjectId, list[Flag]] = defaultdict(list)
    if not passages_of(portfolio, period):
        return found

    def held(text: str, project: Project) -> list[tuple[TextRule, TextFinding]]:
        return proof_read(text, facts[project.id]) if project.id in facts else []

    def spoken(text: str, project: Project) -> list[Spoken]:
        return list(_spoken(text, facts[project.id])) if project.id in facts else []

    for one in passage_findings(portfolio, period, proof_read=held):
        found[one.project.id].append(_against_figures(one))
    for other in disagreements(portfolio, period, spoken=spoken):
        found[other.project.id].append(_against_text(other))
    return found


def _spoken(text: str, facts: Facts) -> Iterator[Spoken]:
    """Yield the amounts that a text says for certain of the whole project."""
    for clause, amount, about, _ in amounts_about(read(text, facts.period.ends), facts, *About):
        if clause.has(*UNSURE) or is_changed(clause, amount):
            continue
        yield Spoken(
            about=about.name,
            low=amount.low,
            high=amount.high,
            start=clause.at + amount.start,
            end=clause.at + amount.end,
        )


def _against_figures(one: PassageFinding[TextRule, TextFinding]) -> Flag:
    told = message("Kapittelet «{source}»: {told}", source=one.passage.source, told=one.finding.message)
    figures = {"text_rule": one.rule.id, **one.finding.figures}
    finding = Finding(severity=one.finding.severity, message=told, figures=figures)
    return _flag(AGAINST_FIGURES, one.project, finding, one.quote, one.passage.text)


def _against_text(one: Disagreement) -> Flag:
    figures = {"about": one.about.lower(), "chapter": one.quote, "status_text": one.other_quote}
    finding = Finding(severity=Severity.NOTE, message=one.message, figures=figures)
    return _flag(BESIDE_TEXT, one.project, finding, one.quote, one.passage.text)


def _flag(rule: Named, project: Project, finding: Finding, quote: str, passage: str) -> Flag:
    """Make a flag on all of a project's text, since the words don't stand in it."""
    return Flag(rule=rule, project=project, finding=finding, quote=quote, place=Place(start=0, end=0, sentence=passage))
