"""The ways in which two files that were one can differ, each by itself; ids are others every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    merge,
    milestone,
    undo,
    write,
)
from tracker.edits import Change, Edit, apply
from tracker.kinds import CommentKind, FundingSource, Phase, StatusState
from tracker.merging.lineage import Author, Written
from tracker.merging.plan import Choice
from tracker.merging.settling import accept
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
    add(home, milestone("Tak"))
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
    of_it: list[Record] = [*portfolio.milestones.values(), *portfolio.subprojects.values(), _status(laptop)]
    gone(laptop, *of_it, portfolio.projects[FIRST])


def with_state(laptop: Laptop, **values: object) -> None:
    state = laptop.portfolio.state_of(PERIOD)
    assert state is not None
    otherwise(laptop, state, **values)


def renamed(laptop: Laptop, **values: object) -> None:
    otherwise(laptop, laptop.portfolio.projects[FIRST], **values)


def tak(laptop: Laptop) -> Record:
    return next(iter(laptop.portfolio.milestones.values()))


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


NOT_IN_A_PACKAGE = {"en status som begge begynte", "låst der", "låst og åpnet der"}


def again(how: str) -> Iterator[tuple[str, Files]]:
    """Yield files that have met before: what came again, late, was taken back, kept or left waiting."""
    for is_package in (True, False):
        home, came = apart(is_package=is_package)
        older = came.copied()
        write(came, "Kari skrev")
        write(home, 5_000, field="p50")
        _, entry = merge(home, came, accept(home.plan(came), Choice.THEIRS))
        yield f"{how} igjen", (home, came)
        yield f"{how} i eldre utgave", (home, older)
        yield f"{how} og tilbake", (came, home)
        taken_back = home.copied()
        undo(taken_back, entry)
        yield f"{how} tatt tilbake", (taken_back, came)
        write(came, "Kari skrev mer")
        yield f"{how} skrevet videre", (home, came)
        merge(home, came, accept(home.plan(came), Choice.OURS))
        yield f"{how} beholdt", (home, came)
        yield f"{how} beholdt, og tilbake", (came, home)
        lock(home)
        write(came, "Kari skrev for sent")
        merge(home, came)
        yield f"{how} venter", (home, came)
        reopen(home)
        yield f"{how} ventet, og er åpnet", (home, came)
        yield f"{how} ventet, og tilbake", (came, home)
        how = f"{how}, kopi"


def every() -> Iterator[tuple[str, Files]]:
    for is_package in (True, False):
        kind = "pakke" if is_package else "kopi"
        for name, (here, there) in DIFFERENCES.items():
            if is_package and name in NOT_IN_A_PACKAGE:
                continue
            home, came = apart(is_package=is_package)
            here(home)
            there(came)
            yield f"{name}, {kind}", (home, came)
    yield from again("pakke")
