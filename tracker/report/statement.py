"""The appropriation statement § 5-5 as printed, what its sums come to, and how they tie out to the projects.

Must not know the signs that are printed: the portfolio's profile turns them, here at the edge. Source: budsjett- og
regnskapsforskriften § 5-5.
"""

from __future__ import annotations

from tracker.funding import knows_actual_funding
from tracker.messages import Message, message
from tracker.model import StatementLine
from tracker.report.basis import Basis
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Mark, Part, PartName, Row, Source, Table, Tone
from tracker.statement import ComputedLine, compute_statement
from tracker.statement_check.published import as_printed, kept_lines, verdict_of
from tracker.statement_check.signs import SignProfile, signs_of
from tracker.statement_check.verdict import PROJECTS, Check, Outcome, Verdict
from tracker.tieout import Comparison

STATEMENT = PartName("statement", message("Bevilgningsoversikt § 5-5"))
_PARAGRAPHS = {1: message("Første ledd"), 2: message("Andre ledd")}
_NOTHING_PRINTED = message("Ingen trykte summer er lest inn for perioden, så det er ingenting å avstemme mot.")

_TIED_OUT = Source(told=message("Summen av prosjektene mot den trykte summen"))
_ADDED_UP = Source(told=message("Linjene i den trykte bevilgningsoversikten, regnet etter"))
_AGAINST_PROJECTS = Source(told=message("Den trykte linjen mot prosjektene"))
_COMPUTED = Source(told=message("Regnet ut fra prosjektene, finansieringen og regnskapet"))

TIES_OUT = Mark(Tone.GOOD, "=", message("Stemmer"))
ROUNDING = Mark(Tone.GOOD, "≈", message("Avrunding"))
ACCEPTED = Mark(Tone.WARNING, "≠", message("Godtatt"))
DIFFERS = Mark(Tone.BAD, "≠", message("Differanse"))
LOOK_AT = Mark(Tone.WARNING, "?", message("Se på"))
_OUTCOMES = {
    Outcome.HOLDS: TIES_OUT,
    Outcome.ROUNDING: ROUNDING,
    Outcome.DOUBT: LOOK_AT,
    Outcome.FAILS: DIFFERS,
}


def statement_part(basis: Basis) -> Part:
    """Build both parts of the statement as printed, then the tie-out of every printed sum."""
    comparisons = basis.comparisons
    printed = kept_lines(basis.portfolio, basis.period)
    signs = signs_of(basis.portfolio)
    paragraphs = sorted({line.paragraph for line in printed})
    statements = (
        _statement_table(
            paragraph, as_printed([line for line in printed if line.paragraph == paragraph], signs), basis.period.year
        )
        for paragraph in paragraphs
    )
    verdict = verdict_of(basis.portfolio, basis.period)
    return Part(
        id=STATEMENT.id,
        title=STATEMENT.title,
        intro=(
            *_intro(comparisons),
            *(() if verdict is None else ((message("Bevilgningsoversikten selv:"), verdict.in_short),)),
        ),
        tables=(
            *statements,
            *_computed_tables(basis, signs, has_print=bool(printed)),
            *_checked_tables(verdict),
            _tie_out_table(comparisons),
        ),
    )


def mark_of(comparison: Comparison) -> Mark:
    """Return how a comparison came out."""
    if comparison.difference == 0:
        return TIES_OUT
    if comparison.explained:
        return ROUNDING
    return ACCEPTED if comparison.accepted else DIFFERS


def _intro(comparisons: tuple[Comparison, ...]) -> tuple[tuple[Message, ...], ...]:
    if not comparisons:
        return ()
    open_ones = sum(mark_of(comparison) is DIFFERS for comparison in comparisons)
    if not open_ones:
        return ((message("Alle {count} avstemte summer stemmer eller er forklart.", count=len(comparisons)),),)
    return (
        (
            message(
                "{open} av {count} avstemte summer har en differanse som avrunding ikke forklarer.",
                open=open_ones,
                count=len(comparisons),
            ),
        ),
    )


def _tie_out_table(comparisons: tuple[Comparison, ...]) -> Table:
    return Table(
        id="tie-out",
        title=message("Avstemming mot trykte summer, i hele kroner"),
        columns=(
            Column(key="sum", title=message("Sum")),
            Column(key="ours", title=message("Prosjektene"), kind=ColumnKind.KRONER),
            Column(key="printed", title=message("Trykt"), kind=ColumnKind.KRONER),
            Column(key="difference", title=message("Differanse"), kind=ColumnKind.KRONER),
            Column(key="allowance", title=message("Avrunding kan gi inntil"), kind=ColumnKind.KRONER),
            Column(key="outcome", title=message("Resultat"), kind=ColumnKind.MARK),
        ),
        rows=tuple(
            Row(
                cells=(
                    message("{title} – {column}", title=comparison.title, column=comparison.column_title),
                    comparison.ours,
                    comparison.printed,
                    comparison.difference,
                    comparison.allowance,
                    mark_of(comparison),
                ),
                source=_TIED_OUT,
            )
            for comparison in comparisons
        ),
        empty=_NOTHING_PRINTED,
    )


