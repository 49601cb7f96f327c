"""What a report says beside the one before: what moved, what is finished and under way, what is expected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.test_forecasts import SPENT, T1, T2, YEAR, made
from tests.test_judging_report import SAY, part, there
from tracker.flags import Flag, Severity
from tracker.flags.flag import Finding, Rule
from tracker.kinds import Phase
from tracker.messages import Message, message
from tracker.model import DeviationSplit, Portfolio, ProjectId, RecordId, Setting
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from tracker.report import basis as report_basis
from tracker.report import build_report
from tracker.report.build import PARTS
from tracker.report.content import Emphasis, Row, Table
from tracker.report.control import control_part, text_control_part

THOUSAND = 1_000


def telling(portfolio: Portfolio, name: str, period: Period, **told: Any) -> Portfolio:
    """Return the portfolio where a project's status in a period says something else."""
    statuses = {
        key: replace(one, **told) if (one.project, one.period) == (ProjectId(name), period) else one
        for key, one in portfolio.statuses.items()
    }
    return replace(portfolio, statuses=statuses)


def said(portfolio: Portfolio, part_id: str, period: Period = YEAR) -> str:
    paragraphs = (" ".join(map(SAY, paragraph)) for paragraph in there(portfolio, part_id, period).intro)
    return "\n".join(paragraphs).replace("\u00a0", " ")


def table(portfolio: Portfolio, part_id: str, period: Period = YEAR) -> Table:
    return there(portfolio, part_id, period).tables[0]


def named(found: Table) -> list[object]:
    return [row.cells[0] for row in found.rows if row.project is not None]


def cells(found: Table, name: str) -> dict[str, object]:
    row: Row = next(row for row in found.rows if row.cells[0] == name)
    return {column.key: cell for column, cell in zip(found.columns, row.cells, strict=True)}


def test_the_first_report_has_nothing_to_compare_with() -> None:
    assert part(made(), "changes", T1) is None


def test_the_largest_changes_stand_first_and_the_rest_and_the_sum_close_the_table() -> None:
    held = telling(made(), "Bro", T2, completion=Quarter(2024, 2))
    found = table(held, "changes", T2)
    # The school's forecast fell by 1.6 mill. and its final cost by 4.2 mill.; the park's forecast by half a mill.
    assert named(found) == ["Skole", "Park", "Bro"]
    assert cells(found, "Skole") | {"name": ""} == {
        "name": "",
        "revised_budget": 0,
        "year_end_forecast": -1_600 * THOUSAND,
        "actual": SPENT["Skole"][1] * THOUSAND,
        "total_budget": 0,
        "final_cost_forecast": -4_200 * THOUSAND,
        "completion_before": Quarter(2023, 4),
        "completion": Quarter(2023, 4),
        "slip_quarters": None,
    }
    assert (cells(found, "Bro")["slip_quarters"], cells(found, "Bro")["year_end_forecast"]) == (2, None)
    total = found.rows[-1]
    assert total.emphasis is Emphasis.SUM
    assert total.cells[found.index_of("actual")] == sum(spent[1] for spent in SPENT.values()) * THOUSAND
    assert said(held, "changes", T2).splitlines()[:2] == [
        (
            "Siden 1. tertialrapport 2023 er det brukt 2,5 mill. kroner. Prognosene for året er samlet redusert med "
            "2,1 mill. kroner. Sluttprognosene er samlet redusert med 4,2 mill. kroner."
        ),
        "Estimert ferdig er senere enn sist for 1 prosjekt.",
    ]


def test_small_changes_are_counted_together_and_none_at_all_is_said() -> None:
    held = telling(made(finished=False), "Park", T2, year_end_forecast=499 * THOUSAND)
    found = table(held, "changes", T2)
    assert named(found) == ["Skole"]
    assert [SAY(row.cells[0]) for row in found.rows[1:] if isinstance(row.cells[0], Message)] == [
        "2 andre prosjekter",
        "Sum",
    ]
    still = telling(held, "Skole", T2, year_end_forecast=6_000 * THOUSAND, final_cost_forecast=8_000 * THOUSAND)
    quiet = table(still, "changes", T2)
    assert quiet.rows == ()
    assert SAY(quiet.empty) == "Ingen prosjekter har endret seg vesentlig siden 1. tertialrapport 2023."


