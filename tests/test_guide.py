"""The guide says what is so: every menu, key, command, picture and link in it is there, and F1 finds the right page."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.guide_files import GUIDE_FOLDER, load_guide, picture_path
from tests.windows import Open, Script, labels, made_id
from tracker.flags import Limits
from tracker.guide import Guide, Picture, Run, RunKind, Searcher
from tracker.guide.pages import runs_of
from tracker.messages import message
from tracker.periods import parse_period
from ui import theme
from ui.app import make_window
from ui.commands import NAMES
from ui.commands.arguments import build_parser
from ui.commands.run import run
from ui.deeds import Deeds
from ui.help.guide_window import GuideWindow
from ui.help.topics import OF_DEEDS, OF_PAGES
from ui.main_window import MainWindow
from ui.mapping_form import MappingForm
from ui.pages.more import MORE_PAGES
from ui.settings import Settings
from ui.words import words_in

ROOT = Path(__file__).parents[1]
LARGEST_PICTURE = 100_000
LONGEST_PAGE = 2_600
_KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:pil \w+|komma|F\d+|\w)|\bF\d{1,2}\b")
_PERIOD = re.compile(r"\d{4}-(?:T\d|Y)")
_IN_QT = {"pil opp": "Up", "pil ned": "Down", "pil venstre": "Left", "pil høyre": "Right", "komma": ","}
_KEYS_OF_FIELDS = {"F2", "F8"}
_KEYS_OF_THE_GUIDE = {"Alt+Left", "Alt+Right", "Ctrl+F"}


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load_guide()


def said(guide: Guide) -> Iterator[tuple[str, Run]]:
    """Yield every run of the guide with the name of its page."""
    for topic in guide.topics:
        for block in topic.blocks:
            for runs in runs_of(block):
                for one in runs:
                    yield topic.name, one


def of_kind(guide: Guide, kind: RunKind) -> Iterator[tuple[str, Run]]:
    return ((page, one) for page, one in said(guide) if one.kind is kind)


def shown_as(title: str) -> str:
    """Return a title as one reads it: no mnemonic, no dots."""
    return title.replace("&", "").removesuffix("…").strip()


def words_of_the_screen() -> set[str]:
    """Return every message of the program, as one reads it: the catalogue has them all, which a test holds."""
    with (ROOT / "resources/translations/nn/LC_MESSAGES/tertial.po").open("rb") as file:
        return {shown_as(one.id) for one in read_po(file) if isinstance(one.id, str)}


def lines_of_menus(deeds: Deeds) -> set[str]:
    """Return the menus' lines as the guide writes them: «Fil → Åpne»."""
    return {f"{deeds.place_of(action)} → {shown_as(action.text())}" for action in deeds}


def test_every_page_is_in_the_contents_by_its_own_title(guide: Guide) -> None:
    files = {path.stem for path in GUIDE_FOLDER.glob("*.md")} - {"contents"}
    assert files == {topic.name for topic in guide.topics}
    contents = (GUIDE_FOLDER / "contents.md").read_text(encoding="utf-8")
    for topic in guide.topics:
        assert f"- [{topic.title}]({topic.name}.md)" in contents
        length = (GUIDE_FOLDER / f"{topic.name}.md").stat().st_size
        assert length <= LONGEST_PAGE, f"{topic.name} er blitt for lang: {length} tegn"


def test_every_link_and_picture_leads_somewhere_and_none_is_left_over(guide: Guide) -> None:
    links = {(page, one.target) for page, one in of_kind(guide, RunKind.LINK)}
    assert [link for link in links if guide.topic(link[1]) is None] == []
    pictures = {block.name for topic in guide.topics for block in topic.blocks if isinstance(block, Picture)}
    files = {path.name: path.stat().st_size for path in (GUIDE_FOLDER / "pictures").iterdir()}
    assert pictures == set(files)
    assert {name: size for name, size in files.items() if size > LARGEST_PICTURE} == {}
    assert picture_path("../contents.md") is None
    assert picture_path("/etc/hostname") is None


def test_every_menu_and_button_that_the_guide_names_is_in_the_program(guide: Guide, window: MainWindow) -> None:
    menus, screen = lines_of_menus(window.deeds), words_of_the_screen()
    wrong = [
        (page, one.text)
        for page, one in of_kind(guide, RunKind.SCREEN)
        if one.text not in (menus if "→" in one.text else screen)
    ]
    assert wrong == []


