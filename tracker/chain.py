"""Why a budget figure is what it is: every line that made it, in order, with what it came to after each.

Must not derive a figure of its own: the last balance is the one of `tracker.figures`. Whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from tracker.figures import PeriodFigures, figures_of, live_figures_of
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import Message, message
from tracker.model import BudgetLine, Portfolio, ProjectId
from tracker.owners import Owners
from tracker.periods import Period


class Figure(Enum):
    """A budget figure of a project in a period."""

    REVISED = "revised"
    ORIGINAL = "original"
    TOTAL = "total"
    PROPOSED = "proposed"


FIGURE_TITLES = {
    Figure.REVISED: message("Revidert budsjett"),
    Figure.ORIGINAL: message("Opprinnelig budsjett"),
    Figure.TOTAL: message("Vedtatt totalt"),
    Figure.PROPOSED: message("Foreslåtte endringer i året"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line of the ledger as part of a figure: what it adds, and the balance after it.

    `why_not` says why it doesn't count, None where it does; `beside` what else is worth knowing of a line.
    """

    line: BudgetLine
    amount: int
    balance: int
    why_not: Message | None = None
    beside: Message | None = None

    @property
    def counts(self) -> bool:
        """Whether it is part of the figure."""
        return self.why_not is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What made a figure.

    `value` is the figure as the records stand now, None where it isn't known or there is none; `reported` what the
    period holds, another one where it is locked and something came later.
    """

    figure: Figure
    links: tuple[Link, ...]
    value: int | None
    reported: int | None

    @property
    def is_as_reported(self) -> bool:
        """Whether nothing has come since the figure was reported."""
        return self.value == self.reported


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figure is asked for."""

    portfolio: Portfolio
    project: ProjectId
    period: Period
    figure: Figure

    def held_in(self, figures: PeriodFigures) -> int | None:
        """Return the figure as a period's figures have it."""
        own = next((one for one in figures.projects if one.project.id == self.project), None)
        if own is None:
            return None
        if self.figure is Figure.TOTAL:
            return own.total_budget
        return own.original_budget if self.figure is Figure.ORIGINAL else own.revised_budget

    def concerns(self, line: BudgetLine) -> bool:
        """Whether a line of the project has to do with the figure, be it only that it doesn't count."""
        if self.figure is Figure.TOTAL:
            return True
        if line.budget_year != self.period.year:
            return False
        if self.figure is Figure.ORIGINAL:
            return line.kind in {BudgetKind.ORIGINAL, BudgetKind.OPENING}
        return self.figure is Figure.REVISED or line.status is BudgetStatus.PROPOSED

    def why_not(self, line: BudgetLine) -> Message | None:
        """Say why a line doesn't count."""
        if self.figure is Figure.PROPOSED:
            return None
        if line.status is BudgetStatus.PROPOSED:
            return message("Forslag, ikke vedtatt")
        if line.takes_effect > self.period.ends:
            return message("Gjelder fra {day}, etter perioden", day=line.takes_effect)
        if self.figure is Figure.ORIGINAL and line.kind is BudgetKind.OPENING:
            return message("Inngående tall, ikke opprinnelig budsjett")
        return None

    def beside(self, line: BudgetLine) -> Message | None:
        """Say what else is worth knowing of a line."""
        if self.figure is Figure.TOTAL and line.kind.leaves_total:
            return message("Flytter mellom år, totalen er urørt")
        if line.subproject is not None and line.subproject in self.portfolio.subprojects:
            return message("Underprosjekt {code}", code=self.portfolio.subprojects[line.subproject].code)
        if line.project != self.project:
            name = self.portfolio.projects[line.project].name
            return message("Fra {project}, som er slått sammen med prosjektet", project=name)
        return None


def chain_of(portfolio: Portfolio, project: ProjectId, period: Period, figure: Figure) -> Chain:
    """Return the lines that a project's figure in a period is made of, those that don't count among them.

    The balance after the last line is the live figure to the krone, wherever there is one.
    """
    asked = Asked(portfolio, project, period, figure)
    owners = Owners(portfolio)
    links = links_of(asked, (line for line in portfolio.budget_lines.values() if owners.of_line(line) == project))
    if figure is Figure.PROPOSED:
        value = links[-1].balance if links else 0
        return Chain(figure=figure, links=links, value=value, reported=value)
    return Chain(
        figure=figure,
        links=links,
        value=asked.held_in(live_figures_of(portfolio, period, with_idle=True)),
        reported=asked.held_in(figures_of(portfolio, period, with_idle=True)),
    )


def links_of(asked: Asked, lines: Iterable[BudgetLine]) -> tuple[Link, ...]:
    """Return a project's lines as links of the chain that is asked for, those that don't concern it left out."""
    return tuple(_links(asked, sorted(filter(asked.concerns, lines), key=_order)))


def _order(line: BudgetLine) -> tuple[object, ...]:
    proposed = line.status is BudgetStatus.PROPOSED
    return proposed, line.takes_effect, line.budget_year, line.kind is not BudgetKind.OPENING, line.id


def _links(asked: Asked, lines: Iterable[BudgetLine]) -> Iterator[Link]:
    balance = 0
    for line in lines:
        amount = line.total_amount if asked.figure is Figure.TOTAL else line.year_amount
        why_not = asked.why_not(line)
        balance += 0 if why_not else amount
        yield Link(line=line, amount=amount, balance=balance, why_not=why_not, beside=asked.beside(line))
