"""Passages of a chapter held against the table: against a project's figures, and against its status text.

Must not know how a text is read: what reads it is handed over, the same that reads status texts, so that one set of
rules is asked of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from tracker.messages import Message, message
from tracker.model import Passage, Portfolio, Project
from tracker.periods import Period


class Stretch(Protocol):
    """What was found in a text: where it begins and ends."""

    @property
    def start(self) -> int:
        """The place of its first letter."""

    @property
    def end(self) -> int:
        """The place after its last."""


RuleT = TypeVar("RuleT")
FoundT = TypeVar("FoundT", bound=Stretch)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFinding(Generic[RuleT, FoundT]):
    """Words of a passage that disagree with its project, by which rule; `passage` says which file, and where in it."""

    project: Project
    passage: Passage
    rule: RuleT
    finding: FoundT

    @property
    def quote(self) -> str:
        """The words, on one line."""
        return " ".join(self.passage.text[self.finding.start : self.finding.end].split())


def passages_of(portfolio: Portfolio, period: Period) -> Sequence[Passage]:
    """Return what chapters say of projects in a period, in the order that they say it."""
    own = [passage for passage in portfolio.passages.values() if passage.period == period]
    return sorted(own, key=lambda passage: (passage.source, passage.position))


def passage_findings(
    portfolio: Portfolio,
    period: Period,
    *,
    proof_read: Callable[[str, Project], Iterable[tuple[RuleT, FoundT]]],
) -> list[PassageFinding[RuleT, FoundT]]:
    """Hold each passage of a period against its project, in the order of the chapter."""
    return [
        PassageFinding(project=project, passage=passage, rule=rule, finding=finding)
        for passage in passages_of(portfolio, period)
        if (project := portfolio.projects.get(passage.project)) is not None
        for rule, finding in proof_read(passage.text, project)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An amount in a text: what it is about (a word of the reader's), from and to which kroner, and where it stands."""

    about: str
    low: float
    high: float
    start: int
    end: int

    def agrees(self, other: Spoken) -> bool:
        """Whether two amounts may be the same one."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An amount that a passage gives of something, and the one that the status text gives of the same."""

    project: Project
    passage: Passage
    quote: str
    other_quote: str
    about: str

    @property
    def message(self) -> Message:
        """What disagrees, in a sentence."""
        return message(
            "Kapittelet «{source}» sier «{quote}», men statusteksten sier «{other}».",
            source=self.passage.source,
            quote=self.quote,
            other=self.other_quote,
        )


AGAINST_TEXT = "chapter-against-text"
"""The id of the rule that holds a passage against the status text."""


def disagreements(
    portfolio: Portfolio, period: Period, *, spoken: Callable[[str, Project], Iterable[Spoken]]
) -> list[Disagreement]:
    """Hold each amount of a passage against those that the project's status text gives of the same thing.

    What either text gives several of is left in peace: they may be of different things.
    """
    texts = {one.project: one.text for one in portfolio.statuses.values() if one.period == period}
    found: list[Disagreement] = []
    for passage in passages_of(portfolio, period):
        project, text = portfolio.projects.get(passage.project), texts.get(passage.project, "")
        if project is None or not text:
            continue
        theirs = _only_ones(spoken(text, project))
        for about, own in _only_ones(spoken(passage.text, project)).items():
            other = theirs.get(about)
            if other is not None and not own.agrees(other):
                found.append(
                    Disagreement(
                        project=project,
                        passage=passage,
                        quote=_words(passage.text, own),
                        other_quote=_words(text, other),
                        about=about,
                    )
                )
    return found


def _only_ones(spoken: Iterable[Spoken]) -> dict[str, Spoken]:
    by_about: dict[str, list[Spoken]] = {}
    for one in spoken:
        by_about.setdefault(one.about, []).append(one)
    return {about: own[0] for about, own in by_about.items() if all(own[0].agrees(other) for other in own)}


def _words(text: str, spoken: Spoken) -> str:
    return " ".join(text[spoken.start : spoken.end].split())