def test_a_new_year_begins_anew_so_that_its_figures_are_not_held_against_the_last() -> None:
    held = made()
    opened = replace(next(iter(held.period_states.values())), id=RecordId("ny"), period=Period(2024, Part.T1))
    held = replace(held, period_states={**held.period_states, opened.id: opened})
    statuses = {
        RecordId(f"ny {one.project}"): replace(
            one, id=RecordId(f"ny {one.project}"), period=opened.period, completion=Quarter(2025, 1)
        )
        for one in held.statuses.values()
        if one.period == YEAR
    }
    held = replace(held, statuses={**held.statuses, **statuses})
    found = table(held, "changes", opened.period)
    assert not {"revised_budget", "year_end_forecast"} & {column.key for column in found.columns}
    assert found.rows[-1].cells[found.index_of("actual")] == 0
    assert {SAY(cells(found, name)["note"]) for name in SPENT} == {"Ikke lenger ferdig"}  # type: ignore[arg-type]


def test_what_was_finished_this_year_stands_apart_from_what_was_finished_before() -> None:
    held = made()
    tables = there(held, "finished").tables
    assert [SAY(one.title) for one in tables if isinstance(one.title, Message)] == ["Meldt ferdig i 2023"]
    assert named(tables[0]) == ["Park", "Bro", "Skole"]  # the largest outcome first
    early = telling(telling(held, "Bro", T1, completion=State.FINISHED), "Bro", T2, completion=State.FINISHED)
    new, unknown = there(early, "finished").tables
    assert (named(new), named(unknown)) == (["Park", "Skole"], ["Bro"])
    assert SAY(unknown.title) == "Meldt ferdig, ukjent hvilket år"  # type: ignore[arg-type]


def test_an_outcome_is_what_the_forecast_leaves_and_never_more_than_what_is_left() -> None:
    held = telling(made(), "Skole", YEAR, final_cost_forecast=3_000 * THOUSAND)
    held = telling(held, "Bro", YEAR, final_cost_forecast=6_500 * THOUSAND)
    found = table(held, "finished")
    # The school has spent 4 mill. of 7 already; the bridge 2 mill., and has bills for 4.5 more.
    assert [cells(found, name)["outcome"] for name in ("Skole", "Bro", "Park")] == [
        3_000 * THOUSAND,
        500 * THOUSAND,
        7_000 * THOUSAND,
    ]
    total = found.rows[-1]
    assert total.cells[found.index_of("outcome")] == 10_500 * THOUSAND
    assert total.cells[found.index_of("final_cost_forecast")] is None  # the park has none: a sum would mislead


def test_a_project_is_well_under_way_from_half_its_budget_spent_or_taken_over_and_not_when_on_hold() -> None:
    held = made(finished=False)
    assert named(table(held, "under-way")) == ["Skole"]  # 4 of 7 mill.
    assert named(table(telling(held, "Park", YEAR, phase=Phase.TAKEN_OVER), "under-way")) == ["Skole", "Park"]
    assert part(telling(held, "Skole", YEAR, phase=Phase.ON_HOLD), "under-way") is None
    assert part(made(), "under-way") is None


def test_reported_deviations_are_those_of_running_projects_in_their_managers_words_with_causes() -> None:
    held = made(finished=False)
    assert said(held, "reported-deviations") == (
        "3 prosjekter som er i gang, har et vesentlig avvik uten egen forklaring; kommentaren står i statustabellen."
    )
    told = telling(held, "Skole", YEAR, explanation="Utsatt.", split=DeviationSplit(timing=800_000, cost=200_000))
    found = table(told, "reported-deviations")
    assert named(found) == ["Skole"]
    assert cells(found, "Skole") | {"name": ""} == {
        "name": "",
        "revised_budget": 5_000 * THOUSAND,
        "actual": 4_000 * THOUSAND,
        "deviation": 1_000 * THOUSAND,
        "timing": 800_000,
        "cost": 200_000,
        "scope": 0,
        "other": 0,
        "explanation": "Utsatt.",
    }
    assert "1 prosjekt har mindreforbruk på 1,0 mill. kroner." in said(told, "reported-deviations")
    assert "2 prosjekter som er i gang, har" in said(told, "reported-deviations")
    finished = telling(told, "Skole", YEAR, completion=State.FINISHED)
    assert table(finished, "reported-deviations").rows == ()


