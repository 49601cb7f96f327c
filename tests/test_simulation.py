"""Three years of a municipality, from its budgets and ledger exports to nine locked periods: every sum recomputed.

The long form, with 200 000 ledger lines a year: `python -m tests.test_simulation`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from db.journal import Signature
from db.store import Lines, Store, new_store, open_store
from db.workbook.write import write_workbook
from tests.simulation import PARTS, Books, BudgetFact, Posting, books_of
from tracker.actions import open_period
from tracker.budgeting import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    NewMoney,
    OriginalBudget,
    Paper,
    Reallocation,
    Request,
    Share,
    enter,
)
from tracker.closing import lines_of, lock
from tracker.edits import Change, Edit, added, apply
from tracker.figures import PeriodFigures, figures_of, live_figures_of
from tracker.kinds import FundingSource, Phase, ProjectKind, StatusState
from tracker.ledger.planning import Export
from tracker.messages import message
from tracker.model import (
    Decision,
    Portfolio,
    Project,
    ProjectId,
    RecordId,
    ReportedProject,
    Status,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period, parse_period
from tracker.quarters import State
from tracker.report import build_report
from tracker.reported import fingerprint
from ui.taking_ledger import Wanted, look_at, plan_of, read_export
from ui.words import words_in

FIRST_YEAR, YEARS = 2023, 3
SHORT, LONG = 2_000, 200_000


@dataclass(slots=True)
class Office:
    """The controller's laptop: the file, what is in it, and what has been reported so far."""

    store: Store
    folder: Path
    portfolio: Portfolio
    reported: dict[Period, PeriodFigures]
    new_id: Callable[[], str]

    def perform(self, edit: Edit, *, lines: Lines | None = None) -> None:
        """Write an edit, and know it."""
        at = "2024-01-01T00:00:00+00:00"
        self.store.commit(edit, Signature(who="Kari", at=at, way="test", entry_id=str(uuid4())), lines=lines)
        self.portfolio = apply(self.portfolio, edit)


def test_every_sum_of_three_years_is_the_books_to_the_krone(tmp_path: Path) -> None:
    run_years(tmp_path, lines_a_year=SHORT)


def run_years(folder: Path, *, lines_a_year: int, seed: int = 1, say: Callable[[str], object] = str) -> None:
    """Live through the years, and hold everything against the books."""
    books = books_of(seed=seed, first_year=FIRST_YEAR, years=YEARS, lines_a_year=lines_a_year)
    ids = count(1)
    path = folder / "kommune.tertial"
    with new_store(path):
        pass
    with closing(open_store(path)) as store:
        office = Office(store, folder, Portfolio(), {}, lambda: str(UUID(int=next(ids))))
        office.perform(register(books, office.new_id))
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            for part, last_month in PARTS:
                decide(office, books, year, part)
                period = Period(year, Part(part))
                live_through(office, books, period)
                say(f"{period}: {sum(1 for _ in books.exported(year, part))} linjer til og med måned {last_month}")
        nothing_reported_has_moved(office)
        live_figures_are_the_books(office, books)
        assert store.verify() == []
        assert store.load() == office.portfolio


def register(books: Books, new_id: Callable[[], str]) -> Edit:
    projects = {
        code: Project(
            id=ProjectId(new_id()),
            name=name,
            code=code,
            kind=ProjectKind.PROGRAMME if code in books.programmes else ProjectKind.PROJECT,
            position=position,
        )
        for position, (code, name) in enumerate(books.projects.items())
    }
    subprojects = [
        Subproject(id=SubprojectId(new_id()), project=projects[owner].id, code=code, name=f"Delprosjekt {code}")
        for code, owner in books.subprojects.items()
    ]
    return added(message("Prosjektene"), [*projects.values(), *subprojects])


def decide(office: Office, books: Books, year: int, part: str) -> None:
    """Enter what was decided since the period before."""
    first = {"T1": (year, 1, 1), "T2": (year, 5, 1), "Y": (year, 9, 1)}[part]
    last = {"T1": (year, 4, 30), "T2": (year, 8, 31), "Y": (year, 12, 31)}[part]
    facts = [one for one in books.budget if first <= one.on <= last]
    ids = {project.code: project.id for project in office.portfolio.projects.values()}
    for request, on in requests_of(facts, ids):
        paper = Paper(decision=Decision(body="KS", number=f"{on[1]}/{on[0] % 100}", on=date(*on)), entered_on=date(*on))
        office.perform(enter(office.portfolio, request, paper, new_id=office.new_id))


def requests_of(
    facts: Iterable[BudgetFact], ids: dict[str | None, ProjectId]
) -> Iterable[tuple[Request, tuple[int, int, int]]]:
    moves: dict[tuple[str, tuple[int, int, int]], list[BudgetFact]] = {}
    shares: dict[tuple[int, int, int], list[BudgetFact]] = {}
    for one in facts:
        project = ids[one.project]
        if one.kind == "original":
            yield OriginalBudget(project=project, year=one.year, year_amount=one.amount, total_amount=one.total), one.on
        elif one.kind == "grant":
            yield (
                NewMoney(
                    project=project,
                    year=one.year,
                    year_amount=one.amount,
                    total_amount=one.total,
                    funding=FundingSource.LOAN,
                ),
                one.on,
            )
        elif one.kind == "cut":
            yield (
                Cut(
                    project=project,
                    year=one.year,
                    year_amount=-one.amount,
                    total_amount=-one.total,
                    funding=FundingSource.LOAN,
                ),
                one.on,
            )
        elif one.kind == "carry_over":
            yield CarryOver(project=project, from_year=one.year - 1, amount=one.amount), one.on
        elif one.kind == "between_years":
            moves.setdefault((one.project, one.on), []).append(one)
        else:
            shares.setdefault(one.on, []).append(one)
    for (code, on), (out, into) in moves.items():
        yield (
            MoveBetweenYears(project=ids[code], amount=into.amount, from_year=out.year, to_year=into.year),
            on,
        )
    for on, own in shares.items():
        parts = tuple(Share(project=ids[one.project], year_amount=one.amount, total_amount=one.total) for one in own)
        yield Reallocation(year=on[0], shares=parts), on


