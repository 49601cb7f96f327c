"""A project that becomes two: what goes along to the new one, and what is left, the sums the same as before.

Must not touch a locked period. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.edits import Change, Edit
from tracker.figures import live_figures_of, spending_by_year
from tracker.guarding import is_locked
from tracker.kinds import BudgetKind, LedgerContent, PrintedOf, ProjectKind
from tracker.messages import Refusal, message
from tracker.model import (
    BudgetLine,
    Decision,
    LedgerBatch,
    LedgerSum,
    Portfolio,
    Project,
    ProjectId,
    RecordId,
    SubprojectId,
)
from tracker.periods import Period
from tracker.register import free_name, refuse_closed_period, status_in

_JANUARY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the new project takes along, in kroner.

    Subprojects take their own money with them. `year_amounts` (by budget year) and `total_amount` are moved of what
    was decided on the project itself, `spent_this_year` and `spent_before` of what was booked on it.
    """

    name: str
    subprojects: frozenset[SubprojectId] = frozenset()
    year_amounts: Mapping[int, int] = field(default_factory=dict)
    total_amount: int = 0
    spent_this_year: int = 0
    spent_before: int = 0
    decision: Decision | None = None


def split_project(  # noqa: PLR0913  what is split, how, where and when
    portfolio: Portfolio, project: ProjectId, share: Share, *, period: Period, today: date, new_id: Callable[[], str]
) -> Edit:
    """Split a new project off one, in an open period.

    The amounts are moved as a reallocation that takes effect with the decision (else today, within the period), and
    spending as a transfer that adds up to nothing. Raises Refusal when more would go along than there is.
    """
    known = portfolio.projects[project]
    _refuse(portfolio, known, share, period)
    made = replace(
        known,
        id=ProjectId(new_id()),
        name=free_name(portfolio, share.name),
        code=None,
        position=known.position,
        joined_into=None,
    )
    moved = [portfolio.subprojects[one] for one in sorted(share.subprojects)]
    on = min(share.decision.on if share.decision else today, period.ends)
    lines = list(_lines(known, made, share, on=on, year=period.year, new_id=new_id))
    sums = tuple(_transferred(known, made, share, period))
    changes = [
        Change(None, made),
        Change(None, status_in(made, period, new_id)),
        *(Change(sub, replace(sub, project=made.id)) for sub in moved),
        *(Change(None, line) for line in lines),
    ]
    if sums:
        changes.append(Change(None, _batch(sums, known, period, new_id)))
    return Edit(message("Delte {project}: {new}", project=known.name, new=made.name), tuple(changes))


def _lines(  # noqa: PLR0913  from whom, to whom, what and when
    known: Project, made: Project, share: Share, *, on: date, year: int, new_id: Callable[[], str]
) -> Iterator[BudgetLine]:
    """Yield a line less on one project and a line more on the other for each year; the total goes with this year's."""
    years = {year: 0, **share.year_amounts} if share.total_amount else dict(share.year_amounts)
    for budget_year, amount in sorted(years.items()):
        total = share.total_amount if budget_year == year else 0
        if not amount and not total:
            continue
        less = BudgetLine(
            id=RecordId(new_id()),
            project=known.id,
            kind=BudgetKind.REALLOCATION,
            budget_year=budget_year,
            year_amount=-amount,
            total_amount=-total,
            takes_effect=on,
            decision=share.decision,
            source=f"{known.name} → {made.name}",
        )
        yield less
        yield replace(
            less,
            id=RecordId(new_id()),
            project=made.id,
            year_amount=amount,
            total_amount=total,
            belongs_with=less.id,
        )


def _transferred(known: Project, made: Project, share: Share, period: Period) -> Iterator[LedgerSum]:
    of_year = LedgerSum(project=known.id, year=period.year, month=period.part.last_month, amount=0)
    before = replace(of_year, month=_JANUARY, opening=True)
    for place, amount in ((of_year, share.spent_this_year), (before, share.spent_before)):
        if amount:
            yield replace(place, amount=-amount)
            yield replace(place, project=made.id, amount=amount)


def _batch(sums: Sequence[LedgerSum], known: Project, period: Period, new_id: Callable[[], str]) -> LedgerBatch:
    return LedgerBatch(
        id=RecordId(new_id()),
        source=known.name,
        source_hash="",
        content=LedgerContent.TRANSFER,
        year=period.year,
        first_month=min(entry.month for entry in sums),
        last_month=max(entry.month for entry in sums),
        line_count=len(sums),
        total=0,
        sums=tuple(sums),
    )


def _refuse(portfolio: Portfolio, known: Project, share: Share, period: Period) -> None:
    refuse_closed_period(portfolio, period)
    if known.joined_into is not None:
        raise Refusal(message("Prosjektet er slått sammen med et annet: velg det som tok over."))
    strange = [one for one in share.subprojects if portfolio.subprojects[one].project != known.id]
    if strange:
        code = portfolio.subprojects[strange[0]].code
        raise Refusal(message("{code} er ikke et underprosjekt av {project}.", code=code, project=known.name))
    if known.kind is ProjectKind.PROGRAMME and share.total_amount:
        raise Refusal(message("{project} er løpende og har ingen totalramme å dele.", project=known.name))
    _refuse_unlocked_print(portfolio, known)
    _refuse_more_than_there_is(portfolio, known, share, period)


def _refuse_unlocked_print(portfolio: Portfolio, known: Project) -> None:
    """Refuse to take figures from a published row that isn't locked: it would no longer tie out."""
    for row in portfolio.printed.values():
        if row.of is PrintedOf.PROJECT and row.project == known.id and not is_locked(portfolio, row.period):
            raise Refusal(
                message(
                    "{period} har publiserte tall for {project}, men er ikke låst: lås perioden først, og del så.",
                    period=row.period,
                    project=known.name,
                )
            )


def _refuse_more_than_there_is(portfolio: Portfolio, known: Project, share: Share, period: Period) -> None:
    """Refuse to move more than stands on the project itself once its subprojects have left."""
    nobody = ProjectId("")
    left = {
        key: replace(sub, project=nobody) if sub.id in share.subprojects else sub
        for key, sub in portfolio.subprojects.items()
    }
    without = replace(portfolio, subprojects=left)
    figures = next(
        one for one in live_figures_of(without, period, with_idle=True).projects if one.project.id == known.id
    )
    before, years = spending_by_year(without, known.id, period)
    earlier = before + sum(amount for year, amount in years.items() if year < period.year)
    for title, moved, there in (
        (message("årets budsjett"), share.year_amounts.get(period.year, 0), figures.revised_budget),
        (message("totalbudsjettet"), share.total_amount, figures.total_budget or 0),
        (message("årets forbruk"), share.spent_this_year, figures.actual),
        (message("tidligere års forbruk"), share.spent_before, earlier),
    ):
        if not min(0, there) <= moved <= max(0, there):
            raise Refusal(
                message(
                    "{project} har {there:kr} i {what}, så {moved:kr} kan ikke flyttes.",
                    project=known.name,
                    there=there,
                    what=title,
                    moved=moved,
                )
            )
