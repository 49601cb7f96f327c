"""The first sheet of a form with several: the projects, where they are, and how much is asked about each.

Must not know how a project's sheet looks.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from db.form.look import Role
from db.form.page import Page, Shared
from db.form.words import about, guide, title_of
from tracker.forms.form import Form
from tracker.messages import message
from tracker.model import ProjectId
from tracker.report.content import Say

_WIDTHS = (330.0, 220.0, 220.0)
_LAST = 4
_HEADER = 6


def write_contents(
    workbook: Workbook,
    form: Form,
    named: Mapping[ProjectId, str],
    shared: Shared,
    *,
    say: Say,
) -> set[str]:
    """Write the sheet. Returns what was printed on it."""
    page = Page(workbook.create_sheet(say(message("Oversikt"))), _WIDTHS, shared)
    for row, text, role in (
        (2, say(title_of(form)), Role.TITLE),
        (3, about(form, say), Role.META),
        (4, guide(form, say), Role.GUIDE),
    ):
        page.write(row, 2, text, role, to=_LAST)
        page.height(row, [(text, 2, _LAST, role)])
    titles = message("Prosjekt"), message("Tjenesteområde"), message("Må forklares eller bekreftes")
    for column, title in enumerate(titles, start=2):
        page.write(_HEADER, column, say(title), Role.HEADING)
    for row, one in enumerate(form.projects, start=_HEADER + 1):
        sheet = named[one.project.id].replace("'", "''")
        count = len(one.asked)
        told = say(message("{count} {count:punkt|punkter}", count=count)) if count else "-"
        for column, text in enumerate((one.project.name, one.project.service_area or "-", told), start=2):
            page.write(row, column, text, Role.CELL)
        page.link(row, 2, f"'{sheet}'!B2")
        page.height(row, [(one.project.name, 2, 2, Role.CELL), (one.project.service_area or "", 3, 3, Role.CELL)])
    page.settle(footer=say(title_of(form)), repeated=f"{_HEADER}:{_HEADER}", frozen=f"A{_HEADER + 1}")
    return page.printed
