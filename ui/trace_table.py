"""Where a figure comes from, as a table: every step with what it comes to so far, the figure last. In whole kroner.

Must not derive a figure, nor follow a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.budgeting import write_case, write_day
from tracker.messages import Message, message
from tracker.money import write_number
from tracker.tracing import Step, Trace
from ui.asking import TableQuestion
from ui.words import Say, period_title


def trace_question(trace: Trace, say: Say) -> TableQuestion:
    """Return the table of a trace; its rows are the steps, and last the figure."""
    figure = say(trace.title)
    return TableQuestion(
        title=say(message("Hvor kommer tallet fra: {figure}", figure=figure)),
        lead=_lead(trace, say),
        headings=[
            say(message("Gjelder fra")),
            say(message("Hva")),
            say(message("Beløp")),
            say(message("Sum")),
            say(message("Vedtak")),
            say(message("Kilde")),
            say(message("Merknad")),
        ],
        rows=[*_rows(trace, say), ["", figure, "", figure_written(trace, say), "", "", ""]],
        strong=[len(trace.steps)],
        numbers=(2, 3),
        yes=say(message("Følg raden")),
        no=say(message("Lukk")),
        name=figure,
    )


def _lead(trace: Trace, say: Say) -> str:
    whose: str | Message = message("Alle prosjekter") if trace.project is None else trace.project.name
    told = [
        message("{whose}, {period}. Beløp i kroner.", whose=whose, period=period_title(trace.period)),
        *([] if trace.remark is None else [trace.remark]),
        *(
            [message("Andelen er regnet ut av summene, ikke lagt sammen.")]
            if trace.is_share and trace.remark is None
            else []
        ),
    ]
    if trace.has_late_changes:
        told.append(message("Perioden er låst: det som er ført siden, er trukket fra til slutt."))
    return " ".join(map(say, told))


def _rows(trace: Trace, say: Say) -> Iterator[list[str]]:
    balance = 0
    for step in trace.steps:
        balance += step.adds if step.counts else 0
        shows = step.counts and not trace.is_share
        yield [
            "" if step.day is None else write_day(step.day),
            _said(step.what, say),
            write_number(step.adds),
            write_number(balance) if shows else "-",
            "" if step.decision is None else write_case(step.decision),
            step.origin,
            " · ".join(_all_said(filter(None, (step.why_not, *step.beside)), say)),
        ]


def figure_written(trace: Trace, say: Say) -> str:
    """Write the figure in whole kroner, a share as a percentage."""
    if trace.value is None:
        return "-"
    if isinstance(trace.value, float):
        return say(message("{share:pct}", share=trace.value))
    return write_number(trace.value)


def _all_said(words: Iterable[str | Message], say: Say) -> Iterator[str]:
    return (_said(one, say) for one in words)


def _said(words: str | Message, say: Say) -> str:
    return words if isinstance(words, str) else say(words)


def step_at(trace: Trace, row: int) -> Step | None:
    """Return the step that a row of the table shows, None for the figure itself."""
    return trace.steps[row] if 0 <= row < len(trace.steps) else None
