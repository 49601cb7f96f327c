"""The hidden words by which a form's cells are known wherever they are moved: what a row, or a column, is of.

Must not know where a mark stands. A cell is known by its row's mark and its column's: on a sheet of one project the
row names project and question and the column holds the answers; on a list the row names the project and the column
the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from tracker.forms.form import FORMAT

PREFIX = "_tertial:"
"""What no other cell begins with."""
NAME = "@navn"
"""Stands for a question in the mark of the column that the projects' names are in."""
_MARK = re.compile(r"_tertial:(?P<format>[0-9]{1,4}):(?P<form>[0-9a-f]{8}):(?P<project>[^:\s]*):(?P<question>[^:\s]*)")
_SHORT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a row or a column is of, and of which form. A row names a project; a column does not."""

    form: str
    project: str = ""
    question: str = ""
    format: int = FORMAT

    def __str__(self) -> str:
        return f"{PREFIX}{self.format}:{self.form}:{quote(self.project, safe='')}:{quote(self.question, safe='@')}"


def short_id(form: str) -> str:
    """Return the few letters of a form's id that its marks have room for."""
    return form.replace("-", "")[:_SHORT]


def mark_of(text: str) -> Mark | None:
    """Read a mark; None for any other text."""
    found = _MARK.fullmatch(text.strip()) if text.lstrip().startswith(PREFIX) else None
    if found is None:
        return None
    return Mark(
        form=found["form"],
        project=unquote(found["project"]),
        question=unquote(found["question"]),
        format=int(found["format"]),
    )
