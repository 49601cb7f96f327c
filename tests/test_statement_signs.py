"""The signs that § 5-5 is printed with: recognised when a report is taken in, turned back when it is printed."""

from __future__ import annotations

import pytest

from tests import statements as s
from tests.portfolios import SOURCE, YEAR, circumstances, sum_row, table_of
from tracker.edits import NOTHING, apply
from tracker.importing import plan_report_import
from tracker.model import Portfolio
from tracker.published.content import PublishedStatement
from tracker.published.statement_text import read_statement
from tracker.report.build import build_report
from tracker.statement_check.published import verdict_of
from tracker.statement_check.signs import SIGNS_SETTING, USUAL_SIGNS, DeviationSign, SignProfile, set_signs, signs_of

TABLE = "Åsen skole | 900 000 | 500 000 | 4K-2026 | 467 000 | 417 000 |"
HEADER = "Hele tusen kroner\nRegnskap 2022 Regnskap 2023 Rev. bud 2023 Oppr. bud 2023 Avvik Rev-Regn 2023\n"


def chapter(sign: DeviationSign, *, income_negative: bool) -> PublishedStatement:
    """Read a chapter whose income and deviation are printed with some signs; nothing was lent on."""
    lines = []
    lending = {s.LENT, s.BORROWED, s.REPAYING, s.REPAID, s.LENDING}
    first = s.spoiled(loan=-271_900, earned=-365_350)
    first[s.LOAN], first[s.EARNED] = (first[s.LOAN][0], -307_000), (first[s.EARNED][0], -415_000)
    for label, (actual, revised) in first.items():
        if label in lending:
            continue
        factor = 1 if income_negative else -1 if min(actual, revised) < 0 else 1
        deviation = factor * (revised - actual)
        if sign is DeviationSign.FAVOURABLE:
            deviation = revised - actual
        if sign is DeviationSign.ACTUAL_MINUS_BUDGET:
            deviation = -deviation
        amounts = (factor * actual, factor * actual, factor * revised, factor * revised, deviation)
        lines.append(" ".join([label, *(f"{amount:,}".replace(",", " ") for amount in amounts)]))
    same = "417 000 417 000 467 000 467 000 50 000"
    second = f"Oppvekst {same}\nSum brutto investeringer {same}"
    if sign is DeviationSign.ACTUAL_MINUS_BUDGET:
        second = second.replace(" 50 000", " -50 000")
    text = [s.FIRST_HEADING, HEADER, "\n\n".join(lines), s.SECOND_HEADING, HEADER, second.replace("\n", "\n\n")]
    return read_statement("\n\n".join(text).splitlines())


def imported(statement: PublishedStatement, *, into: Portfolio | None = None) -> Portfolio:
    held = into or Portfolio()
    table = table_of(TABLE, total=sum_row(*table_of(TABLE).rows))
    plan = plan_report_import(
        held, table, statement=statement, period=YEAR, source=SOURCE, circumstances=circumstances(500)
    )
    return apply(held, plan.edit)


TEMPLATES = [(sign, negative) for sign in DeviationSign for negative in (True, False)]


@pytest.mark.parametrize(("sign", "negative"), TEMPLATES)
def test_a_statement_is_kept_with_the_same_signs_whatever_its_template_prints(
    sign: DeviationSign, *, negative: bool
) -> None:
    portfolio = imported(chapter(sign, income_negative=negative))
    usual = imported(chapter(DeviationSign.BUDGET_MINUS_ACTUAL, income_negative=True))
    assert _figures(portfolio) == _figures(usual)
    found = verdict_of(portfolio, YEAR)
    assert found is not None
    assert found.findings == ()


@pytest.mark.parametrize(("sign", "negative"), TEMPLATES)
def test_the_report_prints_it_as_the_municipality_does(sign: DeviationSign, *, negative: bool) -> None:
    statement = chapter(sign, income_negative=negative)
    part = next(part for part in build_report(imported(statement), YEAR).parts if part.id == "statement")
    rows = [row.cells for table in part.tables if table.id in {"statement-1", "statement-2"} for row in table.rows]
    assert rows == [
        (
            line.label,
            *(
                amount * 1000
                for amount in (
                    line.previous_actual,
                    line.actual,
                    line.revised_budget,
                    line.original_budget,
                    line.deviation,
                )
            ),
        )
        for line in statement.lines
    ]


def test_a_profile_is_set_in_one_step_that_can_be_undone_and_moves_no_figure() -> None:
    portfolio = imported(chapter(DeviationSign.BUDGET_MINUS_ACTUAL, income_negative=True))
    wanted = SignProfile(income_negative=False, deviation=DeviationSign.FAVOURABLE)
    edit = set_signs(portfolio, wanted)
    changed = apply(portfolio, edit)
    assert signs_of(portfolio) == USUAL_SIGNS
    assert signs_of(changed) == wanted
    assert changed.statement_lines == portfolio.statement_lines
    assert set_signs(changed, wanted) == NOTHING
    assert apply(changed, edit.inverse()) == portfolio


def test_the_signs_that_are_set_are_not_changed_by_what_another_report_prints() -> None:
    wanted = SignProfile(deviation=DeviationSign.FAVOURABLE)
    held = apply(Portfolio(), set_signs(Portfolio(), wanted))
    portfolio = imported(chapter(DeviationSign.ACTUAL_MINUS_BUDGET, income_negative=False), into=held)
    assert signs_of(portfolio) == wanted
    assert SIGNS_SETTING in portfolio.settings


def _figures(portfolio: Portfolio) -> list[tuple[str, int, int, int, bool]]:
    return [
        (line.label, line.actual, line.revised_budget, line.deviation, line.is_sum)
        for line in portfolio.statement_lines.values()
    ]
