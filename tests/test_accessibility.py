"""That everybody can use every page: names, roles, keys, contrast, no text cut, in any look, language and size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QImage, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.guide_files import load_guide
from tests.arrivals import arrive, hand_out, write_in
from tests.test_theme import contrast
from tests.windows import Open, made_id
from tracker.flags import Severity
from tracker.ledger.mapping import Mapping
from ui import theme
from ui.about import AboutForm, gather
from ui.asking import Form, FormField, TableDialog, TableQuestion
from ui.fields import Titled
from ui.first_start import FirstStart
from ui.help.guide_window import GuideWindow
from ui.hub_state import origin_in
from ui.kept_hubs import KeptHub, keep_hub
from ui.key_figures import FigureButton
from ui.main_window import MainWindow
from ui.mapping_form import MappingForm, MappingQuestion
from ui.marks import Notice
from ui.pages.hub import HubPage
from ui.pages.more import MORE_PAGES
from ui.palette import Choice, Palette
from ui.rows_form import RowsForm, RowsQuestion, Weighed
from ui.settings import Settings
from ui.tabs.budget import BudgetTab
from ui.tabs.comments import CommentsTab
from ui.tabs.forecasts import ForecastsTab
from ui.tabs.funding import FundingTab
from ui.tabs.plan import PlanTab
from ui.tabs.risks import RisksTab
from ui.tabs.subprojects import SubprojectsTab
from ui.tick_table import TickTable
from ui.ways_form import WayOn, WaysForm, WaysQuestion
from ui.words import LANGUAGES, words_in

LEAST_CONTRAST = 4.5
LEAST_EDGE = 3
_EDGE = 4
PAGES = (
    "guide",
    "overview",
    "projects",
    "project",
    "project-budget",
    "project-plan",
    "project-risks",
    "project-subprojects",
    "project-forecasts",
    "project-funding",
    "project-comments",
    "period",
    "control",
    "budget",
    "ledger",
    "statement",
    "year-end",
    "report",
    "packages",
    "incoming",
    "hub",
    "settings",
)
TABS: dict[str, type[QWidget]] = {
    "project-budget": BudgetTab,
    "project-plan": PlanTab,
    "project-risks": RisksTab,
    "project-subprojects": SubprojectsTab,
    "project-forecasts": ForecastsTab,
    "project-funding": FundingTab,
    "project-comments": CommentsTab,
}
FOCUS_BY_TAB = Qt.FocusPolicy.TabFocus


@dataclass(frozen=True)
class Look:
    """How a window is looked at."""

    language: str
    theme_name: str
    percent: int


LOOKS = [
    Look(language, list(theme.BY_NAME)[(at + number) % len(theme.BY_NAME)], percent)
    for at, language in enumerate(LANGUAGES)
    for number, percent in enumerate((100, 200))
]
"""Each language at each size, where a text may be cut, and each look at each size: ink asks for no language."""


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look.language}-{look.theme_name}-{look.percent}")
def look(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Look]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    palette, font = application.palette(), QFont(application.font())
    wanted: Look = request.param
    settings.language = wanted.language
    theme.dress(application, theme.BY_NAME[wanted.theme_name])
    theme.scale(application, wanted.percent)
    yield wanted
    application.setStyleSheet("")
    application.setFont(font)
    application.setPalette(palette)


def turned(window: MainWindow, page: str) -> QWidget:
    """Turn to a page."""
    if page == "guide":
        window.welcome(trouble="Finner ikke prøve.tertial: kontroller navnet og mappen.")
    elif page == "overview":
        window.show_overview()
    elif page == "projects":
        window.show_projects()
    elif page == "incoming":
        collide(window)
    elif page == "hub":
        lose_the_hub(window)
    elif page in {kind.name for kind in MORE_PAGES}:
        window.show_page(page)
    else:
        window.open_project(made_id(2))
        window.project.fields.marked.show()  # as where the project has a text from the period before
        if page in TABS:
            tabs = window.project.behind
            tabs.setCurrentIndex(next(at for at in range(tabs.count()) if isinstance(tabs.widget(at), TABS[page])))
    QApplication.processEvents()
    assert window.page is not None
    return window.page


def lose_the_hub(window: MainWindow) -> None:
    """Show a hub that was asked long ago and is away now, with all that has been done here since to be sent."""
    told = "ola.nordmann@hub.et-langt-navn.kommune.no/tertial"
    at = "2026-05-02T12:00:00+00:00"
    hub = KeptHub(portfolio=origin_in(window.desk), address=f"postgresql://{told}", told=told, asked_at=at)
    keep_hub(window.desk.settings.kept, replace(hub, unread=("0" * 16,)))
    window.show_page("hub")
    page = cast("HubPage", window.more("hub"))
    page.show_told(f"Når ikke huben på {told}: alt er lagret i filen. Kontroller nettet.", Severity.WARNING)
    assert page.table.isVisible()


def collide(window: MainWindow) -> None:
    """Bring two packages home, one of which collides with what is written here."""
    path = window.desk.session.path
    assert path is not None
    made = [hand_out(window, path.parent, [made_id(at)], who) for at, who in ((5, "Kari Nordmann"), (6, "Per Hansen"))]
    for one, project in zip(made, (made_id(5), made_id(6)), strict=True):
        write_in(window, one, {project: "Bygget reises, og taket er lagt. " * 6})
    window.open_project(made_id(5))
    window.project.fields.texts["text"].text.setPlainText("Bygget er reist.")
    window.finish()
    arrive(window, *made)


def visible(window: QWidget, kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def is_cut(widget: QWidget) -> bool:
    """Whether a text is wider than its widget, or wraps to more lines than it has room for."""
    if isinstance(widget, QLabel):
        if not widget.text() or widget.parent() is None:
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QComboBox):
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > widget.width() - 20
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.minimumSizeHint().width() > widget.width() + 1
    return False


def said_by(widget: QWidget) -> str:
    """Return the text of a widget."""
    return widget.currentText() if isinstance(widget, QComboBox) else str(getattr(widget, "text", str)())


def has_edge(widget: QWidget, theme_name: str) -> bool:
    """Whether one must see where a widget ends: what one types or ticks in, and in high contrast what one presses.

    A figure that can be followed is a text that is read, and no button to look for.
    """
    if isinstance(widget, QLineEdit):
        return not isinstance(widget.parent(), QComboBox)
    if isinstance(widget, QPushButton | QComboBox):
        return theme_name == "contrast" and widget.isEnabled() and not isinstance(widget, FigureButton)
    return isinstance(widget, QCheckBox | QPlainTextEdit)


def edge_contrast(widget: QWidget) -> float:
    """Return how well the left edge of a field, or of a box to tick, stands out from what is around it."""
    ground = widget.palette().color(QPalette.ColorRole.Window)
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(ground)
    widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    place = widget.rect()
    if isinstance(widget, QCheckBox):
        option = QStyleOptionButton()
        option.initFrom(widget)
        place = widget.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, widget)
    edge = [picture.pixelColor(place.left() + at, place.center().y()).name() for at in range(_EDGE)]
    return max(contrast(colour, ground.name()) for colour in edge)


def test_every_page_can_be_used_by_everybody(look: Look, qtbot: QtBot, open_window: Open, path: Path) -> None:
    window = open_window(path)
    for name in PAGES:
        page = turned(window, name)
        if isinstance(page, QScrollArea):
            assert page.horizontalScrollBar().maximum() == 0, f"{name} er bredere enn vinduet"
        for widget in visible(window):
            said = f"{name}: {type(widget).__name__} {widget.objectName()}"
            if widget.focusPolicy() & FOCUS_BY_TAB and widget.focusProxy() is None:
                found = QAccessible.queryAccessibleInterface(widget)
                assert found is not None, said
                assert found.text(QAccessible.Text.Name).strip(), said
                assert found.role() is not QAccessible.Role.NoRole, said
            assert not is_cut(widget), f"{said}: «{said_by(widget)}» er kuttet"
            if has_edge(widget, look.theme_name):
                assert edge_contrast(widget) >= LEAST_EDGE, f"{said}: kanten synes ikke"
            if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, Notice):
                ink = widget.palette().color(widget.foregroundRole())
                ground = widget.palette().color(widget.backgroundRole())
                assert contrast(ink.name(), ground.name()) >= LEAST_CONTRAST, f"{said}: «{widget.text()}»"
    assert qtbot is not None


def dialogs(window: MainWindow, look: Look, folder: Path) -> Iterator[QWidget]:
    """Make each kind of dialog, as large as a question makes it, and the guide's window."""
    say = words_in(look.language)
    question = TableQuestion(
        title="Gjenopprett",
        lead="Velg hvilken kopi av Prøve.tertial du vil tilbake til. Filen slik den er nå, blir tatt vare på.\n" * 3,
        headings=["Tatt", "Hvorfor"],
        rows=[["23.11.2026 12:30", "Daglig"]] * 40,
        yes="Gjenopprett",
        trouble="Summene stemmer ikke.",
    )
    yield question.dialog(say, window, choosing=True)
    fields = [
        FormField(key="a", title="Navnet ditt, som står i historikken"),
        FormField(key="b", title="Språk", choices=[("nb", "Bokmål")]),
    ]
    yield Form("Opplysninger", fields, "Lagre", say, window)
    many = [
        FormField(key=str(at), title=title)
        for at, title in enumerate(("Vedtak, for eksempel KS-sak 109/23", "Av tidligere års regnskap (1000 kr)") * 3)
    ]
    yield Form("Del Åsveien skole", many, "Del", say, window)
    yield MappingForm(
        MappingQuestion(
            file="regnskap.csv", header=["Prosjekt", "Beløp"], mapping=Mapping(columns={}), understand=lambda _: []
        ),
        say,
        window,
    )
    way = WayOn(title="Gå tilbake til kopien fra 23.11.2026 12:30", explanation="Den nyeste.", button="Hent kopien")
    yield WaysForm(WaysQuestion(title="Skadet", trouble="Filen er skadet.", ways=[way]), say, window)
    yield question.reading(say, window)
    yield RowsForm(
        RowsQuestion(
            title="Omdisponer",
            lead="Skriv hva hvert prosjekt får, og med minus hva det gir.",
            fields=fields,
            headings=["Prosjekt", "I året (1000 kr)", "I totalen (tomt: som i året)"],
            names=["Åsveien skole"],
            rows=[("Åsveien skole", "5", ""), ("", "-5", "")],
            row_title="Prosjektene",
            sums_title="Gjenstår å fordele",
            yes="Lagre",
            weigh=lambda _: Weighed(sums=["123 456", "0"], sentence="Går ikke i null.", is_done=False),
            check=lambda _: "",
        ),
        say,
        window,
    )
    yield FirstStart(Settings(folder / "settings.json"), [folder / "Kari Nordmann.tertial"])
    yield Palette([Choice(name="Åpne …", beside="Ctrl+O", choose=list)], say, window)
    about = gather()
    yield AboutForm(replace(about, notices=about.notices[:3]), say, window)
    guide = GuideWindow(load_guide(), say, is_foreign=look.language != "nb", parent=window)
    guide.show_topic("overview")
    yield guide


