"""What a person asks for that can't be: said in a sentence that says what to do, and nothing is changed by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

import pytest

from tests.portfolios import YEAR, placed, portfolio_of
from tracker.actions import open_period, set_deadline
from tracker.closing import lock
from tracker.edits import NOTHING, added, apply
from tracker.finding import find_owner
from tracker.funding import NewFunding, add_funding, remove_funding
from tracker.kinds import FundingSource, StatusState
from tracker.late_changes import late_changes
from tracker.messages import Refusal, message
from tracker.model import (
    Contract,
    Milestone,
    Portfolio,
    ProjectId,
    RecordId,
    Risk,
    Subproject,
    SubprojectId,
)
from tracker.packages import chosen
from tracker.periods import Part, Period
from tracker.planning import put
from tracker.register import add_subproject, refuse_closed_period, remove_project, remove_subproject
from tracker.reminders import reminders_for
from tracker.settings.areas import rename_area
from tracker.settings.catalogue import settle
from tracker.splitting import Share, split_project
from tracker.workflow import Mover, approve, comment, submit
from ui.words import words_in

SAY = words_in()
TABLE = """
    Skole på Åsen     | 90 000 | 20 970 | 4K-2025 | 9 860 | 10 830 | Skolen reises. Økonomien er under kontroll.
    Skole på Voll     | 20 000 |  1 000 | 1K-2026 | 5 000 |    900 | Tomten er kjøpt.
    Øvre bru          | 12 000 | 11 500 | Ferdig  |   500 |    499 | Brua er åpnet.
    Rehab. av veier   |      - |      - | LØPENDE | 2 000 |  2 100 | Rammen er brukt.