def _statement_table(paragraph: int, lines: list[StatementLine], year: int) -> Table:
    return Table(
        id=f"statement-{paragraph}",
        title=_PARAGRAPHS.get(paragraph, message("Ledd {paragraph}", paragraph=paragraph)),
        columns=(
            Column(key="label", title=message("Post")),
            _amounts("previous_actual", message("Regnskap {year:id}", year=year - 1)),
            _amounts("actual", message("Regnskap {year:id}", year=year)),
            _amounts("revised_budget", message("Rev. bud. {year:id}", year=year)),
            _amounts("original_budget", message("Oppr. bud. {year:id}", year=year)),
            _amounts("deviation", message("Avvik rev. – regn. {year:id}", year=year)),
        ),
        rows=tuple(
            Row(
                cells=_line_cells(line),
                emphasis=Emphasis.SUM if line.is_sum else Emphasis.NORMAL,
                source=Source(records=(line.id,)),
            )
            for line in lines
        ),
        empty=message("Ingen linjer er lest inn."),
    )


def _checked_tables(verdict: Verdict | None) -> tuple[Table, ...]:
    """Show what the printed statement's own sums come to, then the projects' side of each line that they make up."""
    if verdict is None:
        return ()
    own = [check for check in verdict.checks if check.id != PROJECTS and check.difference != 0]
    theirs = [check for check in verdict.checks if check.id == PROJECTS]
    return (
        _checks_table(
            "statement-checks",
            message("Kontroll av bevilgningsoversikten, i hele kroner"),
            own,
            source=_ADDED_UP,
            empty=message("Alle summer i bevilgningsoversikten går opp uten avrunding."),
        ),
        _checks_table(
            "statement-projects",
            message("Bevilgningsoversikten mot prosjektene, i hele kroner"),
            theirs,
            source=_AGAINST_PROJECTS,
            empty=message("Ingen linje i bevilgningsoversikten kan holdes mot prosjektene."),
        ),
    )


def _checks_table(id_: str, title: Message, checks: list[Check], *, source: Source, empty: Message) -> Table:
    has_reasons = any(check.reason is not None for check in checks)
    return Table(
        id=id_,
        title=title,
        columns=(
            Column(key="what", title=message("Hva"), kind=ColumnKind.LONG_TEXT),
            Column(key="printed", title=message("Trykt"), kind=ColumnKind.KRONER),
            Column(key="computed", title=message("Regnet ut"), kind=ColumnKind.KRONER),
            Column(key="difference", title=message("Differanse"), kind=ColumnKind.KRONER),
            Column(key="allowance", title=message("Avrunding kan gi inntil"), kind=ColumnKind.KRONER),
            Column(key="outcome", title=message("Resultat"), kind=ColumnKind.MARK),
            *((Column(key="reason", title=message("Trolig grunn"), kind=ColumnKind.LONG_TEXT),) if has_reasons else ()),
        ),
        rows=tuple(
            Row(
                cells=(
                    check.where,
                    check.printed,
                    check.computed,
                    check.difference,
                    check.allowance,
                    _OUTCOMES[check.outcome],
                    *((check.reason or "",) if has_reasons else ()),
                ),
                source=source,
            )
            for check in checks
        ),
        empty=empty,
    )


def _computed_tables(basis: Basis, signs: SignProfile, *, has_print: bool) -> tuple[Table, ...]:
    """Compute the first part where funding is known or nothing is printed; beside a print it says nothing new."""
    portfolio, year = basis.portfolio, basis.period.year
    knows_funding = any(line.budget_year == year for line in portfolio.funding_lines.values())
    if not basis.figures.projects:
        return ()
    if has_print and not knows_funding and not knows_actual_funding(portfolio, year):
        return ()
    computed = compute_statement(portfolio, basis.period)
    return (
        Table(
            id="statement-computed",
            title=message("Første ledd, regnet ut fra prosjektene og finansieringen"),
            columns=(
                Column(key="label", title=message("Post")),
                _computed_amounts("actual", message("Regnskap {year:id}", year=year)),
                _computed_amounts("revised_budget", message("Rev. bud. {year:id}", year=year)),
                _computed_amounts("original_budget", message("Oppr. bud. {year:id}", year=year)),
                Column(key="why_not", title=message("Hvorfor beløp mangler"), kind=ColumnKind.LONG_TEXT),
            ),
            rows=tuple(_computed_row(line, signs) for line in (*computed.lines, computed.residual)),
            empty=message("Ingen linjer kan regnes ut."),
        ),
    )


def _computed_row(line: ComputedLine, signs: SignProfile) -> Row:
    factor = signs.factor_of(line.known)
    amounts = (
        None if amount is None else factor * amount
        for amount in (line.actual, line.revised_budget, line.original_budget)
    )
    return Row(
        cells=(line.title, *amounts, line.why_not or ""),
        emphasis=Emphasis.SUM if line.is_sum else Emphasis.NORMAL,
        source=_COMPUTED,
    )


def _computed_amounts(key: str, title: Message) -> Column:
    return Column(key=key, title=title, kind=ColumnKind.THOUSANDS, dash=True)


def _amounts(key: str, title: Message) -> Column:
    return Column(key=key, title=title, kind=ColumnKind.THOUSANDS)


def _line_cells(line: StatementLine) -> tuple[Cell, ...]:
    return line.label, line.previous_actual, line.actual, line.revised_budget, line.original_budget, line.deviation
