"""Makes the forms of a period and writes them to a folder: one workbook for each who answers for projects.

Must not know how a form looks, nor who asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.form.write import write_form
from db.trouble import known_trouble
from tracker.forms.form import Form, FormHeader, build_form, open_projects
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.report.content import Say

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What all forms of one sending have in common.

    `portfolio` is the id of the journal's first entry, `known` what the merge needs to know of the file, `return_to`
    whom the form is sent back to.
    """

    portfolio: str
    period: Period
    made_by: str
    made_at: datetime
    program: str
    return_to: str
    new_id: Callable[[], str]
    known: str = ""
    is_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that was written: which, and where."""

    form: Form
    path: Path


def write_forms(
    portfolio: Portfolio,
    sending: Sending,
    folder: Path,
    *,
    responsible: Collection[str] = (),
    say: Say,
) -> list[Sent]:
    """Write a form for each person, or for those that are named; none is written over a file that is there.

    Raises Refusal when the period is locked, there is nothing to fill in, a name is nobody's or a file is in the way;
    Trouble when the folder can't be written.
    """
    forms = [
        build_form(portfolio, _header(sending, person), projects, is_list=sending.is_list, return_to=sending.return_to)
        for person, projects in open_projects(portfolio, sending.period).items()
        if not responsible or person.casefold() in {name.strip().casefold() for name in responsible}
    ]
    _refuse_unknown(responsible, forms, sending.period)
    placed = [Sent(form=form, path=folder / _file_name(form, say)) for form in forms]
    taken = [one.path.name for one in placed if one.path.exists()]
    if taken:
        raise Refusal(
            message(
                "{file} finnes fra før i {folder}, og kan være fylt ut: velg en annen mappe.",
                file=taken[0],
                folder=folder.name,
            )
        )
    with known_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for one in placed:
        write_form(one.form, one.path, say=say)
    return placed


def _header(sending: Sending, person: str) -> FormHeader:
    return FormHeader(
        id=sending.new_id(),
        portfolio=sending.portfolio,
        period=sending.period,
        made_for=person,
        made_by=sending.made_by,
        made_at=sending.made_at,
        program=sending.program,
        known=sending.known,
    )


def _refuse_unknown(responsible: Collection[str], forms: Collection[Form], period: Period) -> None:
    known = {form.header.made_for.casefold() for form in forms}
    for name in responsible:
        if name.strip().casefold() not in known:
            raise Refusal(
                message(
                    "{name} har ingen statuser igjen å fylle ut for {period}: kontroller navnet.",
                    name=name,
                    period=period,
                )
            )


def _file_name(form: Form, say: Say) -> str:
    """Return a name that says whose it is and what it is for, and that every system takes."""
    who = form.header.made_for or say(message("uten ansvarlig"))
    name = _NOT_IN_NAMES.sub(" ", f"Statusskjema {form.header.period} {who}")
    return f"{' '.join(name.split())[:_LONGEST_NAME].rstrip(' .')}.xlsx"
