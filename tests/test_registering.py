"""Projects, original budgets and four-year plans from a sheet: what is shown is what is done, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import portfolio_of
from tracker.edits import apply
from tracker.figures import live_figures_of
from tracker.kinds import BudgetKind, FundingTag, ProjectKind
from tracker.messages import Refusal
from tracker.model import Decision, Portfolio
from tracker.money import Unit
from tracker.periods import Part, Period
from tracker.registering.columns import Cell, Use, propose_layout, with_columns
from tracker.registering.plan import Adoption, RegisterPlan, Verdict, plan_register
from tracker.registering.rows import UnreadableRow, read_rows
from ui.words import words_in

ADOPTION = Adoption(
    year=2024, source="budsjett.xlsx", decision=Decision(body="KS", number="1/23", on=date(2023, 12, 13))
)
SHEET: Sequence[Sequence[Cell]] = (
    ("Investeringsbudsjett 2024", None, None, None, None, None),
    ("Beløp i 1000 kr", None, None, None, None, None),
    ("Prosjektnr", "Prosjekt", "Tjenesteområde", "Totalramme", "Budsjett 2024", 2025, 2026),
    (41001.0, "Åsen skole", "Oppvekst", 90_000, "12 500", 40_000.0, None),
    ("41002", "Vann, hovedplan", "Tekniske tjenester", None, 8_000.5, 8_000, 8_000),
    ("41003", "Brannstasjon", None, 50_000, None, None, None),
    (None, "Sum", None, 140_000, 20_500, 48_000, 8_000),
    (None, None, None, None, None, None, None),
)
SAY = words_in()


def planned(
    sheet: Sequence[Sequence[Cell]], portfolio: Portfolio | None = None, adoption: Adoption = ADOPTION
) -> RegisterPlan:
    layout = propose_layout(sheet, year=adoption.year)
    held = portfolio or Portfolio()
    ids = count(10**6 + 1000 * len(held.projects))
    return plan_register(held, read_rows(sheet, layout), adoption, new_id=lambda: str(UUID(int=next(ids))))


def taken_in(sheet: Sequence[Sequence[Cell]], portfolio: Portfolio | None = None) -> Portfolio:
    return apply(portfolio or Portfolio(), planned(sheet, portfolio).edit)


def test_the_headings_are_found_under_title_lines_and_say_the_unit() -> None:
    layout = propose_layout(SHEET, year=2024)
    assert layout.header == 2
    assert layout.uses == {
        0: Use.CODE,
        1: Use.NAME,
        2: Use.SERVICE_AREA,
        3: Use.TOTAL_BUDGET,
        4: Use.ORIGINAL_BUDGET,
        5: Use.PLAN_YEAR,
        6: Use.PLAN_YEAR,
    }
    assert layout.plan_years == {4: 2024, 5: 2025, 6: 2026}
    assert layout.unit is Unit.THOUSANDS


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Prosjektnummer", Use.CODE),
        ("Prosjektnavn", Use.NAME),
        ("Prosjekt", Use.NAME),
        ("Investering", Use.NAME),
        ("Underprosjektnr.", Use.SUBPROJECT_CODE),
        ("Sektor", Use.SERVICE_AREA),
        ("Prosjektleder", Use.RESPONSIBLE),
        ("Opprinnelig budsjett", Use.ORIGINAL_BUDGET),
        ("Oppr. bud. 2024", Use.ORIGINAL_BUDGET),
        ("Vedtatt totalt", Use.TOTAL_BUDGET),
        ("Total kostnadsramme", Use.TOTAL_BUDGET),
        ("Arkivsak", Use.CASE_NUMBERS),
        ("Selvkost / E-skatt", Use.MONEY),
        ("Opprinnelig budsjett 2023", None),
        ("Regnskap", None),
    ],
)
def test_headings_as_municipalities_write_them(heading: str, use: Use | None) -> None:
    layout = propose_layout([("Nr" if use is Use.NAME else "Navn", heading)], year=2024)
    assert layout.uses.get(1) is use


def test_a_sheet_becomes_projects_with_budgets_and_a_plan() -> None:
    portfolio = taken_in(SHEET)
    figures = {
        one.project.name: one for one in live_figures_of(portfolio, Period(2024, Part.T1), with_idle=True).projects
    }
    school, water, fire = figures["Åsen skole"], figures["Vann, hovedplan"], figures["Brannstasjon"]
    assert (school.project.code, school.project.service_area) == ("41001", "Oppvekst")
    assert (school.total_budget, school.original_budget, school.revised_budget) == (90_000_000, 12_500_000, 12_500_000)
    assert (water.total_budget, water.original_budget) == (0, 8_000_500)
    assert (fire.total_budget, fire.original_budget) == (50_000_000, 0)
    plans = sorted((one.first_year, one.year, one.amount) for one in portfolio.plan_years.values())
    assert plans == [
        (2024, 2024, 8_000_500),
        (2024, 2024, 12_500_000),
        (2024, 2025, 8_000_000),
        (2024, 2025, 40_000_000),
        (2024, 2026, 8_000_000),
    ]
    assert {line.decision for line in portfolio.budget_lines.values()} == {ADOPTION.decision}


def test_the_same_sheet_again_changes_nothing() -> None:
    portfolio = taken_in(SHEET)
    again = planned(SHEET, portfolio)
    assert [one.verdict for one in again.outcomes] == [Verdict.UNCHANGED] * 3
    assert again.edit.changes == ()


def test_a_project_is_known_by_its_number_or_its_name_whatever_the_case() -> None:
    portfolio = taken_in(SHEET)
    renamed = planned(
        [("Nr", "Navn", "Prosjektleder"), ("41001", "Åsen barneskole", "Kari"), (None, "BRANNSTASJON", "Per")],
        portfolio,
    )
    after = apply(portfolio, renamed.edit)
    assert {one.name: one.responsible for one in after.projects.values()} == {
        "Åsen barneskole": "Kari",
        "Vann, hovedplan": None,
        "Brannstasjon": "Per",
    }
    assert [one.verdict for one in renamed.outcomes] == [Verdict.CHANGED] * 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            ("41001", "Vann, hovedplan", None, None),
            "Nummeret 41001 tilhører «Åsen skole», men navnet tilhører et annet prosjekt.",
        ),
        (("49999", "Brannstasjon", None, None), "«Brannstasjon» har nummer 41003, ikke 49999."),
        (("49999", None, None, None), "Nummeret 49999 er ukjent, og raden har ikke noe navn."),
        ((None, "Brannstasjonen", None, None), "Navnet ligner «Brannstasjon»"),
        (("41001", None, None, "12 499"), "Opprinnelig budsjett er 12\u00a0500\u00a0000\u00a0kr"),
        (("41001", None, "90 001", None), "Totalbudsjettet er 90\u00a0000\u00a0000\u00a0kr"),
        (("41001", None, "mye", None), "Vedtatt totalt: «mye» er ikke et beløp."),
        (("41001", None, None, "1,234"), "Opprinnelig budsjett: «1,234» er ikke et beløp."),
    ],
)
def test_what_cannot_be_right_is_named_by_row_and_nothing_is_done(row: tuple[Cell, ...], reason: str) -> None:
    portfolio = taken_in(SHEET)
    header = ("Nr", "Navn", "Totalramme (kr)" if "1,234" in row else "Totalramme (tkr)", "Opprinnelig budsjett")
    plan = planned([header, ("41002", "Vann, hovedplan", None, None), row], portfolio)
    (error,) = plan.errors
    assert error.number == 3
    assert reason in SAY(error.what[0])
    assert plan.edit.changes == ()


def test_a_project_that_stands_twice_is_an_error_but_its_subprojects_are_not() -> None:
    twice = planned([("Navn", "Opprinnelig budsjett"), ("Skole", 1), ("skole", 2)])
    assert SAY(twice.errors[0].what[0]) == "Prosjektet står også i rad 2."
    rows = [("Prosjekt", "Underprosjektnr", "Opprinnelig budsjett"), ("Vann", "I41001", 5), ("Vann", "I41002", 7)]
    portfolio = taken_in(rows)
    assert [one.code for one in portfolio.subprojects.values()] == ["I41001", "I41002"]
    (figures,) = live_figures_of(portfolio, Period(2024, Part.T1)).projects
    assert figures.original_budget == 12


def test_kind_and_money_are_read_or_refused() -> None:
    portfolio = taken_in(
        [
            ("Navn", "Type", "Finansieringstype"),
            ("Vann", "Løpende", "Selvkost"),
            ("Park", "Prosjekt", "E-skatt; selvkost"),
        ]
    )
    assert {one.name: (one.kind, one.funding_tags) for one in portfolio.projects.values()} == {
        "Vann": (ProjectKind.PROGRAMME, frozenset({FundingTag.FULL_COST})),
        "Park": (ProjectKind.PROJECT, frozenset(FundingTag)),
    }
    plan = planned([("Navn", "Type"), ("Vann", "evig")])
    assert SAY(plan.errors[0].what[0]) == "«evig» er verken prosjekt eller løpende ramme."


def test_an_original_that_becomes_known_moves_neither_revised_nor_total() -> None:
    portfolio = portfolio_of("Skole på Åsen | 2 000 | 1 000 | 4K-2024 | 986 | 900 | x")
    period = Period(2023, Part.YEAR)
    (before,) = live_figures_of(portfolio, period).projects
    adoption = Adoption(year=2023, source="budsjett.xlsx")
    plan = planned([("Navn", "Opprinnelig budsjett"), ("Skole på Åsen", 700_000)], portfolio, adoption)
    (after,) = live_figures_of(apply(portfolio, plan.edit), period).projects
    assert before.original_budget is None
    assert after.original_budget == 700_000
    assert (after.revised_budget, after.total_budget) == (before.revised_budget, before.total_budget)


def test_a_column_is_chosen_by_hand_by_its_heading() -> None:
    rows = [("Navn", "Hva som helst"), ("Skole", 5)]
    layout = with_columns(propose_layout(rows, year=2024), rows[0], {Use.ORIGINAL_BUDGET: "hva SOM helst"})
    (row,) = read_rows(rows, layout)
    assert not isinstance(row, UnreadableRow)
    assert row.original_budget == 5
    with pytest.raises(Refusal, match="ingen kolonne"):
        with_columns(layout, rows[0], {Use.NAME: "Borte"})


def test_a_sheet_without_names_is_refused() -> None:
    with pytest.raises(Refusal, match="Fant ingen overskrift"):
        propose_layout([("Dato", "Beløp"), (1, 2)], year=2024)


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["12 500", "-", "Sum"]),
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_whatever_stands_in_a_sheet_the_sums_are_those_of_its_rows_or_it_is_refused(
    rows: list[tuple[Cell, Cell, Cell, Cell]],
) -> None:
    sheet = [("Nr", "Navn", "Totalramme", "Opprinnelig budsjett"), *rows]
    plan = planned(sheet)
    read = [row for row in read_rows(sheet, propose_layout(sheet, year=2024)) if not isinstance(row, UnreadableRow)]
    lines = [change.after for change in plan.edit.changes if change.kind.__name__ == "BudgetLine"]
    if plan.errors:
        assert lines == []
    else:
        assert sum(line.year_amount for line in lines) == sum(row.original_budget or 0 for row in read)  # type: ignore[union-attr]
        assert sum(line.total_amount for line in lines) == sum(row.total_budget or 0 for row in read)  # type: ignore[union-attr]
        assert {line.kind for line in lines} <= {BudgetKind.ORIGINAL}  # type: ignore[union-attr]
