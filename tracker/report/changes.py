"""What has moved since the period before: budget, spending, forecasts and completion, per project and in sum.

Must not know how a movement is found, nor why it came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.figures import PeriodFigures
from tracker.messages import Message, message
from tracker.movements import Movement, movements_of, others_of, sum_of_movements
from tracker.report.basis import NAME, Basis
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
from tracker.report.wording import changed, sized

CHANGES = PartName("changes", message("Endringer siden sist"))
_REVISED = Column(key="revised_budget", title=message("Rev. bud."), kind=ColumnKind.THOUSANDS)
_EXPECTED = Column(key="year_end_forecast", title=message("Prognose"), kind=ColumnKind.THOUSANDS, dash=True)
_SPENT = Column(key="actual", title=message("Brukt siden sist"), kind=ColumnKind.THOUSANDS)
_TOTAL = Column(key="total_budget", title=message("Vedtatt totalt"), kind=ColumnKind.THOUSANDS, dash=True)
_FINAL = Column(key="final_cost_forecast", title=message("Sluttprognose"), kind=ColumnKind.THOUSANDS, dash=True)
_BEFORE = Column(key="completion_before", title=message("Sist"), kind=ColumnKind.COMPLETION)
_NOW = Column(key="completion", title=message("Nå"), kind=ColumnKind.COMPLETION)
_QUARTERS = Column(key="slip_quarters", title=message("Kvartaler senere"), kind=ColumnKind.COUNT)
_NOTE = Column(key="note", title=message("Merknad"))
_OF_PROJECT = (_TOTAL, _FINAL, _BEFORE, _NOW, _QUARTERS, _NOTE)
_OPTIONAL = frozenset({"year_end_forecast", "final_cost_forecast", "note"})
"""Columns that are left out where they would tell nothing."""


def changes_part(basis: Basis) -> Part | None:
    """List the projects that changed essentially since the period before, the largest first, and what all come to.

    None where there is no period before.
    """
    before = basis.before
    if before is None:
        return None
    movements = movements_of(before, basis.figures, basis.limits)
    others = [others_of(before, basis.figures)] if before.other or basis.figures.other else []
    essential = sorted((one for one in movements if one.is_essential), key=lambda one: (-one.size, -abs(one.slip or 0)))
    columns, groups = _columns(basis, before, essential)
    source = _source(basis, before)
    rows = [_row(one, columns, "" if one.project is None else one.project.name, source) for one in essential]
    if rows:
        rest = [one for one in movements if not one.is_essential]
        if rest:
            title = message("{count} {count:annet prosjekt|andre prosjekter}", count=len(rest))
            rows.append(_row(sum_of_movements(rest), columns, title, source))
        rows += [_row(one, columns, basis.other_name, source) for one in others]
        rows.append(_row(sum_of_movements([*movements, *others]), columns, message("Sum"), source, Emphasis.SUM))
    return Part(
        id=CHANGES.id,
        title=CHANGES.title,
        intro=tuple(_account(basis, before, movements, sum_of_movements([*movements, *others]))),
        tables=(
            Table(
                id=CHANGES.id,
                columns=columns,
                groups=groups,
                rows=tuple(rows),
                empty=message("Ingen prosjekter har endret seg vesentlig siden {period}.", period=before.period),
            ),
        ),
    )


def _columns(
    basis: Basis, before: PeriodFigures, shown: Sequence[Movement]
) -> tuple[tuple[Column, ...], tuple[ColumnGroup, ...]]:
    year = basis.period.year
    told = {key for key in _OPTIONAL if any(_values(one)[key] is not None for one in shown)}
    groups: tuple[ColumnGroup, ...] = (
        ColumnGroup(
            title=message("I totalen"),
            first=_TOTAL.key,
            last=_FINAL.key if _FINAL.key in told else _TOTAL.key,
        ),
        ColumnGroup(title=message("Est. ferdig"), first=_BEFORE.key, last=_QUARTERS.key),
    )
    spent = Column(key="actual", title=message("Brukt i {year:id}", year=year), kind=ColumnKind.THOUSANDS)
    columns: tuple[Column, ...] = (NAME, spent, *_OF_PROJECT)
    if before.period.year == year:
        columns = (NAME, _REVISED, _EXPECTED, _SPENT, *_OF_PROJECT)
        groups = (ColumnGroup(title=message("Endring i året"), first=_REVISED.key, last=_SPENT.key), *groups)
    return tuple(column for column in columns if column.key not in _OPTIONAL - told), groups


def _source(basis: Basis, before: PeriodFigures) -> Source:
    """Say what each figure is; in a new year what was spent is no difference."""
    periods = {"period": basis.period, "before": before.period}
    if before.period.year == basis.period.year:
        return Source(told=message("Tallet i {period} minus tallet i {before}", **periods))
    return Source(told=message("Tallet i {period} minus tallet i {before}; brukt er regnskapet i {period}", **periods))


def _row(
    moved: Movement,
    columns: Sequence[Column],
    name: str | Message,
    source: Source,
    emphasis: Emphasis = Emphasis.NORMAL,
) -> Row:
    values = {NAME.key: name, **_values(moved)}
    return Row(
        cells=tuple(values[column.key] for column in columns),
        emphasis=emphasis,
        project=None if moved.project is None else moved.project.id,
        source=source,
    )


def _values(moved: Movement) -> dict[str, Cell]:
    before, now = moved.completions or (None, None)
    return {
        "revised_budget": moved.revised,
        "year_end_forecast": moved.expected,
        "actual": moved.spent,
        "total_budget": moved.total,
        "final_cost_forecast": moved.final,
        "completion_before": before,
        "completion": now,
        "slip_quarters": moved.slip or None,
        "note": _note(moved),
    }


def _note(moved: Movement) -> Message | None:
    if moved.is_new:
        return message("Ny i rapporten")
    if moved.is_gone:
        return message("Ute av rapporten")
    if moved.is_finished:
        return message("Meldt ferdig")
    return message("Ikke lenger ferdig") if moved.is_reopened else None


def _account(basis: Basis, before: PeriodFigures, movements: Sequence[Movement], all_: Movement) -> Iterator[Paragraph]:
    yield tuple(_money_account(basis, before, all_))
    if told := tuple(_projects_account(movements)):
        yield told
    if any(one.is_essential for one in movements):
        yield (
            message(
                "Tabellen viser prosjektene der budsjett, prognose eller ferdigdato er vesentlig endret, den største "
                "endringen først. Minus betyr at beløpet er redusert."
            ),
        )


def _money_account(basis: Basis, before: PeriodFigures, moved: Movement) -> Iterator[Message]:
    year, sums = basis.period.year, basis.figures.all
    if before.period.year == year:
        yield message("Siden {period} er det brukt {spent}.", period=before.period, spent=sized(moved.spent))
    else:
        yield message(
            "Endringene er regnet fra {period}. I {year:id} er det brukt {spent}; årets budsjett og prognose begynner "
            "på nytt hvert år og er ikke sammenlignet.",
            period=before.period,
            year=year,
            spent=sized(moved.spent),
        )
    if moved.revised:
        yield message(
            "Revidert budsjett for {year:id} er {changed}, til {now:mill}.",
            year=year,
            changed=changed(moved.revised),
            now=sums.revised_budget,
        )
    if moved.expected:
        yield message("Prognosene for året er samlet {changed}.", changed=changed(moved.expected))
    if moved.total:
        yield message("Vedtatte totalbudsjetter er samlet {changed}.", changed=changed(moved.total))
    if moved.final:
        yield message("Sluttprognosene er samlet {changed}.", changed=changed(moved.final))


def _projects_account(movements: Sequence[Movement]) -> Iterator[Message]:
    later = sum((one.slip or 0) > 0 for one in movements)
    sooner = sum((one.slip or 0) < 0 for one in movements)
    if later:
        yield message("Estimert ferdig er senere enn sist for {count} {count:prosjekt|prosjekter}.", count=later)
    if sooner:
        yield message("Estimert ferdig er tidligere enn sist for {count} {count:prosjekt|prosjekter}.", count=sooner)
    if finished := sum(one.is_finished for one in movements):
        yield message(
            "{count} {count:prosjekt er meldt ferdig|prosjekter er meldt ferdige} siden sist.", count=finished
        )
    if new := sum(one.is_new for one in movements):
        yield message("{count} {count:prosjekt er nytt|prosjekter er nye} i rapporten.", count=new)
    if gone := sum(one.is_gone for one in movements):
        yield message("{count} {count:prosjekt er|prosjekter er} ikke lenger med.", count=gone)