def test_in_a_tertial_the_tables_and_the_key_figures_say_what_the_year_is_expected_to_end_at() -> None:
    for part_id in ("status", "largest-budgets", "areas", "summary"):
        keys = [column.key for column in table(made(), part_id, T2).columns]
        assert keys[keys.index("actual") + 1 : keys.index("actual") + 3] == ["year_end_forecast", "deviation"], part_id
    titles = [SAY(figure.title) for figure in there(made(), "summary", T2).key_figures]
    assert titles == ["Prosjekter", "Revidert budsjett", "Regnskap", "Prognose", "Ventet avvik"]
    year = [SAY(figure.title) for figure in there(made(), "summary").key_figures]
    assert year == ["Prosjekter", "Revidert budsjett", "Regnskap", "Avvik", "Gjennomføringsgrad"]


def test_a_tertial_without_forecasts_shows_what_is_left_and_calls_it_no_deviation() -> None:
    held = made()
    for name in SPENT:
        held = telling(held, name, T2, year_end_forecast=None)
    assert [column.key for column in table(held, "status", T2).columns][4:7] == ["revised_budget", "actual", "unspent"]
    assert "Ingen prosjekter har oppgitt prognose for året." in said(held, "summary", T2)
    assert "avvik" not in said(held, "summary", T2).casefold()


def test_the_summary_of_a_tertial_speaks_of_what_is_expected_and_of_the_year_of_what_came() -> None:
    held = telling(made(), "Bro", T2, final_cost_forecast=7_500 * THOUSAND)
    assert said(held, "summary", T2).splitlines() == [
        (
            "Revidert investeringsbudsjett for 2023 er 15,0 mill. kroner. Per 31.08.2023 er det regnskapsført "
            "3,5 mill. kroner. Det er 23,3 prosent av årets budsjett."
        ),
        (
            "2 av 3 prosjekter har oppgitt prognose for året. De ventes å bruke 4,4 mill. kroner. Det er 5,6 mill. "
            "kroner mindre enn budsjettet deres på 10,0 mill. kroner. 1 prosjekt ventes å koste mer enn "
            "totalbudsjettet: 0,5 mill. kroner."
        ),
        (
            "2 prosjekter ventes å bruke mindre enn årets budsjett, til sammen 5,6 mill. kroner. Ingen prosjekter "
            "ventes å bruke mer. Ingen prosjekter er meldt ferdige. Ingen prosjekter har brukt mer enn totalbudsjettet."
        ),
    ]
    limit = Setting(id=RecordId("limit.large_kroner"), value="3000000")
    low = replace(made(), settings={limit.id: limit})
    assert said(low, "summary").splitlines() == [
        (
            "Revidert investeringsbudsjett for 2023 er 15,0 mill. kroner. Per 31.12.2023 er det regnskapsført "
            "6,0 mill. kroner. Det er 9,0 mill. kroner mindre enn budsjettert. Gjennomføringsgraden er 40,0 prosent."
        ),
        (
            "3 prosjekter har brukt mindre enn årets budsjett, til sammen 9,0 mill. kroner. Ingen prosjekter har brukt "
            "mer. 3 prosjekter er meldt ferdige. Ingen prosjekter har brukt mer enn totalbudsjettet."
        ),
        "Størst mindreforbruk har Park (5,0 mill. kroner) og Bro (3,0 mill. kroner).",
    ]


def test_findings_in_texts_are_a_part_of_their_own_with_the_words_and_what_the_figures_say() -> None:
    basis = report_basis.basis_of(made(), YEAR)
    assert text_control_part(basis) is None
    rule = Rule(id="text-state", title=message("Sagt ferdig"), remedy=message("Rett."), look=lambda _: None)
    project = basis.figures.projects[0].project
    finding = Finding(severity=Severity.WARNING, message=message("Estimert ferdig er 4K-2023."), figures={})
    flag = Flag(rule=rule, project=project, finding=finding, quote="er\n  tatt i bruk")
    held = replace(basis, flags=(flag, *basis.flags))
    found = text_control_part(held)
    assert found is not None
    (row,) = found.tables[0].rows
    assert [SAY(cell) if isinstance(cell, Message) else cell for cell in row.cells[1:]] == [
        "Sagt ferdig",
        project.name,
        "«er tatt i bruk»",
        "Estimert ferdig er 4K-2023.",
    ]
    assert row.project == project.id
    assert control_part(held) == control_part(basis)
    assert (found.id, found.title) in PARTS


@pytest.mark.parametrize("period", [T1, T2, YEAR])
def test_no_sentence_is_left_unfinished_or_counts_wrongly(period: Period) -> None:
    for one in build_report(made(), period).parts:
        for paragraph in one.intro:
            text = " ".join(map(SAY, paragraph))
            assert text.endswith((".", ":"))
            assert not any(wrong in text for wrong in (" 0 prosjekter", "1 prosjekter", "None", "{", "  "))
