"""Take the pictures of the program: `python docs/pictures.py`, or only the guide's: `python docs/pictures.py guide`.

Those in this folder are every page on the example, light and dark; those of the guide, in resources/guide/pictures, are
smaller and light. Must not need a screen, nor a portfolio that is not the example.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Who takes the pictures is nobody's business.
os.environ["LOGNAME"] = "Ola Eksempel"
# The screenless platform complains of itself.
os.environ["QT_LOGGING_RULES"] = "default.warning=false"
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from PySide6.QtTest import QTest  # noqa: E402

from tests.arrivals import arrive, hand_out, write_in  # noqa: E402
from tracker.kinds import StatusState  # noqa: E402
from tracker.packages import recipients  # noqa: E402
from tracker.periods import Part, Period  # noqa: E402
from ui import app  # noqa: E402  Qt reads the environment when it is imported
from ui.commands.run import run  # noqa: E402
from ui.kept_hubs import KeptHub, fetched, keep_hub  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.packing import Made  # noqa: E402

_WIDTH, _HEIGHT = 1400, 900
_GUIDE_WIDTH, _GUIDE_HEIGHT = 1280, 720
_GUIDE_PICTURES = HERE.parent / "resources" / "guide" / "pictures"
_PLAIN_PAGES = ("period", "control", "budget", "ledger", "year-end")
_CHOSEN_ROW = 6
_UNSENT = 4
_DRAWN = 1500  # ms, until the drawing has begun
_WRITTEN_THERE = "Grunnarbeidene ble ferdige i april."
_WRITTEN_HERE = "Entreprenøren varsler to ukers forsinkelse."
_COLOURS, _COMMONEST, _SHADE = 256, 64, 0xFFE0E0E0


def main(wanted: list[str]) -> int:
    """Make the example aside, and take its pictures."""
    application = app.make_application()
    from ui import theme

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Eksempel.tertial"
        run(["demo", str(file)])
        looks = (("light", theme.LIGHT), ("dark", theme.DARK))
        window = opened(file, width=_WIDTH, height=_HEIGHT)
        for name, turn in pages(window) if "guide" not in wanted else ():
            turn()
            for look_name, look in looks:
                theme.dress(application, look)
                settle(window)
                take(window, HERE / f"{name}-{look_name}.png")
        window.close()
        theme.dress(application, theme.LIGHT)
        copy = Path(folder) / "Portefølje.tertial"
        run(["demo", str(copy)])
        window = opened(copy, width=_GUIDE_WIDTH, height=_GUIDE_HEIGHT)
        for name, shown in guide_pages(window):
            settle(shown)
            take(shown, _GUIDE_PICTURES / f"{name}.png")
        window.close()
    return 0


def opened(file: Path, *, width: int, height: int) -> MainWindow:
    """Open a window on a file."""
    from ui.settings import Settings

    settings = Settings(file.parent / "innstillinger.ini")
    settings.who = "Kari Nordmann"
    window = app.make_window([file], settings=settings)
    # What goes wrong here ends it: nobody is there to close the dialog that tells of a bug.
    sys.excepthook = sys.__excepthook__
    window.resize(width, height)
    window.show()
    return window


def settle(window: MainWindow) -> None:
    """Let a window be laid out, and what it works on beside be done."""
    window.desk.jobs.wait()
    for _ in range(4):  # what one round makes is laid out in the next
        QTest.qWait(1)


def guide_pages(window: MainWindow) -> Iterator[tuple[str, MainWindow]]:
    """Yield the pictures of the guide: their names, and the window that shows what they are of."""
    window.show_overview()
    yield "overview", window
    window.show_projects()
    yield "projects", window
    window.open_project(window.projects.model.keys()[_CHOSEN_ROW])
    yield "project", window
    for name in _PLAIN_PAGES:
        window.show_page(name)
        yield name, window
    show_report(window)
    yield "report", window
    made = hand_out_packages(window)
    package = opened(made[0].path, width=_GUIDE_WIDTH, height=_GUIDE_HEIGHT)
    package.show_projects()
    package.open_project(package.projects.model.keys()[0])
    yield "package", package
    package.close()
    window.show_page("packages")
    yield "packages", window
    arrive(window, *made)
    yield "incoming", window
    window.desk.session.turn_to(Period(2023, Part.YEAR))
    window.show_page("statement")
    yield "statement", window
    show_texts(window)
    yield "text-check", window
    show_hub(window)
    yield "hub", window


def pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return the pages by the names of their pictures."""
    yield "overview", window.show_overview
    yield "projects", window.show_projects
    yield "project", lambda: window.open_project(window.projects.model.keys()[_CHOSEN_ROW])
    yield "control", lambda: show_texts(window)
    yield "report", lambda: show_report(window)
    yield "packages", lambda: window.show_page("packages")
    yield "incoming", lambda: show_incoming(window)
    yield "welcome", window.welcome