def test_every_command_that_the_guide_names_can_be_given(guide: Guide) -> None:
    parser = build_parser(words_in())
    typed = [one.text for _, one in of_kind(guide, RunKind.CODE) if one.text.startswith("tertial ")]
    for command in typed:
        arguments = shlex.split(command)[1:]
        if arguments[-1] == "--help":
            assert arguments[0] in {"--help", *NAMES}, command
        else:
            assert parser.parse_args(arguments).command == arguments[0], command
    assert len(typed) > len(NAMES) // 2
    periods = [one.text for _, one in of_kind(guide, RunKind.CODE) if _PERIOD.fullmatch(one.text)]
    assert len(list(map(parse_period, periods))) > 2


def test_every_key_that_the_guide_names_does_something(guide: Guide, window: MainWindow) -> None:
    known = {keys.toString() for action in window.deeds for keys in action.shortcuts()}
    known |= _KEYS_OF_FIELDS | _KEYS_OF_THE_GUIDE
    named = {found[0] for _, one in said(guide) for found in _KEYS.finditer(one.text)}
    in_qt = {key: re.sub(r"pil \w+|komma", lambda found: _IN_QT[found[0]], key) for key in named}
    assert {key for key, keys in in_qt.items() if keys not in known} == set()
    assert len(named) > 15


def test_the_limits_that_the_guide_tells_are_those_that_hold() -> None:
    limits = Limits()
    told = (
        f"minst {limits.year_kroner:,} kr og {limits.year_percent} prosent".replace(",", " "),
        f"minst {limits.large_kroner // 1_000_000} mill. kr",
    )
    for page in ("flags", "project-manager"):
        text = (GUIDE_FOLDER / f"{page}.md").read_text(encoding="utf-8")
        assert [one for one in told if one not in text] == []


def test_every_page_of_the_program_has_its_page_in_the_guide(guide: Guide, window: MainWindow) -> None:
    pages = {"guide", "overview", "projects", "project", "project-tabs", *(kind.name for kind in MORE_PAGES)}
    assert set(OF_PAGES) == pages
    assert set(OF_DEEDS) <= {action.objectName() for action in window.deeds}
    topics = {topic.name for topic in guide.topics}
    assert {*OF_PAGES.values(), *OF_DEEDS.values(), MappingForm.help_topic} <= topics


def opened_guides() -> list[GuideWindow]:
    """Return the guide's windows that are shown."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideWindow) and one.isVisible()]


def opened_guide() -> GuideWindow:
    """Return the guide's only window."""
    (found,) = opened_guides()
    return found


def press_help(qtbot: QtBot, window: QWidget) -> str:
    """Press F1 where the cursor is, and return the page of the guide that opens."""
    window.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    return opened_guide().topic


def test_f1_opens_the_guide_at_the_page_that_one_is_on(qtbot: QtBot, opened: MainWindow) -> None:
    slow = {"report"}  # it begins to draw its pages
    for page in ("overview", "projects", *(one.name for one in MORE_PAGES if not one.is_passing)):
        if page in slow:
            continue
        opened.deeds[page].trigger()
        assert press_help(qtbot, opened) == OF_PAGES[page]
    opened.open_project(made_id(0))
    assert press_help(qtbot, opened) == "project"
    opened.activateWindow()
    opened.project.behind.tabBar().setFocus()
    assert press_help(qtbot, opened) == "project-tabs"
    opened.welcome()
    assert press_help(qtbot, opened) == "quick-start"
    assert opened_guide().parent() is None
    opened.close()
    assert opened_guides() == []


def test_f1_in_a_dialog_opens_the_guide_above_it(qtbot: QtBot, path: Path, settings: Settings) -> None:
    window = make_window([path], settings=settings)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found: list[tuple[str, bool]] = []

    def ask_for_help() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isActiveWindow():
            QTimer.singleShot(1, ask_for_help)
            return
        qtbot.keyClick(dialog, Qt.Key.Key_F1)
        found.extend((one.topic, one.parent() is dialog) for one in opened_guides())
        dialog.close()

    for deed in ("add-project", "new-period"):
        QTimer.singleShot(0, ask_for_help)
        window.deeds[deed].trigger()
    window.close()
    assert found == [("project-life", True), ("controller", True)]


