"""Reads a form that came back, in whatever state: exactly what was filled in, and a problem for all that is in doubt.

Must not know a file. A wrong value on a wrong project is worse than none: what could be that is not taken in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.forms.cells import FormSheet, cell_name, folded, typed_in
from tracker.forms.enclosed import Enclosed, enclosed_in
from tracker.forms.finding import Found, Key, Marked, marked
from tracker.forms.marks import PREFIX, mark_of, short_id
from tracker.forms.questions import QUESTION, QUESTIONS, Answer, Question, split_as_typed, split_of
from tracker.forms.returned import FormEntry, FormPlace, FormProblem, FormReturn
from tracker.forms.straying import strays
from tracker.messages import Message, Refusal, message
from tracker.model import ProjectId
from tracker.money import MILLION

_TIMES_TOO_LARGE = 200
_TOO_LARGE = 1_000 * MILLION
"""An amount that is no forecast of a project without a budget."""
_LONG_ENOUGH = 30
"""Letters of a text that two projects don't have in common by chance."""


def read_sheets(file: str, sheets: Sequence[FormSheet]) -> FormReturn:
    """Read the sheets of a form.

    Raises Refusal when they are no form, or one that can't be read with certainty.
    """
    enclosed = enclosed_in(str(raw) for sheet in sheets for raw in sheet.cells.values() if _is_ours(raw))
    if enclosed is None:
        raise _refused(file, sheets)
    made = [marked(sheet, enclosed, form=short_id(enclosed.header.id)) for sheet in sheets]
    reading = _Reading(file, enclosed)
    for one in made:
        reading.refuse_marks(one)
    by_key: dict[Key, list[Found]] = {}
    for one in made:
        for found in one.found:
            by_key.setdefault(found.key, []).append(found)
    reading.read(by_key)
    reading.miss(by_key, {project for one in made for project in _in_doubt(one)})
    for one in made:
        reading.problems += strays(file, one, enclosed.printed)
    return FormReturn(header=enclosed.header, entries=tuple(reading.entries), problems=tuple(reading.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An answer that was read: as typed, its value, whether it differs from what stood there, and where it stands."""

    typed: str
    value: Any
    is_new: bool
    place: FormPlace


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    file: str
    enclosed: Enclosed
    entries: list[FormEntry] = field(default_factory=list)
    problems: list[FormProblem] = field(default_factory=list)

    def refuse_marks(self, made: Marked) -> None:
        """Tell what is wrong with a sheet's marks."""
        for at, reason in sorted(made.refused.items()):
            self._tell(FormPlace(file=self.file, sheet=made.sheet.name, cell=cell_name(at)), reason)
        if made.foreign:
            place = FormPlace(file=self.file, sheet=made.sheet.name)
            self._tell(
                place, message("Noe her hører til et annet skjema, så det er ikke lest: hent inn det skjemaet for seg.")
            )

    def read(self, by_key: Mapping[Key, Sequence[Found]]) -> None:
        """Read every answer, in the order of the form."""
        for project, base in self.enclosed.base.items():
            parts: dict[str, _Read | None] = {}
            for question in (one for one in QUESTIONS if one.id in base):
                places = by_key.get((project, question.id), ())
                if not places:
                    continue
                answer = self._agreed(project, question, places)
                if question.cause is not None:
                    parts[question.id] = answer
                elif answer is not None and answer.is_new:
                    self._enter(project, question.field, base[question.id], answer.typed, answer.value, answer.place)
            self._enter_split(project, parts)

    def miss(self, by_key: Mapping[Key, Sequence[Found]], doubted: Collection[str]) -> None:
        """Tell what is gone from the form; nothing was read for it."""
        for project, base in self.enclosed.base.items():
            gone = [question for question in base if (project, question) not in by_key]
            if not gone or project in doubted:
                continue
            name, place = self.enclosed.names.get(project, project), FormPlace(file=self.file)
            if len(gone) == len(base):
                self._tell(
                    place, message("«{project}» er tatt ut av skjemaet, så ingenting er lest for det.", project=name)
                )
            for question in gone if len(gone) < len(base) else ():
                told = message(
                    "Feltet «{field}» for «{project}» er tatt ut av skjemaet.",
                    field=QUESTION[question].title,
                    project=name,
                )
                self._tell(place, told)

    def _agreed(self, project: ProjectId, question: Question, places: Sequence[Found]) -> _Read | None:
        """Read an answer that may stand in several places; None, and a problem, when they disagree."""
        answers = [self._answer(project, question, found) for found in places]
        read = [answer for answer in answers if answer is not None]
        if len(read) < len(answers) or not read:
            return None
        first, *others = read
        other = next((one for one in others if one.value != first.value), None)
        if other is None:
            return first
        self._tell(
            other.place,
            message(
                "«{project}» står to ganger, med ulikt svar i «{field}»: det andre er i ark «{sheet}», celle {cell}. "
                "Ingen av dem er lest.",
                project=self.enclosed.names.get(project, project),
                field=question.title,
                sheet=first.place.sheet,
                cell=first.place.cell,
            ),
        )
        return None

    def _answer(self, project: ProjectId, question: Question, found: Found) -> _Read | None:
        place = FormPlace(file=self.file, sheet=found.sheet.name, cell=cell_name(found.at))
        base = self.enclosed.base[project][question.id]
        try:
            _refuse_lost(found, base)
            typed = typed_in(found.raw, question.answer)
            if folded(typed) == folded(base):
                return _Read(typed=base, value=_value(question, base), is_new=False, place=place)
            value = question.read(typed)
            self._refuse_unlikely(project, question, typed, value)
        except Refusal as refusal:
            self._tell(place, refusal.reason)
            return None
        return _Read(typed=typed, value=value, is_new=value != _value(question, base), place=place)

    def _refuse_unlikely(self, project: ProjectId, question: Question, typed: str, value: object) -> None:
        """Refuse kroner where thousands are asked for, and a text that stood at another project."""
        most = _TIMES_TOO_LARGE * self.enclosed.sizes.get(project, 0) or _TOO_LARGE
        if question.answer is Answer.AMOUNT and isinstance(value, int) and abs(value) > most:
            raise Refusal(
                message(
                    "«{typed}» er lest som {amount:mill}, mye mer enn prosjektets ramme: beløp skrives i 1000 kroner.",
                    typed=typed,
                    amount=value,
                )
            )
        if question.answer is not Answer.TEXT or len(folded(typed)) < _LONG_ENOUGH:
            return
        for other, base in self.enclosed.base.items():
            if other != project and folded(base.get(question.id, "")) == folded(typed):
                raise Refusal(
                    message(
                        "Teksten er den som sto for «{other}»: kontroller at radene ikke er forskjøvet. Stemmer den, "
                        "skriver du den inn selv.",
                        other=self.enclosed.names.get(other, other),
                    )
                )

    def _enter_split(self, project: ProjectId, parts: Mapping[str, _Read | None]) -> None:
        """Enter a deviation by cause, whose parts are one field; one part that can't be read holds all of it back."""
        read = {part: answer for part, answer in parts.items() if answer is not None}
        if len(read) < len(parts) or not any(answer.is_new for answer in read.values()):
            return
        stood = self.enclosed.base[project]
        base = {one.id: stood[one.id] for one in QUESTIONS if one.cause is not None and one.id in stood}
        typed = {part: read[part].typed if part in read else text for part, text in base.items()}
        values = {part: read[part].value if part in read else QUESTION[part].read(text) for part, text in base.items()}
        place = next(answer.place for answer in read.values() if answer.is_new)
        self._enter(project, "split", split_as_typed(base), split_as_typed(typed), split_of(values), place)

    def _enter(self, project: ProjectId, name: str, base: str, typed: str, value: object, place: FormPlace) -> None:  # noqa: PLR0913, PLR0917  an entry's parts
        self.entries.append(FormEntry(project=project, field=name, base=base, typed=typed, value=value, place=place))

    def _tell(self, place: FormPlace, reason: Message) -> None:
        self.problems.append(FormProblem(place=place, reason=reason))


def _value(question: Question, base: str) -> object:
    """Read what stood there; words for a completion that nobody could read are what they are."""
    try:
        return question.read(base)
    except Refusal:
        return base


def _refuse_lost(found: Found, base: str) -> None:
    """Refuse a cell whose content may be gone without anybody having meant it."""
    if found.at in found.sheet.unsolved:
        raise Refusal(
            message("Cellen har en formel uten svar: åpne skjemaet i Excel og lagre det, eller skriv inn svaret.")
        )
    if base and found.raw is None and not found.sheet.is_exact:
        raise Refusal(
            message("Svaret er borte, og i dette filformatet kan det skyldes en feil: lagre skjemaet som xlsx.")
        )
    if found.covered and (base or found.raw is not None):
        raise Refusal(
            message(
                "Cellen er slått sammen med {cell}, så svaret er ikke lest: del cellene opp igjen.", cell=found.covered
            )
        )


def _in_doubt(made: Marked) -> Iterator[str]:
    """Yield the projects of rows that were not trusted: they are not gone."""
    for at in made.unread:
        raw = made.sheet.cells.get(at)
        mark = mark_of(raw) if isinstance(raw, str) else None
        if mark is not None and mark.project:
            yield mark.project


def _is_ours(raw: object) -> bool:
    return isinstance(raw, str) and raw.lstrip().startswith(PREFIX)


def _refused(file: str, sheets: Iterable[FormSheet]) -> Refusal:
    if any(_is_ours(raw) for sheet in sheets for raw in sheet.cells.values()):
        return Refusal(
            message(
                "Det skjulte arket som hører til skjemaet, er borte fra {file}, så det kan ikke leses trygt: be om at "
                "svarene skrives i filen som ble sendt ut.",
                file=file,
            )
        )
    return Refusal(message("{file} er ikke et skjema fra Tertial.", file=file))
