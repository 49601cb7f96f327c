"""The ways in which two files that were one can differ, each by itself; ids are others every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.histories.laptop import Laptop, new_id, plainly
from tests.histories.machine import PERIOD, PROJECTS, beginning
from tests.test_at_odds import reopen
from tests.test_merging import (
    FIRST,
    LABEL,
    NOW,
    _batch,
    _budget_line,
    _move,
    _status,
    add,
    change,
    lock,
    milestone,
    write,
)
from tracker.edits import Change, Edit, apply
from tracker.kinds import CommentKind, FundingSource, Phase, StatusState
from tracker.merging.lineage import Author, Written
from tracker.model import (
    CodeMatch,
    Comment,
    Contract,
    Dismissal,
    FundingLine,
    PeriodState,
    PlanYear,
    Project,
    ProjectId,
    Record,
    RecordId,
    Risk,
    Setting,
    SpendingPlan,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period
from tracker.quarters import Quarter

LATER = Period(2026, Part.T2)
Files = tuple[Laptop, Laptop]
"""The file that another is merged into, and that other."""


def at_home() -> Laptop:
    """Return the controller's laptop, where more is known of the projects than in the beginning."""
    home = beginning()
    add(home, Subproject(id=SubprojectId(new_id()), project=FIRST, code="S-1", name="Uteområde"))
    add(home, milestone("Tak"), _budget_line(2_000), _batch())
    return home


def apart(*, is_package: bool) -> Files:
    home = at_home()
    return home, home.package_for("Kari", frozenset(PROJECTS[:2])) if is_package else home.copied("Per")


def of_the_manager(project: ProjectId = FIRST) -> tuple[Record, ...]:
    """Return what a project manager writes of a period, one of each kind."""
    own = {"project": project, "period": PERIOD}
    return (
        milestone("Overtakelse", project=project, reached=date(2026, 3, 1)),
        Risk(id=_new(), thread=_new(), title="Grunnforhold", consequence=4, likelihood=2, owner="Kari", **own),  # type: ignore[arg-type]
        Contract(id=_new(), thread=_new(), supplier="Bygg AS", title="Tak", amount=125_000, invoiced=9_000, **own),  # type: ignore[arg-type]
        SpendingPlan(id=_new(), amounts=(1_000, *(0,) * 10, 25_000), **own),  # type: ignore[arg-type]
        Comment(id=_new(), kind=CommentKind.NOTE, by="Kari", at=NOW, text="Ring leverandøren " * 5, **own),  # type: ignore[arg-type]
        Dismissal(id=_new(), rule="regel", quote="dyrt", basis="0" * 64, reason="Avklart", by="Kari", at=NOW, **own),  # type: ignore[arg-type]
    )


def of_the_controller(project: ProjectId = FIRST) -> tuple[Record, ...]:
    """Return what the controller decides, one of each kind that has a life of its own."""
    source, day = FundingSource.LOAN, date(2026, 1, 1)
    subproject = Subproject(id=SubprojectId(new_id()), project=project, code="S-2", name="Inventar")
    return (
        subproject,
        CodeMatch(id=_new(), code="4711", project=project, subproject=subproject.id),
        PlanYear(id=_new(), project=project, first_year=2026, year=2027, amount=40_000),
        FundingLine(id=_new(), project=project, budget_year=2026, source=source, amount=12_000, takes_effect=day),
        _budget_line(3_000, project=project),
        PeriodState(id=_new(), period=LATER, deadline=date(2026, 9, 15)),
        Setting(id=RecordId("limit.tall"), value="5"),
        _batch(),
    )


def _new() -> RecordId:
    return RecordId(new_id())


def anyhow(laptop: Laptop, *changes: Change) -> None:
    """Change what the program lets nobody change in a package, as another program may have."""
    laptop.portfolio = apply(laptop.portfolio, Edit(LABEL, changes))
    author = Author(edit=new_id(), who=laptop.name, at=NOW, label=LABEL)
    laptop.entries.append(Written(author=author, changes=tuple(map(plainly, changes))))


def anew(laptop: Laptop, *records: Record) -> None:
    anyhow(laptop, *(Change(None, record) for record in records))


def otherwise(laptop: Laptop, record: Record, **values: object) -> None:
    anyhow(laptop, Change(record, replace(record, **values)))  # type: ignore[arg-type]


def gone(laptop: Laptop, *records: Record) -> None:
    anyhow(laptop, *(Change(record, None) for record in records))


def project_gone(laptop: Laptop) -> None:
    """Take the first project away with all that is said of it."""
    portfolio = laptop.portfolio
    held = (portfolio.milestones, portfolio.subprojects, portfolio.budget_lines)
    of_it: list[Record] = [*(one for records in held for one in records.values()), _status(laptop)]
    gone(laptop, *of_it, portfolio.projects[FIRST])


def with_state(laptop: Laptop, **values: object) -> None:
    state = laptop.portfolio.state_of(PERIOD)
    assert state is not None
    otherwise(laptop, state, **values)


def renamed(laptop: Laptop, **values: object) -> None:
    otherwise(laptop, laptop.portfolio.projects[FIRST], **values)


def tak(laptop: Laptop) -> Record:
    return next(iter(laptop.portfolio.milestones.values()))


def ledger(laptop: Laptop) -> Record:
    return next(iter(laptop.portfolio.ledger_batches.values()))


Do = Callable[[Laptop], object]


def each(*acts: Do) -> Do:
    """Return one act of several."""

    def act(laptop: Laptop) -> None:
        for one in acts:
            one(laptop)

    return act


def nothing(_laptop: Laptop) -> None:
    """Let a file be as it was."""