def test_every_dialog_can_be_used_by_everybody(look: Look, open_window: Open, path: Path, tmp_path: Path) -> None:
    window = open_window(path)
    for dialog in dialogs(window, look, tmp_path / "ny"):
        dialog.show()
        QApplication.processEvents()
        if isinstance(dialog, TableDialog):
            assert dialog.table.geometry().bottom() < dialog.buttons.geometry().top(), "rader under knappene"
        for widget in visible(dialog):
            said = f"{type(dialog).__name__}: {type(widget).__name__}"
            if widget.focusPolicy() & FOCUS_BY_TAB and widget.focusProxy() is None:
                found = QAccessible.queryAccessibleInterface(widget)
                assert found is not None, said
                assert found.text(QAccessible.Text.Name).strip(), said
            assert not is_cut(widget), f"{said}: «{said_by(widget)}» er kuttet"
            if has_edge(widget, look.theme_name):
                assert edge_contrast(widget) >= LEAST_EDGE, f"{said}: kanten synes ikke"
        dialog.close()


def test_a_form_tells_at_each_field_what_cannot_be_used_and_stays_open(qtbot: QtBot, opened: MainWindow) -> None:
    fields = [
        FormField(
            key="year", title="Regnskapsår", check=lambda typed: "" if typed.isdecimal() else "Skriv et årstall."
        ),
        FormField(key="name", title="Navn", check=lambda typed: "" if typed else "Skriv et navn."),
    ]
    form = Form("Prøve", fields, "Lagre", words_in(), opened)
    form.show()
    qtbot.keyClicks(form.widgets["year"], "i fjor")
    qtbot.mouseClick(form.agree, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    told = [titled.refusal.text() for titled in form.findChildren(Titled) if titled.refusal.isVisible()]
    assert told == ["Skriv et årstall.", "Skriv et navn."]
    assert form.focusWidget() is form.widgets["year"]
    form.widgets["year"].clear()
    qtbot.keyClicks(form.widgets["year"], "2023")
    qtbot.keyClicks(form.widgets["name"], "Kari")
    qtbot.keyClick(form.widgets["name"], Qt.Key.Key_Return)
    assert not form.isVisible()
    assert form.values() == {"year": "2023", "name": "Kari"}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_mnemonics_are_unique_in_each_menu(open_window: Open, path: Path, settings: Settings, language: str) -> None:
    settings.language = language
    window = open_window(path)
    menus = [window.menuBar(), *window.menuBar().findChildren(QMenu)]
    for menu in menus:
        titles = [action.text() for action in menu.actions() if action.text()]
        letters = [title[title.index("&") + 1].casefold() for title in titles if "&" in title]
        assert sorted(set(letters)) == sorted(letters), titles


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_once_round(qtbot: QtBot, open_window: Open, path: Path, page: str) -> None:
    window = open_window(path)
    turned(window, page)
    wanted = {
        widget
        for widget in visible(window)
        if widget.focusPolicy() & FOCUS_BY_TAB
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget.parent(), QComboBox)
        and not (isinstance(widget, QLineEdit) and widget.isReadOnly())
    }
    reached = set()
    for _ in range(3 * len(wanted) + 5):
        if wanted <= reached:
            break
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert [(type(one).__name__, one.accessibleName(), one.objectName()) for one in wanted - reached] == []


