"""Figures and flags of a period as the rows of a table: every text that is shown, made once.

Must not know any widget, nor derive a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tracker.figures import PeriodFigures, ProjectFigures, Sums
from tracker.flags import Flag
from tracker.messages import message
from tracker.money import in_thousands, write_number
from tracker.quarters import Completion, State, completion_order, write_completion
from ui.table import Cell, Column, Row
from ui.words import Say

NOTHING = "-"
_SHOWN_OF_TEXT = 100
_BLANK = Cell(text="", plain="")


def project_columns(say: Say) -> list[Column]:
    """Return the columns of the project table."""

    def amount(title: str, tip: str) -> Column:
        return Column(title=title, tip=tip, is_number=True)

    return [
        Column(title=say(message("Flagg")), tip=say(message("Det alvorligste avviket, og hvor mange flere"))),
        Column(title=say(message("Prosjekt")), collated=True),
        Column(title=say(message("Tjenesteområde")), collated=True),
        amount(say(message("Vedtatt totalt")), say(message("Totalbudsjett vedtatt for hele prosjektet"))),
        amount(say(message("Påløpt totalt")), say(message("Brukt siden prosjektet begynte, dette året medregnet"))),
        Column(title=say(message("Est. ferdig")), tip=say(message("Estimert ferdig")), order=completion_order),
        amount(say(message("Rev. budsjett")), say(message("Årets budsjett med alle vedtatte justeringer"))),
        amount(say(message("Regnskap")), say(message("Brukt i år"))),
        amount(say(message("Avvik")), say(message("Revidert budsjett minus regnskap: minus er merforbruk"))),
        Column(title=say(message("Status")), tip=say(message("Prosjektlederens statustekst")), collated=True),
    ]


def project_rows(figures: PeriodFigures, flags: Sequence[Flag], *, say: Say) -> list[Row]:
    """Return one row a project, in the report's order."""
    flags_of: dict[str, list[Flag]] = defaultdict(list)
    for flag in flags:
        flags_of[flag.project.id].append(flag)
    unknown = say(message("ikke oppgitt"))
    return [
        Row(
            entry.project.id,
            (
                _flag_cell(flags_of[entry.project.id], say),
                _text_cell(entry.project.name, unknown),
                _text_cell(entry.project.service_area or "", unknown),
                *_amount_cells((entry.total_budget, entry.total_spent), unknown),
                _completion_cell(entry.completion, unknown),
                *_amount_cells((entry.revised_budget, entry.actual, entry.reported_deviation), unknown),
                _status_cell(entry, unknown),
            ),
        )
        for entry in figures.projects
    ]


def sum_rows(figures: PeriodFigures, *, say: Say) -> list[Row]:
    """Return the lines beneath the projects: listed, other projects, and all."""
    named: list[tuple[str, Sums]] = [(say(message("Sum listede prosjekter")), figures.listed)]
    if figures.other is not None:
        named.append((say(message("Øvrige prosjekter")), figures.others))
    named.append((say(message("Sum")), figures.all))
    return [_sum_row(name, sums) for name, sums in named]


def _sum_row(name: str, sums: Sums) -> Row:
    return Row(
        name,
        (
            _BLANK,
            Cell(text=name, value=name),
            _BLANK,
            *_amount_cells((sums.total_budget, sums.total_spent), ""),
            _BLANK,
            *_amount_cells((sums.revised_budget, sums.actual, sums.reported_deviation), ""),
            _BLANK,
        ),
    )


def _amount_cells(amounts: Sequence[int | None], unknown: str) -> list[Cell]:
    return [_amount_cell(amount, unknown) for amount in amounts]


def _amount_cell(kroner: int | None, unknown: str) -> Cell:
    """Show thousands; sort by kroner; copy plain digits."""
    if kroner is None:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    thousands = in_thousands(kroner)
    return Cell(text=write_number(thousands), value=kroner, plain=str(thousands))


def _text_cell(text: str, unknown: str) -> Cell:
    if not text:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    return Cell(text=text, value=text, tip=text)


def _completion_cell(completion: Completion, unknown: str) -> Cell:
    if completion is State.NOT_SET:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    return Cell(text=write_completion(completion), value=completion)


def _status_cell(entry: ProjectFigures, unknown: str) -> Cell:
    text = entry.text.strip()
    if not text:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    line = " ".join(text[: 2 * _SHOWN_OF_TEXT].split())
    shown = line if len(line) <= _SHOWN_OF_TEXT else f"{line[:_SHOWN_OF_TEXT].rstrip()}…"
    return Cell(text=shown, value=text, plain=text, tip=text, spoken=text)


def _flag_cell(flags: Sequence[Flag], say: Say) -> Cell:
    """Show the worst and how many more; the sentences are in the tip and said aloud."""
    if not flags:
        return Cell(text="", plain="", spoken=say(message("ingen flagg")))
    worst = min(flags, key=lambda flag: flag.severity.rank).severity
    word = say(worst.word)
    text = word if len(flags) == 1 else f"{word} +{len(flags) - 1}"
    sentences = [f"{say(flag.severity.word)}: {say(flag.finding.message)}" for flag in flags]
    return Cell(
        text=text,
        value=(worst.rank, -len(flags)),
        tip="\n".join(sentences),
        spoken=" ".join(sentences),
        mark=worst,
    )