DIFFERENCES: dict[str, tuple[Do, Do]] = {
    "en skrev": (nothing, lambda came: write(came, "Kari skrev")),
    "hvert sitt felt": (lambda home: write(home, 5_000, field="p50"), lambda came: write(came, "Kari skrev")),
    "samme felt": (lambda home: write(home, "Ola skrev"), lambda came: write(came, "Kari skrev")),
    "det samme": (lambda home: write(home, "Likt"), lambda came: write(came, "Likt")),
    "alle felt": (
        lambda home: write(home, next(iter(Phase)), field="phase"),
        each(
            lambda came: write(came, Quarter(2027, 4), field="completion"),
            lambda came: write(came, 1_250_000, field="year_end_forecast"),
            lambda came: write(came, 900, field="contingency_left"),
        ),
    ),
    "en status som begge begynte": (
        lambda home: write(home, "Ola", project=PROJECTS[2]),
        lambda came: write(came, 7, field="p50", project=PROJECTS[2]),
    ),
    "levert her": (
        lambda home: _move(home, StatusState.SUBMITTED),
        lambda came: write(came, "Kari skrev"),
    ),
    "godkjent her": (
        lambda home: _move(home, StatusState.SUBMITTED, StatusState.APPROVED),
        lambda came: write(came, "Kari skrev"),
    ),
    "levert der": (lambda home: write(home, "Ola skrev"), lambda came: _move(came, StatusState.SUBMITTED)),
    "låst her": (lock, each(lambda came: write(came, "Kari skrev"), lambda came: add(came, *of_the_manager()[:1]))),
    "to prosjekter låst her": (
        lock,
        each(lambda came: write(came, "Kari skrev"), lambda came: write(came, "Også her", project=PROJECTS[1])),
    ),
    "fristen på en låst periode": (lock, lambda came: with_state(came, deadline=date(2026, 5, 25))),
    "låst der": (lambda home: write(home, "Ola skrev"), lock),
    "låst og åpnet der": (nothing, each(lock, reopen)),
    "nytt av prosjektlederen": (nothing, lambda came: add(came, *of_the_manager())),
    "nytt av prosjektlederen begge steder": (
        lambda home: add(home, *of_the_manager()),
        lambda came: add(came, *of_the_manager()),
    ),
    "nytt av controlleren": (nothing, lambda came: anew(came, *of_the_controller())),
    "nytt av controlleren begge steder": (
        lambda home: anew(home, *of_the_controller()),
        lambda came: anew(came, *of_the_controller()),
    ),
    "omfordeling": (
        nothing,
        lambda came: anew(came, *(_budget_line(amount, belongs_with=RecordId("0-1")) for amount in (-1_000, 1_000))),
    ),
    "omfordeling fra et prosjekt som er borte": (
        project_gone,
        lambda came: anew(
            came,
            _budget_line(-1_000, belongs_with=RecordId("0-1")),
            _budget_line(1_000, project=PROJECTS[1], belongs_with=RecordId("0-1")),
        ),
    ),
    "nytt i en ny periode": (
        nothing,
        lambda came: anew(came, PeriodState(id=_new(), period=LATER), milestone("Innflytting", period=LATER)),
    ),
    "nytt i en periode som ikke er her": (nothing, lambda came: anew(came, milestone("Innflytting", period=LATER))),
    "regnskapet trukket der": (nothing, lambda came: otherwise(came, ledger(came), withdrawn=True)),
    "regnskapet trukket her": (
        lambda home: otherwise(home, ledger(home), withdrawn=True),
        lambda came: write(came, "x"),
    ),
    "regnskapet borte der": (nothing, lambda came: gone(came, ledger(came))),
    "regnskapet endret der": (nothing, lambda came: otherwise(came, ledger(came), line_count=2)),
    "regnskapet for andre måneder": (nothing, lambda came: anew(came, replace(_batch(), first_month=5, last_month=8))),
    "regnskapet for et annet år": (nothing, lambda came: anew(came, replace(_batch(), year=2025))),
    "nytt prosjekt": (
        nothing,
        each(
            lambda came: anew(came, Project(id=ProjectId(new_id()), name="Nytt bad")),
            lambda came: renamed(came, joined_into=[*came.portfolio.projects][-1]),
        ),
    ),
    "nytt navn og nummer": (lambda home: renamed(home, name="Nye skolen"), lambda came: renamed(came, code="P-1")),
    "nummeret er i bruk": (
        lambda home: otherwise(home, home.portfolio.projects[PROJECTS[1]], code="P-1"),
        lambda came: renamed(came, code="P-1"),
    ),
    "prosjektet er borte her": (
        project_gone,
        each(
            lambda came: write(came, "Kari skrev"),
            lambda came: anew(came, *of_the_manager(), *of_the_controller()),
        ),
    ),
    "prosjektet er borte der": (lambda home: write(home, "Ola skrev"), project_gone),
    "milepæl flyttet og omdøpt": (
        lambda home: change(home, tak(home), planned=date(2026, 10, 1)),
        lambda came: change(came, tak(came), name="Takstol"),
    ),
    "milepæl flyttet av begge": (
        lambda home: change(home, tak(home), planned=date(2026, 10, 1)),
        lambda came: change(came, tak(came), planned=date(2026, 11, 1)),
    ),
    "milepæl borte her": (lambda home: gone(home, tak(home)), lambda came: change(came, tak(came), name="Takstol")),
    "milepæl borte der": (lambda home: change(home, tak(home), name="Takstol"), lambda came: gone(came, tak(came))),
    "status borte der": (lambda home: write(home, "Ola"), lambda came: gone(came, _status(came))),
    "frist og avrunding": (
        lambda home: with_state(home, deadline=date(2026, 5, 20)),
        lambda came: with_state(came, deadline=date(2026, 5, 25), rounded_to=1_000),
    ),
}
