"""The composition root of the window: makes the application and its parts, and knows them all.

Must not import Qt before it is asked to open, nor do what a part does.
"""

from __future__ import annotations

import gc
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

# PySide's import hook reads the source of whatever is imported after it, which doubles its time: these go first.
import db.store  # noqa: F401
import tracker.checking  # noqa: F401
import ui.words  # noqa: F401
from tracker.messages import Message, message
from ui.commands.console import FINE, NOT_DONE, Console

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.ask import Ask
    from ui.beginning import Beginning
    from ui.main_window import MainWindow
    from ui.settings import Settings

_SIZE = (1400, 900)


def open_window(arguments: list[str]) -> int:
    """Run `tertial [FILE]` until its window is closed. Returns the exit code: 0 fine, 2 not opened."""
    if len(arguments) > 1:
        return _refused(
            message(
                "«{first}» er ingen kommando, og vinduet åpner én fil om gangen: se tertial --help.",
                first=arguments[0],
            )
        )
    try:
        import PySide6.QtWidgets  # noqa: F401  what it lacks is said before anything is made
    except ImportError as error:
        return _refused(
            message(
                "Vinduet kan ikke åpnes, for noe mangler ({what}): installer det, eller bruk kommandoene i "
                "tertial --help.",
                what=str(error),
            )
        )
    from ui.settings import Settings

    # Much is made at the start that lives as long as the program: nothing of it is worth looking through for cycles.
    gc.disable()
    settings = Settings()
    application = make_application(settings)
    beginning = begin([Path(argument) for argument in arguments], settings=settings)
    beginning.show()
    gc.freeze()
    gc.enable()
    application.exec()
    _take_down(application)
    return FINE


def _take_down(application: QApplication) -> None:
    """Destroy the windows, each with all that is in it.

    What is left when Python ends, PySide destroys in the order of addresses, and a widget's parent may then be gone
    before the widget: one exit in four ended in a segmentation fault, after everything was saved.
    """
    import shiboken6

    for window in application.topLevelWidgets():
        if shiboken6.isValid(window) and window.parent() is None:
            shiboken6.delete(window)


def make_application(settings: Settings | None = None) -> QApplication:
    """Make the application, or leave the process with a sentence where Qt would abort for want of a screen."""
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    import resources
    from ui import crash, theme
    from ui.pyside import keep_singletons_alive

    keep_singletons_alive()
    crash.leave_on_fatal(
        lambda: _refused(
            message(
                "Vinduet kan ikke åpnes her, for Qt finner ingen skjerm å vise det på: start Tertial fra et "
                "skrivebord, eller bruk kommandoene i tertial --help."
            )
        )
    )
    QLocale.setDefault(QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway))
    application = QApplication(["tertial"])
    application.setApplicationName("Tertial")
    # By this name a desktop knows which program a window is of (packaging/product.py).
    application.setDesktopFileName("no.tertial.Tertial")
    application.setWindowIcon(QIcon(str(Path(resources.__file__).parent / "icons" / "tertial.svg")))
    theme.dress(application)
    if settings is not None:
        theme.dress_by_name(application, settings.theme)
        theme.scale(application, settings.scale)
    _speak(application, "nb" if settings is None else settings.language)
    # Ctrl+C in the terminal ends the window too: Qt's loop never lets Python see the signal.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return application


def _speak(application: QApplication, language: str) -> None:
    """Have Qt's own buttons and menus speak the language; English is what they were written in."""
    from PySide6.QtCore import QTranslator

    import resources

    translator = QTranslator(application)
    if translator.load(str(Path(resources.__file__).parent / "translations" / f"qt_{language}.qm")):
        application.installTranslator(translator)


def begin(files: list[Path], *, settings: Settings, ask: Ask | None = None) -> Beginning:
    """Return what the program begins with: the window, or what somebody new is asked before it."""
    from PySide6.QtWidgets import QApplication

    from ui.ask import Dialogs
    from ui.beginning import Beginning
    from ui.words import words_in

    def make(given: list[Path]) -> MainWindow:
        application = QApplication.instance()
        if isinstance(application, QApplication) and settings.language != spoken:
            _speak(application, settings.language)
        return make_window(given, settings=settings, ask=ask)

    spoken = settings.language
    return Beginning(files, settings, ask or Dialogs(words_in(spoken)), make)


def make_window(files: list[Path], *, settings: Settings | None = None, ask: Ask | None = None) -> MainWindow:
    """Make the window and what it stands on, with the files opened. Tests bring settings and an `Ask` of their own."""
    from PySide6.QtCore import QSize

    from ui.acts import Acts, Files
    from ui.ask import Dialogs
    from ui.backing_up import BackingUp
    from ui.crash import CrashWatch
    from ui.desk import Desk
    from ui.drafting import Drafting
    from ui.editing import Editing
    from ui.file_opening import FileOpening
    from ui.filing import Filing
    from ui.fitting import fitted
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.menus import add_menus
    from ui.session import Session
    from ui.settings import Role, Settings
    from ui.wiring import connect
    from ui.words import words_in

    settings = settings or Settings()
    say = words_in(settings.language)
    session = Session(who=settings.who)
    session.only_reads = settings.role is Role.READER
    dialogs = Dialogs(say)
    desk = Desk(session=session, ask=ask or dialogs, say=say, settings=settings, jobs=Jobs())
    editing = Editing(desk.session, say)
    filing = Filing(desk)
    backing_up = BackingUp(desk, filing)
    window = MainWindow(desk, editing, today=datetime.now().astimezone().date())
    acts = Acts(desk, window, editing, Files(desk, editing, filing, backing_up))
    dialogs.help_asked = acts.helping.help
    add_menus(window.deeds, acts.by_id())
    drafting = Drafting(desk, editing, folder=settings.data_folder / "drafts")
    watch = CrashWatch(lambda details, logged: desk.ask.tell_of_bug(say(_bug(logged)), details))
    watch.begin()
    for part in (watch, desk.session, desk.jobs, filing, backing_up, drafting):
        part.setParent(window)
    connect(window, acts, drafting)
    if sys.platform == "darwin":
        FileOpening(window, filing.open)
    window.resize(fitted(window, QSize(*_SIZE)))
    if not files:
        window.welcome()
    for file in files:
        filing.open(file)
    trouble = settings.take_trouble()
    if trouble is not None:
        window.tell(say(trouble))
    return window


def _bug(logged: Path | None) -> Message:
    if logged is None:
        return message("Det skjedde en feil i programmet. Porteføljen er uendret: meld fra, og legg ved detaljene.")
    return message(
        "Det skjedde en feil i programmet. Porteføljen er uendret: meld fra, og legg ved detaljene. "
        "De ligger også i {log}.",
        log=str(logged),
    )


def _refused(reason: Message) -> int:
    Console.of_process().progress(reason)
    return NOT_DONE