def test_every_chart_is_read_aloud_and_walked_through_with_the_keys(qtbot: QtBot, opened: MainWindow) -> None:
    chart = opened.overview.deviations
    assert chart.accessibleName().startswith("Største avvik")
    chart.setFocus()
    heard = set()
    for _ in range(chart.count()):
        heard.add(chart.accessibleDescription())
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert any("Aasen bru" in text for text in heard)


@pytest.mark.usefixtures("look")
def test_a_name_behind_a_box_to_tick_is_whole_at_every_size(qtbot: QtBot) -> None:
    table = TickTable("Ansvarlige", ["Ansvarlig", "Prosjekter"])
    qtbot.addWidget(table)
    table.show_rows([["Camilla Eksempel", "19"]], ticked=[])
    table.show()
    index = table.model().index(0, 0)
    option = QStyleOptionViewItem()
    option.initFrom(table)
    table.itemDelegate().initStyleOption(option, index)
    option.rect, option.widget = table.visualRect(index), table
    room = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table).width()
    assert room >= table.fontMetrics().horizontalAdvance("Camilla Eksempel")


@pytest.mark.usefixtures("look")
def test_the_page_in_front_and_the_cell_with_the_cursor_are_seen(qtbot: QtBot, open_window: Open, path: Path) -> None:
    window = open_window(path)
    window.show_projects()
    tab, view = window.bar.tabs["projects"], window.projects.table.focusWidget()
    assert isinstance(view, QTableView)
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    cell = view.visualRect(view.currentIndex())
    edges = (
        (tab, QPoint(tab.width() // 2, tab.height() - 1)),
        (view.viewport(), QPoint(cell.center().x(), cell.top())),
    )
    for widget, edge in edges:
        ground = widget.palette().color(widget.backgroundRole()).name()
        assert contrast(widget.grab().toImage().pixelColor(edge).name(), ground) >= LEAST_EDGE
