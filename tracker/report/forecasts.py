"""The forecasts: what the year and the projects are expected to end at, and how good earlier forecasts were.

Must not say anything of a forecast that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.figures import ProjectFigures
from tracker.forecasts import Outcome, accuracy_of, by_period, final_outcomes, year_outcomes
from tracker.messages import Message, message
from tracker.report.basis import (
    ACTUAL,
    COMPLETION,
    COUNT,
    EXPECTED_DEVIATION,
    NAME,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    YEAR_FORECAST,
    Basis,
    expected_cells,
    total_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Paragraph, Part, Row, Table

MOST_MISSES = 10
_FINAL = Column(key="final_cost_forecast", title=message("Sluttprognose"), kind=ColumnKind.THOUSANDS)
_LEFT = Column(key="left", title=message("Rest mot totalbudsjett"), kind=ColumnKind.THOUSANDS, dash=True)
_SAID_IN = Column(key="said_in", title=message("Prognose gitt i"))
_FORECAST = Column(key="forecast", title=message("Prognose"), kind=ColumnKind.THOUSANDS)
_CAME = Column(key="came", title=message("Det som kom"), kind=ColumnKind.THOUSANDS)
_MISS = Column(key="miss", title=message("Prognoseavvik"), kind=ColumnKind.THOUSANDS)
_SHARE = Column(key="share", title=message("I prosent"), kind=ColumnKind.PERCENT, dash=True)
_WEIGHTED = Column(key="weighted", title=message("Avvik uten fortegn"), kind=ColumnKind.PERCENT, dash=True)
_MEAN = Column(key="mean", title=message("Snitt per prosjekt"), kind=ColumnKind.PERCENT, dash=True)


def forecasts_part(basis: Basis) -> Part | None:
    """Build the forecasts of the year and of the final cost, then how good earlier ones were; None without any."""
    outcomes = year_outcomes(basis.portfolio, basis.period)
    finals = final_outcomes(basis.portfolio, basis.period)
    tables = tuple(
        table
        for table in (_year_table(basis), _final_table(basis), *_outcome_tables(basis, outcomes, finals))
        if table.rows
    )
    if not tables:
        return None
    return Part(id="forecasts", title=message("Prognoser"), intro=tuple(_intro(basis, outcomes)), tables=tables)


def _intro(basis: Basis, outcomes: tuple[Outcome, ...]) -> Iterator[Paragraph]:
    forecast = [figures for figures in basis.figures.projects if figures.expected is not None]
    if forecast and not basis.is_year:
        yield (
            message(
                "{count} av {all} prosjekter har oppgitt prognose for året. "
                "De ventes å bruke {expected:mill} av et revidert budsjett på {revised:mill}.",
                count=len(forecast),
                all=len(basis.figures.projects),
                expected=sum(figures.expected or 0 for figures in forecast),
                revised=sum(figures.revised_budget for figures in forecast),
            ),
        )
    judged = [(period, found) for period, found in by_period(outcomes) if period.year == basis.period.year]
    for period, found in judged:
        told = _judgement(accuracy_of(found).bias_share)
        if told is not None:
            yield (message("Prognosene i {period} {judgement}.", period=period, judgement=told),)


def _judgement(bias: float | None) -> Message | None:
    if bias is None:
        return None
    if bias > 0:
        return message("var {share:pct} høyere enn regnskapet ble", share=bias)
    if bias < 0:
        return message("var {share:pct} lavere enn regnskapet ble", share=-bias)
    return message("traff regnskapet i sum")


def _year_table(basis: Basis) -> Table:
    """List the year-end forecasts, the largest expected deviation first; a year that has ended needs none."""
    known = [] if basis.is_year else [one for one in basis.figures.projects if one.expected is not None]
    known.sort(key=lambda figures: -abs(figures.revised_budget - (figures.expected or 0)))
    rows = [_row(figures, *expected_cells(figures, basis.deviation_of(figures))) for figures in known]
    return Table(
        id="year-forecasts",
        title=message("Prognose for året mot revidert budsjett"),
        columns=(NAME, REVISED_BUDGET, ACTUAL, YEAR_FORECAST, EXPECTED_DEVIATION),
        rows=(*rows, *_sum_row(rows, first=1)),
        empty=message("Ingen prosjekter har oppgitt prognose for året."),
    )


def _final_table(basis: Basis) -> Table:
    """List the final-cost forecasts, the largest overrun first; running programmes have no final cost."""
    known = [
        (figures, figures.status.final_cost_forecast, figures.total_budget)
        for figures in basis.figures.projects
        if figures.status is not None
        and figures.status.final_cost_forecast is not None
        and figures.total_budget is not None
    ]
    known.sort(key=lambda one: one[2] - one[1])
    rows = [
        _row(figures, figures.completion, *total_cells(figures), forecast, total - forecast)
        for figures, forecast, total in known
    ]
    return Table(
        id="final-forecasts",
        title=message("Sluttprognose mot vedtatt totalbudsjett"),
        columns=(NAME, COMPLETION, TOTAL_BUDGET, TOTAL_SPENT, _FINAL, _LEFT),
        rows=(*rows, *_sum_row(rows, first=2)),
        empty=message("Ingen prosjekter har oppgitt sluttprognose."),
    )


def _outcome_tables(basis: Basis, years: tuple[Outcome, ...], finals: tuple[Outcome, ...]) -> Iterator[Table]:
    yield _accuracy_table(
        "forecast-accuracy", message("Hvor godt årsprognosene har truffet, alle prosjekter samlet"), years
    )
    latest = [one for one in years if one.said_in.year == basis.period.year]
    yield _miss_table("forecast-misses", message("Årsprognosene som bommet mest i år"), latest)
    yield _accuracy_table(
        "final-accuracy", message("Hvor godt sluttprognosene traff for prosjekter som er ferdige"), finals
    )
    yield _miss_table("final-misses", message("Sluttprognosene som bommet mest"), list(finals))


def _accuracy_table(table_id: str, title: Message, outcomes: tuple[Outcome, ...]) -> Table:
    rows: list[Row] = []
    for period, found in by_period(outcomes):
        accuracy = accuracy_of(found)
        rows.append(
            Row(
                cells=(
                    message("{period}", period=period),
                    accuracy.count,
                    accuracy.forecast,
                    accuracy.came,
                    accuracy.bias,
                    accuracy.bias_share,
                    accuracy.weighted_share,
                    accuracy.mean_share,
                )
            )
        )
    return Table(
        id=table_id,
        title=title,
        columns=(_SAID_IN, COUNT, _FORECAST, _CAME, _MISS, _SHARE, _WEIGHTED, _MEAN),
        rows=tuple(rows),
        empty=message("Ingen prognoser kan holdes mot det som kom ennå."),
    )


def _miss_table(table_id: str, title: Message, outcomes: list[Outcome]) -> Table:
    missed = sorted((one for one in outcomes if one.miss), key=lambda one: -abs(one.miss))[:MOST_MISSES]
    return Table(
        id=table_id,
        title=title,
        columns=(NAME, _SAID_IN, _FORECAST, _CAME, _MISS, _SHARE),
        rows=tuple(
            Row(
                cells=(
                    one.project.name,
                    message("{period}", period=one.said_in),
                    one.forecast,
                    one.came,
                    one.miss,
                    one.share,
                ),
                project=one.project.id,
            )
            for one in missed
        ),
        empty=message("Ingen prognoser bommet."),
    )


def _sum_row(rows: list[Row], *, first: int) -> tuple[Row, ...]:
    """Return the sum of the columns from one on, none without rows; what a programme lacks counts as nothing."""
    if not rows:
        return ()
    sums: list[Cell] = [
        sum(cell for cell in column if isinstance(cell, int))
        for column in list(zip(*(row.cells for row in rows), strict=True))[first:]
    ]
    return (Row(cells=(message("Sum"), *(None,) * (first - 1), *sums), emphasis=Emphasis.SUM),)


def _row(figures: ProjectFigures, *cells: Cell) -> Row:
    return Row(cells=(figures.project.name, *cells), project=figures.project.id)
