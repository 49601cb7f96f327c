"""What a form asks of a project: each question with its field, how it is answered, and what stood there.

Must not know a sheet or a cell. A deviation by cause is four questions and one field: its parts go together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tracker.fields import FIELD
from tracker.kinds import ProjectKind
from tracker.messages import Message, message
from tracker.model import DeviationSplit, Project, Status
from tracker.periods import Part, Period
from tracker.typed import CAUSES, read_amount, write_amount

_SPLIT = "split"


class Answer(Enum):
    """What an answer is; decides the look of its cell and what a number or a date in it means."""

    TEXT = "text"
    COMPLETION = "completion"
    PHASE = "phase"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that a form asks: its id, the field of the status that it is or is a part of, and how it is asked.

    `on_list` says whether a list of many projects has room for it.
    """

    id: str
    field: str
    title: Message
    hint: Message
    answer: Answer
    on_list: bool = True

    @property
    def cause(self) -> str | None:
        """Which part of a deviation by cause it asks for; None for a field of its own."""
        return self.id.partition(".")[2] or None

    def read(self, typed: str) -> Any:  # noqa: ANN401  as the fields' own
        """Read an answer.

        Raises Refusal when it can't be read.
        """
        return FIELD[self.field].read(typed) if self.cause is None else read_amount(typed)

    def written(self, status: Status | None) -> str:
        """Return what a status says of it, as it is typed; nothing for no status."""
        if status is None:
            return ""
        value = getattr(status, self.field)
        if self.cause is None:
            return FIELD[self.field].write(value)
        return "" if value is None else write_amount(getattr(value, self.cause) or None)


_AMOUNT = message("I 1000 kroner: 12 500 er 12,5 mill.")
_PART = message("Pluss: brukt mindre. Minus: brukt mer.")

QUESTIONS: tuple[Question, ...] = (
    Question(
        id="text",
        field="text",
        title=FIELD["text"].title,
        hint=message("Økonomi og aktivitet, og framdrift mot planen."),
        answer=Answer.TEXT,
    ),
    Question(
        id="explanation",
        field="explanation",
        title=FIELD["explanation"].title,
        hint=message("Hvorfor årets avvik oppsto, til rapporten."),
        answer=Answer.TEXT,
    ),
    Question(
        id="completion",
        field="completion",
        title=FIELD["completion"].title,
        hint=message("For eksempel 4K-2025, Ferdig eller LØPENDE."),
        answer=Answer.COMPLETION,
    ),
    Question(
        id="phase",
        field="phase",
        title=FIELD["phase"].title,
        hint=message("Velg fra listen."),
        answer=Answer.PHASE,
    ),
    Question(
        id="year_end_forecast",
        field="year_end_forecast",
        title=FIELD["year_end_forecast"].title,
        hint=_AMOUNT,
        answer=Answer.AMOUNT,
    ),
    Question(
        id="final_cost_forecast",
        field="final_cost_forecast",
        title=FIELD["final_cost_forecast"].title,
        hint=_AMOUNT,
        answer=Answer.AMOUNT,
    ),
    Question(
        id="contingency_left",
        field="contingency_left",
        title=FIELD["contingency_left"].title,
        hint=_AMOUNT,
        answer=Answer.AMOUNT,
        on_list=False,
    ),
    *(
        Question(
            id=f"{_SPLIT}.{cause}",
            field=_SPLIT,
            title=message("Avvik: {cause}", cause=title),
            hint=_PART,
            answer=Answer.AMOUNT,
            on_list=False,
        )
        for cause, title in CAUSES.items()
    ),
)
QUESTION: Mapping[str, Question] = {question.id: question for question in QUESTIONS}
_OF_TOTALS = frozenset({"final_cost_forecast", "contingency_left"})


def questions_for(project: Project, period: Period, *, is_list: bool) -> Iterator[Question]:
    """Yield what is asked of a project: of a programme nothing about a total, at year's end no forecast of the year."""
    for question in QUESTIONS:
        is_of_year = question.id == "year_end_forecast" and period.part is Part.YEAR
        is_of_total = question.id in _OF_TOTALS and project.kind is ProjectKind.PROGRAMME
        if not is_of_year and not is_of_total and (question.on_list or not is_list):
            yield question


def split_of(parts: Mapping[str, int | None]) -> DeviationSplit | None:
    """Return a deviation by cause from what was answered of each; none when every cause has nothing."""
    found = {QUESTION[part].cause or part: amount for part, amount in parts.items() if amount}
    return DeviationSplit(**found) if found else None


def split_as_typed(parts: Mapping[str, str]) -> str:
    """Return a deviation by cause as one field is typed: `Periodisering 500; Kostnad 300`."""
    named = ((CAUSES[QUESTION[part].cause or part].text, typed.strip()) for part, typed in parts.items())
    return "; ".join(f"{title} {typed}" for title, typed in named if typed)
