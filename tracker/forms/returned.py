"""What came back in a form: the answers that differ from what stood there, and what could not be taken in, with place.

Must not know how a form is read, nor what the portfolio says today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.forms.form import FormHeader
from tracker.messages import Message, message
from tracker.model import ProjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlace:
    """Where something stands; without a cell it is of the whole sheet, without a sheet of the whole file."""

    file: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntry:
    """One field that was filled in: what stood there and what stands there now, both as typed, and the value read."""

    project: ProjectId
    field: str
    base: str
    typed: str
    value: Any
    place: FormPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """Something that was not taken in, and why; the rest of the form was."""

    place: FormPlace
    reason: Message

    @property
    def told(self) -> Message:
        """The sentence for the user: the place, and what is wrong there."""
        if self.place.cell:
            return message(
                "Ark «{sheet}», celle {cell}: {reason}",
                sheet=self.place.sheet,
                cell=self.place.cell,
                reason=self.reason,
            )
        if self.place.sheet:
            return message("Ark «{sheet}»: {reason}", sheet=self.place.sheet, reason=self.reason)
        return message("{file}: {reason}", file=self.place.file, reason=self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReturn:
    """A form that came back."""

    header: FormHeader
    entries: tuple[FormEntry, ...]
    problems: tuple[FormProblem, ...] = ()