def show_texts(window: MainWindow) -> None:
    """Show what is found in the texts of the annual report."""
    window.desk.session.turn_to(Period(2023, Part.YEAR))
    window.show_page("control")
    kinds = window.more("control").kind
    kinds.setCurrentIndex(kinds.count() - 1)


def show_report(window: MainWindow) -> None:
    """Show the report's pages, once they are drawn."""
    window.show_page("report")
    QTest.qWait(_DRAWN)
    window.desk.jobs.wait()


def hand_out_packages(window: MainWindow) -> list[Made]:
    """Make two packages as the controller, write in them as their project managers, and in one text here."""
    session, path = window.desk.session, window.desk.session.path
    if path is None:
        return []
    drafts = [one for one in session.portfolio.statuses.values() if one.period == session.period]
    drafts = [one for one in drafts if one.state is StatusState.DRAFT and one.text]
    made = []
    for recipient in recipients(session.portfolio)[:2]:
        one = hand_out(window, path.parent, recipient.projects, recipient.name)
        theirs = [status for status in drafts if status.project in recipient.projects]
        write_in(window, one, {status.project: f"{status.text} {_WRITTEN_THERE}" for status in theirs})
        made.append(one)
    first = next(status for status in drafts if status.project in made[0].sent.projects)
    window.open_project(first.project)
    window.project.fields.texts["text"].text.setPlainText(f"{first.text} {_WRITTEN_HERE}")
    window.finish()
    return made


def show_hub(window: MainWindow) -> None:
    """Show the page of a hub that was asked yesterday; no server is needed for that."""
    session = window.desk.session
    entries = [entry.id for entry in session.opened().journal()]
    told = "kari@hub.kommune.no/tertial"
    hub = KeptHub(portfolio=entries[0], address=f"postgresql://{told}", told=told, until=entries[-_UNSENT])
    asked = fetched(hub, at=datetime.now(UTC) - timedelta(days=1), until=hub.until, unread=["", " "])
    keep_hub(window.desk.settings.kept, replace(asked, sent_at=asked.asked_at))
    session.changed.emit()
    window.show_page("hub")


def show_incoming(window: MainWindow) -> None:
    """Show what two packages bring, a collision opened, in the period that is being written."""
    session = window.desk.session
    session.turn_to(max(session.portfolio.periods()))
    arrive(window, *hand_out_packages(window))


def take(window: MainWindow, path: Path) -> None:
    """Write the window's picture, small."""
    from PySide6.QtGui import QImage

    taken = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    taken.convertToFormat(QImage.Format.Format_Indexed8, chosen_colours(taken.constBits())).save(str(path))


def chosen_colours(pixels: memoryview) -> list[int]:
    """Return 256 colours that do for a ledger: the commonest, and one for every other shade.

    With them a picture is less than half as large, and every clone carries it.
    """
    counted = Counter(memoryview(pixels).cast("B").cast("I")).most_common()
    colours = dict.fromkeys(colour for colour, _ in counted[:_COMMONEST])
    shades = {colour & _SHADE: colour for colour, _ in reversed(counted)}
    colours.update(dict.fromkeys(shades[colour & _SHADE] for colour, _ in counted))
    return list(colours)[:_COLOURS]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
