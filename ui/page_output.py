"""What is shown, on paper, as PDF, or as a picture.

Must not know how a page is laid out on paper.
"""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from tracker.messages import message
from ui.charts import copy_image, save_image
from ui.charts.chart import Chart
from ui.desk import Desk
from ui.main_window import PROGRAM, MainWindow
from ui.telling import telling
from ui.words import period_title

_PDF = message("PDF (*.pdf)")
_PICTURES = message("Bilder (*.png *.svg)")


class PageOutput:
    """What the menus do with the page that is shown."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self.desk, self._window = desk, window

    def print_page(self) -> None:
        """Print what is shown, in the system's own dialog."""
        document = self._document()
        if document is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.printing import page_layout, print_pages

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(landscape=self._window.page is self._window.projects))
        if self.desk.ask.print_dialog(QPrintDialog(printer, self._window)):
            print_pages(document, printer)

    def save_pdf(self) -> None:
        """Ask where, and write what is shown as PDF."""
        document = self._document()
        if document is None:
            return
        from ui.printing import write_pdf

        say = self.desk.say
        path = self.desk.ask.file_to_save(say(message("Lagre som PDF")), say(_PDF), f"{self._name()}.pdf")
        if path is None:
            return
        with telling(self.desk, path):
            landscape = self._window.page is self._window.projects
            write_pdf(document, path if path.suffix else path.with_suffix(".pdf"), landscape=landscape)
            self._window.tell(say(message("Skrev {file}", file=path.name)))

    def copy_chart(self) -> None:
        """Copy the picture in focus, else the first on the page."""
        chart = self._chart()
        if chart is not None:
            copy_image(chart)
            self._window.tell(self.desk.say(message("Diagrammet er kopiert")))

    def save_chart(self) -> None:
        """Ask where, and save the picture in focus, else the first on the page."""
        chart, say = self._chart(), self.desk.say
        if chart is None:
            return
        path = self.desk.ask.file_to_save(say(message("Lagre diagrammet")), say(_PICTURES), f"{self._name()}.png")
        if path is None:
            return
        with telling(self.desk, path):
            save_image(chart, path if path.suffix else path.with_suffix(".png"))
            self._window.tell(say(message("Skrev {file}", file=path.name)))

    def _document(self) -> QTextDocument | None:
        from ui.printing import project_document, table_document

        window, view, say = self._window, self.desk.session.view, self.desk.say
        if view.period is None or view.figures is None:
            return None
        if window.page is window.project:
            window.finish()
            view = self.desk.session.view
            shown = window.project.project
            figures = next(entry for entry in view.figures.projects if entry.project.id == shown)  # type: ignore[union-attr]
            flags = [flag for flag in view.flags if flag.project.id == shown]
            lights = () if view.lights is None else view.lights.of(figures).values()
            return project_document(figures, flags, view.period, lights=lights, say=say)  # type: ignore[arg-type]
        window.projects.show_view(view)
        return table_document(
            window.projects.model,
            [section for section in window.projects.table.shown_sections() if section],
            title=self._name(),
            say=say,
        )

    def _name(self) -> str:
        window, session, say = self._window, self.desk.session, self.desk.say
        if window.page is window.project and session.period is not None:
            return f"{window.project.title.text()} {session.period}".replace("/", "-")
        return PROGRAM if session.period is None else say(period_title(session.period))

    def _chart(self) -> Chart | None:
        focused = QApplication.focusWidget()
        page = self._window.page
        charts = [] if page is None else page.findChildren(Chart)
        return next((chart for chart in charts if chart is focused), next(iter(charts), None))