def test_the_guide_follows_when_the_look_changes(qtbot: QtBot, opened: MainWindow) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette()
    press_help(qtbot, opened)
    window = opened_guide()
    try:
        for look in (theme.DARK, theme.LIGHT):
            theme.dress(application, look)
            QApplication.processEvents()
            for part in (window, window.contents.viewport(), window.page.viewport()):
                ground = part.grab().toImage().pixelColor(1, 1).name().upper()
                assert ground in {look.window, look.base}
            assert window.contents.item(0).foreground().color().name().upper() == look.muted
    finally:
        application.setPalette(before)


def test_searching_finds_as_one_types_and_marks_it(qtbot: QtBot, opened: MainWindow) -> None:
    opened.deeds["guide"].trigger()
    shown = opened_guide()
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.keyClick(shown.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shown.search, "omdisp")
    hits = [shown.contents.item(row).text() for row in range(shown.contents.count())]
    assert "Budsjett" in hits
    assert any(hit.startswith("Omdisponer flytter penger mellom prosjekter") for hit in hits)
    assert "omdisponer" in shown.page.toPlainText().casefold()
    assert shown.page.extraSelections()
    first = shown.topic
    qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    while shown.topic == first:
        qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    qtbot.keyClick(shown.search, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.topic == first
    qtbot.keyClick(shown.search, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.topic != first
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.search.text() == ""
    assert not shown.page.extraSelections()
    qtbot.keyClicks(shown.search, "xyzzy")
    assert shown.contents.item(0).text() == "Ingen treff: prøv et annet ord."


def test_what_is_searched_for_is_found_where_it_is_told(guide: Guide) -> None:
    searcher = Searcher(guide)
    for typed, page in (
        ("låse perioden", "period"),
        ("glemt passord", "passphrase"),
        ("onedrive", "it-files"),
        ("msiexec", "installing"),
        ("gjenopprett fra sikkerhetskopi", "backup"),
        ("kopiering", "it-files"),
        ("tab skjermleser", "keyboard"),
    ):
        assert page in {hit.topic.name for hit in searcher.find(typed)}, typed
    assert searcher.find("rapport")[0].topic.name == "report"
    assert searcher.find("  ") == []


def test_links_are_followed_with_the_keys(qtbot: QtBot, opened: MainWindow) -> None:
    opened.deeds["guide"].trigger()
    shown = opened_guide()
    shown.show_topic("quick-start")
    qtbot.keyClick(shown.page, Qt.Key.Key_Tab)
    qtbot.keyClick(shown.page, Qt.Key.Key_Return)
    assert shown.topic == "project-manager"
    qtbot.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    assert shown.topic == "quick-start"


def test_the_page_that_is_read_is_saved_as_pdf(qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path) -> None:
    opened.deeds["guide"].trigger()
    shown = opened_guide()
    shown.show_topic("year-end")
    ask.into = tmp_path / "side"
    qtbot.mouseClick(shown.pdf, Qt.MouseButton.LeftButton)
    opened.desk.jobs.wait()
    assert b"/Type/Pages/Count 1/" in (tmp_path / "side.pdf").read_bytes()


def words_of(shown: GuideWindow, language: str) -> str:
    """Return what the labels of the guide's window say, in bokmål where that is told so in another language."""
    told = words_in(language)(message("Veiledningen finnes bare på bokmål."))
    return labels(shown).replace(told, "Veiledningen finnes bare på bokmål.")


def test_the_guide_says_that_it_is_only_in_bokmal(open_window: Open, path: Path, settings: Settings) -> None:
    for language, told in (("nb", False), ("nn", True), ("en", True)):
        settings.language = language
        window = open_window(path)
        window.deeds["guide"].trigger()
        assert ("Veiledningen finnes bare på bokmål." in words_of(opened_guide(), language)) is told
        window.close()


def test_the_quick_start_is_one_page_and_the_guide_is_tagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, whole = tmp_path / "hurtigstart.pdf", tmp_path / "veiledning.pdf"
    assert run(["guide", str(one), "--topic", "quick-start"]) == 0
    assert run(["guide", str(whole)]) == 0
    assert "Skrev veiledning.pdf." in capsys.readouterr().err
    assert b"/Type/Pages/Count 1/" in one.read_bytes()
    assert b"/MarkInfo" in whole.read_bytes()
    assert run(["guide", str(one), "--topic", "finnes-ikke"]) == 2
    assert "Veiledningen har ingen side «finnes-ikke»: velg quick-start, " in capsys.readouterr().err
