"""Sending a package back: the mail's text is copied, and the folder of the file is opened.

Must not send anything: that is the mail program's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tracker.messages import message
from tracker.package_about import about_package, mail_back, not_submitted
from ui.desk import Desk


def send_back(desk: Desk, tell: Callable[[str], None]) -> None:
    """Copy the mail and open the folder; what isn't submitted is asked about first."""
    session = desk.session
    about, path, period = about_package(session.portfolio), session.path, session.period
    if about is None or path is None or period is None:
        return
    left = not_submitted(session.portfolio, period)
    if left and not desk.ask.confirm(
        desk.say(message("{count} {count:status|statuser} er ikke levert. Sende filen tilbake likevel?", count=left)),
        desk.say(message("Send tilbake")),
    ):
        return
    QGuiApplication.clipboard().setText(desk.say(mail_back(about, period, file=path.name, who=session.who)))
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
    tell(desk.say(message("Teksten til e-posten er kopiert. Legg ved {file} fra mappen som er åpnet.", file=path.name)))
