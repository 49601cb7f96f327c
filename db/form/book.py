"""The sheets of a form put together with openpyxl, and with them the hidden one that the reader needs.

Must not know how a sheet looks. Imported late: openpyxl takes its time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from db.fixed_zip import FixedZip
from db.form.contents import write_contents
from db.form.hidden import write_hidden
from db.form.list_sheet import list_widths, write_list
from db.form.page import Page, Shared
from db.form.project_sheet import WIDTHS, write_project
from db.form.words import title_of
from db.report_cells import language_tag, printable
from db.workbook.sheet_styles import set_default_font
from db.workbook.sheet_writer import sheet_name
from tracker.forms.form import Form
from tracker.messages import message
from tracker.model import ProjectId
from tracker.report.content import Say

HIDDEN_SHEET = "_tertial"


def write_book(form: Form, path: Path, *, say: Say) -> None:
    """Write a form, over the file at the path."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    set_default_font(workbook)
    _set_properties(workbook, form, say)
    printed = _write_list(workbook, form, say) if form.is_list else _write_projects(workbook, form, say)
    write_hidden(workbook.create_sheet(HIDDEN_SHEET), form, printed, say=say)
    with FixedZip(path) as archive:
        ExcelWriter(workbook, archive).write_data()


def _write_list(workbook: Workbook, form: Form, say: Say) -> set[str]:
    page = Page(workbook.create_sheet(say(message("Prosjekter"))), list_widths(form, say), Shared())
    write_list(page, form, say=say)
    return page.printed


def _write_projects(workbook: Workbook, form: Form, say: Say) -> set[str]:
    shared, printed, named = Shared(), set[str](), _sheet_names(form, say)
    if len(form.projects) > 1:
        printed |= write_contents(workbook, form, named, shared, say=say)
    for one in form.projects:
        page = Page(workbook.create_sheet(named[one.project.id]), WIDTHS, shared)
        write_project(page, form, one, say=say)
        printed |= page.printed
    return printed


def _sheet_names(form: Form, say: Say) -> Mapping[ProjectId, str]:
    named: dict[ProjectId, str] = {}
    for one in form.projects:
        taken = [say(message("Oversikt")), HIDDEN_SHEET, *named.values()]
        named[one.project.id] = sheet_name(one.project.name, taken=taken)
    return named


def _set_properties(workbook: Workbook, form: Form, say: Say) -> None:
    properties = workbook.properties
    properties.title = printable(say(title_of(form)))
    properties.creator = properties.lastModifiedBy = printable(form.header.made_by) or "Tertial"
    properties.language = language_tag(say)
    # The form's own time: another would make two writings of one form differ.
    properties.created = properties.modified = form.header.made_at.replace(tzinfo=None)
