"""A list with a row a project, for who answers for many: figures, what stood there last, and the fields.

Must not know how a sheet of one project looks. Every row is marked at both ends, so that it shows when a part of the
list was sorted by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from db.form.answers import FORMATS, choices_for, value_of
from db.form.look import SIGN, Role
from db.form.page import Page
from db.form.project_sheet import shortened
from db.form.words import about, before_title, guide, key_figures, title_of
from tracker.forms.form import Form, FormProject
from tracker.forms.marks import NAME, Mark, short_id
from tracker.forms.questions import QUESTIONS, Answer, Question
from tracker.messages import message
from tracker.money import in_thousands
from tracker.report.content import Say

_NAME_WIDTH, _FIGURE_WIDTH, _ASKED_WIDTH, _BEFORE_WIDTH = 125.0, 54.0, 140.0, 180.0
_ANSWER_WIDTHS = {"text": 270.0, "explanation": 170.0, "phase": 80.0}
_SHORT_WIDTH = 86.0
_HEADER = 6
_ROW_HEIGHT = 54.0
_FIRST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where what stands."""

    questions: tuple[Question, ...]
    figures: int

    @property
    def asked(self) -> int:
        return _FIRST + 1 + self.figures

    @property
    def before(self) -> int:
        return self.asked + 1

    @property
    def last(self) -> int:
        return self.before + len(self.questions)

    def answers(self) -> list[tuple[int, Question]]:
        return list(enumerate(self.questions, start=self.before + 1))


def list_widths(form: Form, say: Say) -> list[float]:
    """Return the widths of the list's columns."""
    columns = _columns(form, say)
    answers = (_ANSWER_WIDTHS.get(question.id, _SHORT_WIDTH) for question in columns.questions)
    return [_NAME_WIDTH, *[_FIGURE_WIDTH] * columns.figures, _ASKED_WIDTH, _BEFORE_WIDTH, *answers]


def write_list(page: Page, form: Form, *, say: Say) -> None:
    """Write the list."""
    columns, form_id = _columns(form, say), short_id(form.header.id)
    page.mark(1, _FIRST, Mark(form=form_id, question=NAME))
    for column, question in columns.answers():
        page.mark(1, column, Mark(form=form_id, question=question.id))
    for row, text, role in (
        (2, say(title_of(form)), Role.TITLE),
        (3, about(form, say), Role.META),
        (4, guide(form, say), Role.GUIDE),
    ):
        page.write(row, _FIRST, text, role, to=columns.last)
        page.height(row, [(text, _FIRST, columns.last, role)])
    _write_header(page, form, columns, say)
    for row, one in enumerate(form.projects, start=_HEADER + 1):
        _write_row(page, form, one, row, columns, say)
    last = _HEADER + len(form.projects)
    for column, question in columns.answers():
        if question.answer in {Answer.COMPLETION, Answer.PHASE}:
            cells = [
                (row, column) for row, one in enumerate(form.projects, start=_HEADER + 1) if question.id in one.base
            ]
            page.choices(
                cells, choices_for(form.header.period)[question.answer], say(question.title), say(question.hint)
            )
    # The hidden ends are in it: they are sorted with the rows.
    page.sheet.auto_filter.ref = f"A{_HEADER}:{get_column_letter(columns.last + 1)}{last}"
    page.hide_column(columns.last + 1)
    page.settle(
        footer=say(title_of(form)),
        repeated=f"{_HEADER}:{_HEADER}",
        frozen=f"{get_column_letter(_FIRST + 1)}{_HEADER + 1}",
    )


def _columns(form: Form, say: Say) -> _Columns:
    asked = {question for one in form.projects for question in one.base}
    questions = tuple(question for question in QUESTIONS if question.id in asked)
    return _Columns(questions=questions, figures=len(list(key_figures(form, form.projects[0], say))))


def _write_header(page: Page, form: Form, columns: _Columns, say: Say) -> None:
    titles = [
        say(message("Prosjekt")),
        *(title for title, _ in key_figures(form, form.projects[0], say)),
        say(message("Må forklares eller bekreftes")),
        before_title(form, say),
    ]
    for column, title in enumerate(titles, start=_FIRST):
        page.write(_HEADER, column, title, Role.HEADING)
    for column, question in columns.answers():
        page.write(_HEADER, column, f"{SIGN} {say(question.title)}", Role.HEADING)
    heads = [*titles, *(f"{SIGN} {say(question.title)}" for question in columns.questions)]
    page.height(_HEADER, [(title, at, at, Role.HEADING) for at, title in enumerate(heads, start=_FIRST)])


def _write_row(page: Page, form: Form, one: FormProject, row: int, columns: _Columns, say: Say) -> None:  # noqa: PLR0913, PLR0917  a row of a form's list
    project = one.project
    mark = Mark(form=short_id(form.header.id), project=project.id)
    page.mark(row, 1, mark)
    page.mark(row, columns.last + 1, mark)
    page.write(row, _FIRST, project.name, Role.CELL)
    for column, (_, kroner) in enumerate(key_figures(form, one, say), start=_FIRST + 1):
        page.write(row, column, "-" if kroner is None else in_thousands(kroner), Role.NUMBER)
        page.sheet.cell(row, column).number_format = "#,##0"
    asked = "\n".join(map(say, one.asked))
    before = shortened(page, one.before.get("text", ""), columns.before)
    page.write(row, columns.asked, asked or None, Role.CELL)
    page.write(row, columns.before, before or None, Role.BEFORE)
    texts = [
        (project.name, _FIRST, _FIRST, Role.CELL),
        (asked, columns.asked, columns.asked, Role.CELL),
        (before, columns.before, columns.before, Role.BEFORE),
    ]
    for column, question in columns.answers():
        base = one.base.get(question.id)
        if base is None:
            page.write(row, column, "-", Role.NUMBER)
            continue
        role = Role.AMOUNT if question.answer is Answer.AMOUNT else Role.ANSWER
        page.answer(row, column, value_of(question, base), FORMATS[question.answer], role=role)
        texts.append((base, column, column, Role.ANSWER))
    page.height(row, texts, least=_ROW_HEIGHT)
