"""Take the pictures in this folder: every page on the example, light and dark. `python docs/pictures.py`.

Must not need a screen, nor a portfolio that is not the example.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
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
from ui.main_window import MainWindow  # noqa: E402
from ui.packing import Made  # noqa: E402

_WIDTH, _HEIGHT = 1400, 900
_CHOSEN_ROW = 6
_DRAWN = 1500  # ms, until the drawing has begun
_WRITTEN_THERE = "Grunnarbeidene ble ferdige i april."
_WRITTEN_HERE = "Entreprenøren varsler to ukers forsinkelse."
_COLOURS, _COMMONEST, _SHADE = 256, 64, 0xFFE0E0E0


def main() -> int:
    """Make the example aside, and take its pictures in both looks."""
    application = app.make_application()
    from ui import theme
    from ui.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Eksempel.tertial"
        run(["demo", str(file)])
        settings = Settings(Path(folder) / "innstillinger.ini")
        settings.who = "Kari Nordmann"
        window = app.make_window([file], settings=settings)
        window.resize(_WIDTH, _HEIGHT)
        window.show()
        for name, turn in pages(window):
            turn()
            for look_name, look in (("light", theme.LIGHT), ("dark", theme.DARK)):
                theme.dress(application, look)
                application.processEvents()
                application.processEvents()  # once more: what the first round made is laid out in the second
                take(window, HERE / f"{name}-{look_name}.png")
        window.close()
    return 0


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


def show_incoming(window: MainWindow) -> None:
    """Show what two packages bring, a collision opened."""
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
    sys.exit(main())