def live_through(office: Office, books: Books, period: Period) -> None:
    """Open a period, take in the ledger, report, lock; what was locked is what the books had come to by then."""
    if office.portfolio.state_of(period) is None:
        office.perform(open_period(office.portfolio, period, new_id=office.new_id))
    take_in(office, books, period)
    fill_in(office, books, period)
    at = datetime(period.year, period.part.last_month, 28, tzinfo=UTC)
    office.perform(lock(office.portfolio, period, who="Kari", at=at, new_id=office.new_id))
    figures = office.reported[period] = figures_of(office.portfolio, period)
    assert figures.reported is not None
    holds(figures, books, period)
    report = build_report(office.portfolio, period)
    write_workbook(report, office.folder / f"{period}.xlsx", say=words_in())


def take_in(office: Office, books: Books, period: Period) -> None:
    path = office.folder / f"regnskap-{period}.csv"
    write_export(path, books.exported(period.year, period.part.value))
    look = look_at(path, office.portfolio)
    read = read_export(Wanted(path=path, header_row=look.proposal.header_row), look.proposal.mapping)
    plan = plan_of(
        office.portfolio, read, Export(source=read.source, layout=look.proposal.mapping), new_id=office.new_id
    )
    assert plan.orphans == ()
    office.perform(plan.edit, lines={plan.batch.id: read.stretches})


def write_export(path: Path, postings: Iterable[Posting]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("Bilagsnr;Konto;Prosjekt;Periode;Beløp\n")
        file.writelines(
            f"{one.voucher};{one.account};{one.code};{one.year}{one.month:02};{one.amount}\n" for one in postings
        )


def fill_in(office: Office, books: Books, period: Period) -> None:
    """Report on every project: a text, a completion, a phase."""
    held = {one.project: one for one in office.portfolio.statuses.values() if one.period == period}
    changes = []
    for project in office.portfolio.listed_projects():
        phase = Phase.CONSTRUCTION
        if project.code == books.cancelled and period.year > FIRST_YEAR:
            phase = Phase.CANCELLED
        if project.code == books.disputed:
            phase = Phase.SETTLEMENT
        status = held.get(project.id) or Status(id=RecordId(office.new_id()), project=project.id, period=period)
        is_running = project.kind is ProjectKind.PROGRAMME
        told = replace(
            status,
            text=f"Rapport for {period}.",
            phase=phase,
            completion=State.RUNNING if is_running else State.NOT_SET,
            state=status.state if project.id in held else StatusState.DRAFT,
        )
        changes.append(Change(held.get(project.id), told))
    office.perform(Edit(message("Rapportering"), tuple(change for change in changes if change.before != change.after)))


def holds(figures: PeriodFigures, books: Books, period: Period) -> None:
    """Hold figures against what the books had come to when the period was locked."""
    until = (period.ends.year, period.ends.month, period.ends.day)
    spent, before = books.spent(period.year, period.part.value), books.spent_before(period.year)
    revised, totals = books.revised(period.year, until), books.totals(until)
    for one in figures.projects:
        code = one.project.code or ""
        assert one.actual == spent.get(code, 0), (period, code)
        assert one.revised_budget == revised.get(code, 0), (period, code)
        if code in books.programmes:
            assert (one.total_budget, one.total_spent) == (None, None)
        else:
            assert one.total_budget == totals.get(code, 0), (period, code)
            assert one.total_spent == spent.get(code, 0) + before.get(code, 0), (period, code)
    assert figures.listed.actual == sum(spent.values())
    assert figures.listed.revised_budget == sum(revised.values())


def nothing_reported_has_moved(office: Office) -> None:
    for period, figures in office.reported.items():
        assert figures_of(office.portfolio, period) == figures
        (found,) = (one for one in office.portfolio.period_locks.values() if one.period == period)
        rows: list[ReportedProject] = [
            one for one in office.portfolio.reported_projects.values() if one.period == period
        ]
        assert fingerprint([*rows, *lines_of(office.portfolio, period)]) == found.fingerprint
    assert sorted(map(str, office.reported)) == sorted(
        f"{year}-{part}" for year in range(FIRST_YEAR, FIRST_YEAR + YEARS) for part, _ in PARTS
    )


def live_figures_are_the_books(office: Office, books: Books) -> None:
    """Late postings have come into the live figures of the periods that they are dated in."""
    moved = 0
    for period in office.reported:
        booked = books.booked(period.year, period.part.last_month)
        live = live_figures_of(office.portfolio, parse_period(str(period)), with_idle=True)
        assert {one.project.code: one.actual for one in live.projects if one.actual} == {
            code: amount for code, amount in booked.items() if amount
        }
        moved += live.listed.actual != office.reported[period].listed.actual
    assert moved >= YEARS


if __name__ == "__main__":
    started = datetime.now(UTC)
    with TemporaryDirectory() as place:
        run_years(Path(place), lines_a_year=int(sys.argv[1]) if len(sys.argv) > 1 else LONG, say=print)
    sys.stdout.write(f"Alt stemmer til krona ({datetime.now(UTC) - started}).\n")
