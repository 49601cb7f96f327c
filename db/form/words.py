"""What a form says to who fills it in: title, whose it is, and in two sentences what to do.

Must not know a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from db.form.look import SIGN
from tracker.forms.form import Form, FormProject
from tracker.messages import Message, message
from tracker.periods import Part
from tracker.report.content import EXAMPLE, Say


def title_of(form: Form) -> Message:
    """Return what the form is called."""
    return message("Status til {period}", period=form.header.period)


def about(form: Form, say: Say, *more: str | None) -> str:
    """Return the line beneath a title: whose form it is, and the unit of its amounts."""
    parts = (
        form.owner,
        say(EXAMPLE) if form.is_example else "",
        say(title_of(form)),
        *more,
        form.header.made_for,
        say(message("Beløp i 1000 kroner")),
    )
    return " · ".join(part for part in parts if part)


def guide(form: Form, say: Say) -> str:
    """Return what to do."""
    fill = message(
        "Fyll ut feltene med ramme og tegnet {sign}; resten er låst, og det som skrives der, blir ikke lest.", sign=SIGN
    )
    if form.deadline is None:
        send = message("Lagre filen og send den til {who} når den er fylt ut.", who=form.return_to)
    else:
        send = message("Lagre filen og send den til {who} innen {day}.", who=form.return_to, day=form.deadline)
    return f"{say(fill)} {say(send)}"


def key_figures(form: Form, one: FormProject, say: Say) -> Iterator[tuple[str, int | None]]:
    """Yield what a project manager must see of the figures, in kroner; a programme has no totals."""
    figures = one.figures
    is_year = form.header.period.part is Part.YEAR
    yield say(message("Vedtatt totalt")), figures.total_budget
    yield say(message("Påløpt totalt")), figures.total_spent
    yield say(message("Revidert budsjett")), figures.revised_budget
    yield say(message("Regnskap")), figures.actual
    left = message("Avvik i kr") if is_year else message("Ikke brukt av budsjettet")
    yield say(left), figures.reported_deviation if is_year else figures.deviation


def before_title(form: Form, say: Say) -> str:
    """Return what the column of what was reported last is called."""
    if form.before is None:
        return say(message("Forrige periode"))
    return say(message("Forrige periode: {period}", period=form.before))
