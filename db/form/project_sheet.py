"""A sheet for one project: its key figures, what must be explained, and the fields, each beside what stood there last.

Must not know other projects.
"""

from __future__ import annotations

from db.form.answers import FORMATS, choices_for, value_of
from db.form.look import Role
from db.form.page import Page
from db.form.words import about, before_title, guide, key_figures
from tracker.forms.form import Form, FormProject
from tracker.forms.marks import Mark, short_id
from tracker.forms.questions import QUESTIONS, Answer, Question
from tracker.messages import message
from tracker.money import in_thousands
from tracker.report.content import Say

WIDTHS = (185.0, 345.0, 245.0)
_LABEL, _ANSWER, _BEFORE = 2, 3, 4
_TEXT_HEIGHT = 84.0
_EXPLANATION_HEIGHT = 42.0
_CUT = " […]"


def write_project(page: Page, form: Form, one: FormProject, *, say: Say) -> None:
    """Write a project's sheet."""
    page.mark(1, _ANSWER, Mark(form=short_id(form.header.id)))
    row = _write_head(page, form, one, say)
    row = _write_figures(page, form, one, row, say)
    row = _write_asked(page, one, row, say)
    for column, title in (
        (_LABEL, say(message("Fyll ut"))),
        (_ANSWER, say(message("Svar"))),
        (_BEFORE, before_title(form, say)),
    ):
        page.write(row, column, title, Role.HEADING)
    page.height(row, [(before_title(form, say), _BEFORE, _BEFORE, Role.HEADING)])
    chosen: dict[Answer, list[tuple[int, int]]] = {}
    for question in (question for question in QUESTIONS if question.id in one.base):
        row += 1
        _write_question(page, form, one, row, question, say)
        chosen.setdefault(question.answer, []).append((row, _ANSWER))
    for question in (question for question in QUESTIONS if question.answer in {Answer.COMPLETION, Answer.PHASE}):
        if question.answer in chosen:
            choices = choices_for(form.header.period)[question.answer]
            page.choices(chosen[question.answer], choices, say(question.title), say(question.hint))
    page.settle(
        footer=f"{one.project.name} · {say(message('Status til {period}', period=form.header.period))}", last=row
    )


def _write_head(page: Page, form: Form, one: FormProject, say: Say) -> int:
    project = one.project
    code = None if project.code is None else say(message("Prosjekt {code}", code=project.code))
    for row, text, role in (
        (2, project.name, Role.TITLE),
        (3, about(form, say, code, project.service_area), Role.META),
        (4, guide(form, say), Role.GUIDE),
    ):
        page.write(row, _LABEL, text, role, to=_BEFORE)
        page.height(row, [(text, _LABEL, _BEFORE, role)])
    return 6


def _write_figures(page: Page, form: Form, one: FormProject, row: int, say: Say) -> int:
    """Write the key figures, three beside each other, at the edges of the columns beneath."""
    before = (say(message("Est. ferdig forrige gang")), one.before.get("completion") or "-")
    figures = [
        (title, None if kroner is None else in_thousands(kroner)) for title, kroner in key_figures(form, one, say)
    ]
    shown = [*figures, before]
    for at, (title, value) in enumerate(shown):
        top, column = row + at // 3 * 2, _LABEL + at % 3
        page.write(top, column, title, Role.FIGURE_TITLE)
        page.write(top + 1, column, "-" if value is None else value, Role.FIGURE)
        page.sheet.cell(top + 1, column).number_format = "#,##0"
        page.height(top, [(title, column, column, Role.FIGURE_TITLE)])
        page.height(top + 1, [("1", column, column, Role.FIGURE)], least=20)
    return row + 5


def _write_asked(page: Page, one: FormProject, row: int, say: Say) -> int:
    if not one.asked:
        return row
    page.write(row, _LABEL, say(message("Må forklares eller bekreftes")), Role.HEADING, to=_BEFORE)
    for asked in one.asked:
        row += 1
        text = say(asked)
        page.write(row, _LABEL, text, Role.ASKED, to=_BEFORE)
        page.height(row, [(text, _LABEL, _BEFORE, Role.ASKED)])
    return row + 2


def _write_question(page: Page, form: Form, one: FormProject, row: int, question: Question, say: Say) -> None:  # noqa: PLR0913, PLR0917  a question on a sheet of a form
    title, hint = say(question.title), say(question.hint)
    mark = Mark(form=short_id(form.header.id), project=one.project.id, question=question.id)
    page.mark(row, 1, mark)
    page.label(row, _LABEL, title, hint)
    base, before = one.base[question.id], shortened(page, one.before.get(question.id, ""), _BEFORE)
    page.answer(row, _ANSWER, value_of(question, base), FORMATS[question.answer])
    page.write(row, _BEFORE, before or None, Role.BEFORE)
    least = {"text": _TEXT_HEIGHT, "explanation": _EXPLANATION_HEIGHT}.get(question.id, 0)
    texts = [
        (base, _ANSWER, _ANSWER, Role.ANSWER),
        (before, _BEFORE, _BEFORE, Role.BEFORE),
    ]
    page.height(row, texts, least=max(least, page.label_height(_LABEL, title, hint)))


def shortened(page: Page, text: str, column: int) -> str:
    """Return so much of what was reported last as a row can show; what is left out is seen to be."""
    while text and not page.fits(text, column, Role.BEFORE):
        text = text.removesuffix(_CUT)[: -max(len(text) // 20, 5)].rstrip() + _CUT
    return text