"""
OTHER = Period(2024, Part.T1)
KARI = Mover(who="Kari", at=datetime(2024, 1, 20, tzinfo=UTC))
THREAD = {"id": RecordId(str(UUID(int=901))), "thread": RecordId(str(UUID(int=902))), "period": YEAR}


def ids() -> Callable[[], str]:
    numbers = count(9000)
    return lambda: str(UUID(int=next(numbers)))


def called(portfolio: Portfolio, name: str) -> ProjectId:
    return next(one.id for one in portfolio.projects.values() if one.name == name)


BARE = portfolio_of(TABLE)
SCHOOL, VOLL, BRIDGE, ROADS = (
    called(BARE, name) for name in ("Skole på Åsen", "Skole på Voll", "Øvre bru", "Rehab. av veier")
)
GONE = ProjectId(str(UUID(int=999)))
SUB = Subproject(id=SubprojectId(str(UUID(int=900))), project=SCHOOL, code="41001", name="Gymsal")
BEGUN = placed(apply(BARE, added(message("Prøve"), [SUB])), {"Skole på Åsen": "Oppvekst", "Øvre bru": "Vei"})


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act()
    return [SAY(caught.value.reason), *map(SAY, caught.value.details)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("skole på as", ["Finner ikke prosjektet «skole på as»: mente du «Skole på Åsen»?", "Skole på Voll"]),
        ("Øvre", ["Finner ikke prosjektet «Øvre»: mente du «Øvre bru»?"]),
        ("98765", ["Finner ikke prosjektet «98765»: skriv navnet eller nummeret."]),
        (" ", ["Finner ikke prosjektet «»: skriv navnet eller nummeret."]),
    ],
)
def test_a_project_that_is_not_found_is_told_with_those_that_may_be_meant(written: str, said: list[str]) -> None:
    assert refused(lambda: find_owner(BEGUN, written)) == said


def test_a_project_is_found_by_name_number_or_the_number_of_a_part_and_never_guessed_among_several() -> None:
    numbered = replace(
        BEGUN, projects={**BEGUN.projects, BRIDGE: replace(BEGUN.projects[BRIDGE], code="Rehab. av veier")}
    )
    assert find_owner(BEGUN, "  øvre   BRU ") == (BRIDGE, None)
    assert find_owner(BEGUN, "41001") == (SCHOOL, SUB.id)
    assert refused(lambda: find_owner(numbered, "rehab. av veier")) == [
        "«rehab. av veier» er flere prosjekter: bruk prosjektnummeret.",
        "Øvre bru",
        "Rehab. av veier",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Kultur", "Fritid", "Tjenesteområdet «Kultur» finnes ikke: velg et annet."),
        ("Vei", "  ", "Skriv hva tjenesteområdet skal hete."),
        ("Vei", "Oppvekst", "Tjenesteområdet «Oppvekst» finnes fra før: velg et annet navn."),
    ],
)
def test_a_service_area_gets_no_name_that_is_none_or_anothers(before: str, after: str, said: str) -> None:
    assert refused(lambda: rename_area(BEGUN, before, after)) == [said]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Milestone(**THREAD, project=SCHOOL, name=" ", planned=date(2024, 5, 1)), "Milepælen må ha et navn"),
        (Risk(**THREAD, project=SCHOOL, title=""), "Risikoen må ha en tittel"),
        (Risk(**THREAD, project=SCHOOL, title="Flom", likelihood=101), "mellom 0 og 100 prosent"),
        (Risk(**THREAD, project=SCHOOL, title="Flom", consequence=-1), "kan ikke være negativ"),
        (Contract(**THREAD, project=SCHOOL, supplier="\t"), "Kontrakten må ha en leverandør"),
    ],
)
def test_a_plan_that_nobody_can_mean_is_refused(told: Milestone | Risk | Contract, said: str) -> None:
    (sentence,) = refused(lambda: put(BEGUN, told))
    assert said in sentence


def test_what_stands_like_that_already_is_no_change() -> None:
    told = Risk(**THREAD, project=SCHOOL, title="Flom", likelihood=20)
    held = apply(BEGUN, put(BEGUN, told))
    state = held.state_of(YEAR)
    assert state is not None
    assert put(held, told) is NOTHING
    assert rename_area(held, "Vei", "  Vei ") is NOTHING
    assert set_deadline(held, YEAR, state.deadline) is NOTHING


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: submit(BEGUN, YEAR, [], KARI), "Ingen prosjekter er valgt."),
        (
            lambda: submit(BEGUN, OTHER, [SCHOOL], KARI),
            "Porteføljen har ikke 1. tertialrapport 2024: velg en annen periode.",
        ),
        (
            lambda: comment(BEGUN, YEAR, SCHOOL, KARI, text=" \n", new_id=ids()),
            "Skriv kommentaren først.",
        ),
        (
            lambda: open_period(BEGUN, YEAR, new_id=ids()),
            "Porteføljen har allerede Årsmelding 2023: velg en annen",
        ),
        (lambda: late_changes(BEGUN, YEAR), "Årsmelding 2023 er ikke låst, så ingenting er for sent."),
        (
            lambda: refuse_closed_period(BEGUN, OTHER),
            "Porteføljen har ikke 1. tertialrapport 2024: velg en annen periode.",
        ),
        (
            lambda: add_subproject(BEGUN, VOLL, code=" ", name="Gymsal", new_id=ids()),
            "Underprosjektet må ha både nummer og navn.",
        ),
        (
            lambda: add_subproject(BEGUN, VOLL, code="41001", name="Gymsal", new_id=ids()),
            "Nummeret 41001 tilhører «Gymsal»: bruk et annet.",
        ),
        (
            lambda: add_funding(
                BEGUN,
                NewFunding(
                    project=ProjectId("borte"), year=2024, source=FundingSource.LOAN, amount=1, is_proposed=True
                ),
                today=date(2024, 1, 1),
                new_id=ids(),
            ),
            "Prosjektet finnes ikke lenger: velg et annet.",
        ),
        (lambda: remove_funding(BEGUN, RecordId("borte")), "Finansieringen er fjernet allerede."),
        (
            lambda: chosen(BEGUN, []),
            "Ingen prosjekter har en ansvarlig: fyll ut «Ansvarlig» på prosjektene først.",
        ),
        (
            lambda: settle(BEGUN, "projects-column.name", "x" * 300),
            "Overskriften kan være på høyst",
        ),
    ],
)
def test_what_can_not_be_done_says_what_to_do(act: Callable[[], object], said: str) -> None:
    (sentence,) = refused(act)
    assert sentence.startswith(said)


def test_nothing_is_moved_where_one_of_them_is_not_there_to_be_moved() -> None:
    status = next(key for key, one in BEGUN.statuses.items() if one.project == BRIDGE)
    without = replace(BEGUN, statuses={key: one for key, one in BEGUN.statuses.items() if key != status})
    assert refused(lambda: approve(without, YEAR, [SCHOOL, BRIDGE], KARI)) == [
        "Ingenting ble flyttet: disse prosjektene er ikke i en tilstand der det kan gjøres.",
        "Skole på Åsen er utkast",
        "Øvre bru har ingen status i perioden",
    ]


@pytest.mark.parametrize(
    ("project", "share", "said"),
    [
        (VOLL, Share(name="Ny", subprojects=frozenset({SUB.id})), "41001 er ikke et underprosjekt av Skole på Voll."),
        (ROADS, Share(name="Ny", total_amount=5), "Rehab. av veier er løpende og har ingen totalramme å dele."),
        (BRIDGE, Share(name="Ny"), "Prosjektet er slått sammen med et annet: velg det som tok over."),
    ],
)
def test_a_project_is_split_only_of_what_is_its_own(project: ProjectId, share: Share, said: str) -> None:
    gone = replace(BEGUN.projects[BRIDGE], joined_into=SCHOOL)
    portfolio = replace(BEGUN, projects={**BEGUN.projects, BRIDGE: gone})
    act = lambda: split_project(portfolio, project, share, period=YEAR, today=date(2024, 1, 1), new_id=ids())  # noqa: E731
    assert refused(act) == [said]


def test_what_has_figures_is_never_removed_and_what_stands_in_the_way_is_named() -> None:
    sums = {
        key: replace(batch, sums=tuple(replace(one, subproject=SUB.id) for one in batch.sums if one.project == SCHOOL))
        for key, batch in BEGUN.ledger_batches.items()
    }
    used = replace(BEGUN, ledger_batches=sums)
    assert refused(lambda: remove_subproject(used, SUB.id)) == [
        "41001 har tall og kan ikke fjernes: flytt det til et annet prosjekt."
    ]
    told = " ".join(refused(lambda: remove_project(BEGUN, SCHOOL)))
    assert all(one in told for one in ("underprosjekter", "budsjett", "regnskap", "statuser med tekst"))
    joined = replace(BEGUN, projects={**BEGUN.projects, BRIDGE: replace(BEGUN.projects[BRIDGE], joined_into=SCHOOL)})
    assert "slått sammen med det" in " ".join(refused(lambda: remove_project(joined, SCHOOL)))


def submitted(portfolio: Portfolio, *projects: ProjectId) -> Portfolio:
    moved = {
        key: replace(one, state=StatusState.SUBMITTED)
        for key, one in portfolio.statuses.items()
        if one.project in projects
    }
    return replace(portfolio, statuses={**portfolio.statuses, **moved})


def test_only_those_who_have_something_left_are_reminded_and_nobody_once_all_is_submitted() -> None:
    people = {BRIDGE: "Ola", ROADS: "Kari", VOLL: None, SCHOOL: "Kari"}
    portfolio = replace(
        BEGUN, projects={key: replace(one, responsible=people[key]) for key, one in BEGUN.projects.items()}
    )
    told = {one.to: SAY(one.subject) for one in reminders_for(portfolio, YEAR)}
    assert told == {
        "Kari": "Status for Årsmelding 2023: 2 prosjekter gjenstår",
        "Ola": "Status for Årsmelding 2023: ett prosjekt gjenstår",
        None: "Status for Årsmelding 2023: ett prosjekt gjenstår",
    }
    assert {one.to for one in reminders_for(submitted(portfolio, BRIDGE), YEAR)} == {"Kari", None}
    assert reminders_for(submitted(portfolio, *people), YEAR) == []
    locked = apply(portfolio, lock(portfolio, YEAR, who="Kari", at=KARI.at, new_id=ids()))
    assert reminders_for(locked, YEAR) == []
