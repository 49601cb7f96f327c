"""The forecasts: what the year and the projects are expected to end at, and how good earlier forecasts were.

Must not say anything of a forecast that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.figures import ProjectFigures
from tracker.forecasts import Outcome, accuracy_of, by_period, final_outcomes, year_outcomes
from tracker.messages import Message, message
from tracker.periods import Period
from tracker.report.basis import (
    ACTUAL,
    COMPLETION,
    COUNT,
    EXPECTED_DEVIATION,
    FINAL,
    NAME,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    YEAR_FORECAST,
    Basis,
    expected_cells,
    final_cost_of,
    total_cells,
)
from tracker.report.content import (
    Cell,
    Column,
    ColumnGroup,
    ColumnKind,
    Emphasis,
    Paragraph,
    Part,
    PartName,
    Row,
    Source,
    Table,
)

FORECASTS = PartName("forecasts", message("Prognoser"))
ACCURACY = PartName("forecast-accuracy", message("Prognosetreff"))
MOST_MISSES = 10
_LEFT = Column(key="left", title=message("Mot total"), kind=ColumnKind.THOUSANDS, dash=True)
_YEAR = (REVISED_BUDGET, ACTUAL, YEAR_FORECAST, EXPECTED_DEVIATION)
_TOTAL = (COMPLETION, TOTAL_BUDGET, TOTAL_SPENT, FINAL, _LEFT)
_YEAR_GROUP = ColumnGroup(title=message("Året"), first="revised_budget", last="deviation")
_TOTAL_GROUP = ColumnGroup(title=message("Hele prosjektet"), first="completion", last="left")
_SAID_IN = Column(key="said_in", title=message("Prognose gitt i"))
_FORECAST = Column(key="forecast", title=message("Prognose"), kind=ColumnKind.THOUSANDS)
_CAME = Column(key="came", title=message("Det som kom"), kind=ColumnKind.THOUSANDS)
_MISS = Column(key="miss", title=message("Prognoseavvik"), kind=ColumnKind.THOUSANDS)
_SHARE = Column(key="share", title=message("I prosent"), kind=ColumnKind.PERCENT, dash=True)
_WEIGHTED = Column(key="weighted", title=message("Avvik uten fortegn"), kind=ColumnKind.PERCENT, dash=True)
_MEAN = Column(key="mean", title=message("Snitt per prosjekt"), kind=ColumnKind.PERCENT, dash=True)


def forecasts_part(basis: Basis) -> Part | None:
    """List what the year and the projects are expected to end at, the largest deviation first; None without any.

    A year that has ended has no forecast any more; the final cost has.
    """
    known = [figures for figures in basis.figures.projects if _is_forecast(basis, figures)]
    if not known:
        return None
    known.sort(key=lambda figures: -abs((not basis.is_year and basis.deviation_of(figures)) or _left(figures) or 0))
    year = () if basis.is_year else _YEAR
    rows = [
        Row(
            cells=(
                figures.project.name,
                *(expected_cells(figures, basis.deviation_of(figures)) if year else ()),
                figures.completion,
                *total_cells(figures),
                final_cost_of(figures),
                _left(figures),
            ),
            project=figures.project.id,
        )
        for figures in known
    ]
    table = Table(
        id="forecasts",
        columns=(NAME, *year, *_TOTAL),
        groups=(_YEAR_GROUP, _TOTAL_GROUP) if year else (),
        rows=(*rows, _sum_row(rows, skipped={0, 1 + len(year)})),
        empty=message("Ingen prosjekter har oppgitt prognose."),
    )
    return Part(id=FORECASTS.id, title=FORECASTS.title, intro=tuple(_year_account(basis)), tables=(table,))


def accuracy_part(basis: Basis) -> Part | None:
    """Build how good earlier forecasts were, in sum and where they missed most; None where none can be judged."""
    years, finals = year_outcomes(basis.portfolio, basis.period), final_outcomes(basis.portfolio, basis.period)
    tables = tuple(table for table in _outcome_tables(basis, years, finals) if table.rows)
    if not tables:
        return None
    told = [
        (period, judgement)
        for period, found in by_period(years)
        if (judgement := _judgement(accuracy_of(found).bias_share)) is not None
    ]
    intro = [
        (message("Prognosene i {period} {judgement}.", period=period, judgement=judgement),)
        for period, judgement in told
    ]
    explained = message(
        "Prognoseavvik er prognosen minus det som kom: minus betyr at det ble brukt mer. "
        "Avvik uten fortegn teller bom begge veier, og i snittet teller hvert prosjekt like mye."
    )
    return Part(id=ACCURACY.id, title=ACCURACY.title, intro=(*intro, (explained,)), tables=tables)


def _year_account(basis: Basis) -> Iterator[Paragraph]:
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


def _is_forecast(basis: Basis, figures: ProjectFigures) -> bool:
    return final_cost_of(figures) is not None or (figures.expected is not None and not basis.is_year)


def _left(figures: ProjectFigures) -> int | None:
    forecast = final_cost_of(figures)
    return None if forecast is None or figures.total_budget is None else figures.total_budget - forecast


def _judgement(bias: float | None) -> Message | None:
    if bias is None:
        return None
    if bias > 0:
        return message("var {share:pct} høyere enn regnskapet ble", share=bias)
    if bias < 0:
        return message("var {share:pct} lavere enn regnskapet ble", share=-bias)
    return message("traff regnskapet i sum")


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
                ),
                source=_compared(period, found),
            )
        )
    return Table(
        id=table_id,
        title=title,
        columns=(_SAID_IN, COUNT, _FORECAST, _CAME, _MISS, _SHARE, _WEIGHTED, _MEAN),
        rows=tuple(rows),
        empty=message("Ingen prognoser kan foreløpig sammenlignes med det som kom."),
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
                source=_compared(one.said_in, [one]),
            )
            for one in missed
        ),
        empty=message("Ingen prognoser bommet."),
    )


def _compared(period: Period, outcomes: list[Outcome]) -> Source:
    told = message("Prognosene i {period} mot det som kom", period=period)
    return Source(outcomes=tuple(outcomes), told=told)


def _sum_row(rows: list[Row], *, skipped: set[int]) -> Row:
    """Return the sum of the columns that aren't skipped; what a programme lacks counts as nothing."""
    columns = zip(*(row.cells for row in rows), strict=True)
    sums: list[Cell] = [
        None if place in skipped else sum(cell for cell in column if isinstance(cell, int))
        for place, column in enumerate(columns)
    ]
    return Row(cells=(message("Sum"), *sums[1:]), emphasis=Emphasis.SUM)
