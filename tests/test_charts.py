"""Charts: that the right bar is chosen, that nothing is cut, and that every look can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.trouble import Trouble
from tests.test_theme import contrast
from ui import theme
from ui.charts import Bar, DeviationBars, Meter, PairedBar, PairedBars, SlipBars, YearBars, copy_image, save_image
from ui.charts import chart as charts
from ui.charts.chart import Chart
from ui.charts.ink import inks_of

EMPTY = "Ingen avvik i perioden."
AREAS = (
    "Kultur, miljø og samfunn",
    "Oppvekst",
    "Helse og mestring",
    "Administrasjon og ledelse",
    "Kirkelig fellesråd",
    "Vann og avløp, selvkost",
)
NAMES = (
    "Åsveien skole - ombygging og utvidelse",
    "Oppgradering av ventilasjonsanlegg på kommunale bygg i hele kommunen",
    "Bru",
)
GIANT = 9_876_543_210_123


def written(value: int | None) -> str:
    return "-" if value is None else f"{value:,}".replace(",", "\u00a0").replace("-", "\u2212")


def bars(*values: int | None, key: str = "p") -> list[Bar]:
    return [
        Bar(
            key=f"{key}{at}" if key else "",
            name=NAMES[at % len(NAMES)],
            value=value,
            text=written(value),
            tip=f"{NAMES[at % len(NAMES)]}: {written(value)}",
        )
        for at, value in enumerate(values)
    ]


def pairs(*values: tuple[int, int]) -> list[PairedBar]:
    return [
        PairedBar(
            key=name,
            name=name,
            first=first,
            second=second,
            first_text=written(first),
            second_text=written(second),
            tip=f"{name}: budsjett {written(first)}, regnskap {written(second)}",
        )
        for name, (first, second) in zip(AREAS, values, strict=False)
    ]


def deviation_bars(*values: int | None) -> DeviationBars:
    made = DeviationBars()
    made.show_bars(bars(*values), empty=EMPTY, sides=("Merforbruk", "Mindreforbruk"))
    return made


def slip_bars(*values: int | None) -> SlipBars:
    made = SlipBars()
    made.show_bars(bars(*values), empty=EMPTY)
    return made


def paired_bars(*values: int | None) -> PairedBars:
    made = PairedBars()
    amounts = [value or 0 for value in values]
    made.show_bars(
        pairs(*zip(amounts, reversed(amounts), strict=True)), legend=("Revidert budsjett", "Regnskap"), empty=EMPTY
    )
    return made


def year_bars(*values: int | None) -> YearBars:
    made = YearBars()
    years = [
        Bar(key=f"p{at}", name=f"{2012 + at}", value=value, text=written(value), tip=f"{2012 + at}", mark=7_000_000)
        for at, value in enumerate(values)
    ]
    made.show_bars(years, empty=EMPTY, legend=("Regnskap", "Budsjett"))
    return made


MAKERS = (paired_bars, deviation_bars, slip_bars, year_bars)
ORDINARY = (-27_355_000, 1_000, 22_003_000, None, 0)
VALUES = {
    "ordinary": ORDINARY,
    "zero": (0, 0, 0),
    "giant": (GIANT, 1, -1),
    "all negative": (-5_000, -70_000, -GIANT),
    "unknown": (None, None),
    "one": (1,),
    "many": tuple(range(1_000_000, 13_000_000, 1_000_000)),
}
Maker = Callable[..., Chart]


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__)
def maker(request: pytest.FixtureRequest, qtbot: QtBot) -> Maker:
    def make(*values: int | None) -> Chart:
        made: Chart = request.param(*values)
        qtbot.addWidget(made)
        return made

    return make


@pytest.fixture(params=(1.0, 1.5, 2.0))
def scaled(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    """Give the application's font a size; charts take theirs from it."""
    held = qapp.font()
    larger = theme.sized(held, theme.Step.BODY)
    larger.setPointSizeF(held.pointSizeF() * request.param)
    qapp.setFont(larger)
    yield request.param
    qapp.setFont(held)


def shown(qtbot: QtBot, chart: Chart | Meter) -> None:
    chart.resize(chart.sizeHint())
    chart.show()
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)


def activations(chart: Chart) -> list[str]:
    chosen: list[str] = []
    chart.activated.connect(chosen.append)
    return chosen


class Pen(QPainter):
    """A painter that remembers where texts were written, and whether they had room there."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.whole = QRectF(QPointF(0, 0), QSize(image.size()).toSizeF())
        self.texts: dict[str, QRectF] = {}
        self.cut: list[str] = []

    def drawText(self, area: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:  # type: ignore[override]  # noqa: N802
        """Remember, and draw."""
        needed = QFontMetricsF(self.font()).boundingRect(area, int(flags), text)
        on_picture = self.transform().mapRect(needed)
        self.texts[text] = on_picture
        if not self.whole.adjusted(-1, -2, 1, 2).contains(on_picture) or not _is_within(needed, area):
            self.cut.append(text)
        super().drawText(area, int(flags), text)


def _is_within(needed: QRectF, area: QRectF) -> bool:
    return needed.width() <= area.width() + 1 and needed.height() <= area.height() + 2


def painted(widget: Chart | Meter, size: QSize, look: theme.Theme = theme.LIGHT) -> tuple[Pen, QImage]:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(look.window))
    pen = Pen(image)
    widget.paint(pen, size.toSizeF(), look)
    pen.end()
    return pen, image


def colours(image: QImage) -> dict[str, int]:
    found: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name().upper()
            found[name] = found.get(name, 0) + 1
    return found


# --- Choosing ---------------------------------------------------------------------------------------------------


def test_a_click_chooses_the_bar_under_it(qtbot: QtBot, maker: Maker) -> None:
    chart = maker(*ORDINARY)
    shown(qtbot, chart)
    chosen = activations(chart)
    for spot in chart.spots(chart.width()):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot.area.center().toPoint())
    assert chosen == [spot.key for spot in chart.spots(chart.width())]
    assert len(set(chosen)) == len(ORDINARY)


def test_a_bar_is_not_chosen_where_the_pointer_was_drawn_away(qtbot: QtBot) -> None:
    chart = deviation_bars(1, 2)
    qtbot.addWidget(chart)
    shown(qtbot, chart)
    chosen = activations(chart)
    first, second = (spot.area.center().toPoint() for spot in chart.spots(chart.width()))
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=second)
    qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=second)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert chosen == []


def test_keys_walk_among_the_bars_and_enter_chooses(qtbot: QtBot, maker: Maker) -> None:
    chart = maker(*ORDINARY)
    window = QWidget()
    qtbot.addWidget(window)
    before = QWidget()
    before.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    lines = QVBoxLayout(window)
    lines.addWidget(before)
    lines.addWidget(chart)
    with qtbot.waitExposed(window):
        window.show()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert chart.hasFocus()
    chosen = activations(chart)
    keys = [spot.key for spot in chart.spots(chart.width())]
    steps = (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, -1),
        (Qt.Key.Key_Down, -1),
        (Qt.Key.Key_Home, 0),
    )
    for key, at in steps:
        qtbot.keyClick(chart, key)
        qtbot.keyClick(chart, Qt.Key.Key_Return)
        assert chosen.pop() == keys[at]
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    assert chosen == keys[:1]


def test_the_bar_in_focus_can_be_seen(qtbot: QtBot, maker: Maker) -> None:
    chart = maker(*ORDINARY)
    shown(qtbot, chart)
    chart.clearFocus()
    without = chart.grab().toImage()
    chart.setFocus()
    first = chart.grab().toImage()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert without != first != chart.grab().toImage()


def test_the_keys_stay_on_their_bar_when_figures_change(qtbot: QtBot) -> None:
    chart = deviation_bars(1, 2, 3)
    qtbot.addWidget(chart)
    shown(qtbot, chart)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    chart.show_bars(bars(1, 2, 3)[::-1], empty=EMPTY)
    chosen = activations(chart)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chosen == ["p2"]
    chart.show_bars([], empty=EMPTY)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chosen == ["p2"]


def test_bars_without_a_key_can_be_walked_but_not_chosen(qtbot: QtBot) -> None:
    chart = DeviationBars()
    qtbot.addWidget(chart)
    chart.show_bars(bars(1, 2, key=""), empty=EMPTY)
    shown(qtbot, chart)
    chosen = activations(chart)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    place = chart.spots(chart.width())[1].area.center().toPoint()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(chart, place)
    assert chosen == []
    assert chart.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert chart.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_pointer_shows_what_can_be_chosen(qtbot: QtBot) -> None:
    chart = deviation_bars(1, 2)
    qtbot.addWidget(chart)
    shown(qtbot, chart)
    before = chart.grab().toImage()
    qtbot.mouseMove(chart, chart.spots(chart.width())[1].area.center().toPoint())
    assert chart.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert chart.grab().toImage() != before
    qtbot.mouseMove(chart, QPoint(3, 3))
    assert chart.cursor().shape() is Qt.CursorShape.ArrowCursor


# --- Saying -----------------------------------------------------------------------------------------------------


def test_every_bar_is_told_to_those_who_cannot_see_it(
    qtbot: QtBot, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(charts.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(charts.QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    chart = maker(*ORDINARY)
    shown(qtbot, chart)
    tips = [spot.tip for spot in chart.spots(chart.width())]
    assert chart.accessibleDescription() == "; ".join(tips)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert said == [tips[1]]
    assert chart.accessibleDescription() == "; ".join(tips)


def test_a_tip_is_never_taken_for_markup(qtbot: QtBot) -> None:
    chart = DeviationBars()
    qtbot.addWidget(chart)
    chart.show_bars([Bar(key="a", name="<b>Bru</b>", value=1, text="1", tip="<b>Bru</b>: 1")], empty=EMPTY)
    shown(qtbot, chart)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert QToolTip.text() == "<p>&lt;b&gt;Bru&lt;/b&gt;: 1</p>"
    QToolTip.hideText()


def test_a_bar_in_focus_is_scrolled_to(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    chart = deviation_bars(*range(1, 13))
    area.setWidget(chart)
    area.resize(800, 120)
    with qtbot.waitExposed(area):
        area.show()
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    foot = chart.spots(chart.width())[-1].area.bottomLeft().toPoint()
    assert chart.mapTo(area.viewport(), foot).y() <= area.viewport().height() + 1


def test_nothing_to_show_is_said(qtbot: QtBot, maker: Maker) -> None:
    chart = maker()
    shown(qtbot, chart)
    pen, _ = painted(chart, chart.minimumSizeHint())
    assert list(pen.texts) == [EMPTY]
    assert pen.cut == []
    assert chart.accessibleDescription() == EMPTY
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton)
    assert chart.spots(400.0) == []


# --- Room -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_nothing_is_cut_at_the_size_asked_for(scaled: float, maker: Maker, values: tuple[int | None, ...]) -> None:
    chart = maker(*values)
    assert chart.metrics.height() > 12 * scaled
    pen, _ = painted(chart, chart.sizeHint())
    assert pen.cut == []
    assert not [text for text in pen.texts if text.endswith("…")]


@pytest.mark.usefixtures("scaled")
@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_only_names_are_cut_short_where_it_is_narrow(maker: Maker, values: tuple[int | None, ...]) -> None:
    chart = maker(*values)
    assert chart.minimumSizeHint().width() <= chart.sizeHint().width()
    pen, _ = painted(chart, chart.minimumSizeHint())
    assert pen.cut == []
    assert {written(value or 0 if isinstance(chart, PairedBars) else value) for value in values} <= set(pen.texts)


@pytest.mark.usefixtures("scaled")
def test_values_never_lie_over_one_another(maker: Maker) -> None:
    chart = maker(*VALUES["many"])
    for size in (chart.minimumSizeHint(), chart.sizeHint()):
        places = list(painted(chart, size)[0].texts.values())
        overlaps = [
            (one, other)
            for at, one in enumerate(places)
            for other in places[at + 1 :]
            if one.adjusted(1, 3, -1, -3).intersects(other.adjusted(1, 3, -1, -3))
        ]
        assert overlaps == []


def test_a_larger_font_is_measured_anew(qtbot: QtBot, maker: Maker) -> None:
    chart = maker(*ORDINARY)
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(chart)
    window.show()
    before = chart.sizeHint()
    window.setFont(theme.sized(window.font(), theme.Step.TITLE))
    assert chart.sizeHint().width() > before.width()
    assert chart.sizeHint().height() > before.height()
    assert chart.font().featureValue(theme.QFont.Tag("tnum")) == 1


# --- Drawing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", theme.THEMES)
def test_every_look_can_be_read(look: theme.Theme) -> None:
    inks = inks_of(look)
    grounds = (look.window, look.base)
    for ground in grounds:
        for text in (inks.text, inks.muted):
            assert contrast(text.name(), ground) >= 4.5
        for bar in (inks.solid, inks.hollow_frame, inks.over, inks.axis):
            assert contrast(bar.name(), ground) >= 3
    assert contrast(inks.text.name(), inks.hover.name()) >= 4.5
    assert contrast(inks.over.name(), inks.over_ground.name()) >= 3


@pytest.mark.parametrize("look", theme.THEMES)
def test_what_is_painted_takes_the_themes_colours(qtbot: QtBot, look: theme.Theme) -> None:
    chart = deviation_bars(-100, 100)
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    chart.setPalette(theme.palette_of(look))
    found = colours(chart.grab().toImage())
    inks = inks_of(look)
    assert found[inks.solid.name().upper()] > 200
    assert found[inks.over.name().upper()] > 40
    chart.clearFocus()


def test_sides_are_told_apart_without_colour(qtbot: QtBot) -> None:
    """Overspend is hatched: along its middle the picture changes often, along the other hardly."""
    two = [Bar(key="", name="", value=value, text="", tip="") for value in (-4, 4)]
    for chart, hatched in ((DeviationBars(), 0), (SlipBars(), 1)):
        qtbot.addWidget(chart)
        chart.show_bars(two, empty=EMPTY)
        _, image = painted(chart, chart.sizeHint())
        changes = []
        for spot in chart.spots(chart.sizeHint().width()):
            y = round(spot.area.center().y())
            line = [image.pixelColor(x, y).name() for x in range(image.width())]
            changes.append(sum(one != other for one, other in pairwise(line)))
        assert changes[hatched] > 3 * changes[1 - hatched]


def test_what_is_not_zero_can_be_seen_beside_a_giant(qtbot: QtBot) -> None:
    chart = deviation_bars(GIANT, 1)
    qtbot.addWidget(chart)
    _, image = painted(chart, chart.sizeHint())
    accent = QColor(theme.LIGHT.accent)
    y = round(chart.spots(chart.sizeHint().width())[1].area.center().y())
    assert sum(image.pixelColor(x, y) == accent for x in range(image.width())) == 2


def test_a_mark_stands_at_its_value(qtbot: QtBot) -> None:
    chart = YearBars()
    qtbot.addWidget(chart)
    chart.show_bars([Bar(key="", name="2023", value=100, text="100", tip="", mark=50)], empty=EMPTY)
    _, image = painted(chart, chart.sizeHint())
    middle = round(chart.spots(chart.sizeHint().width())[0].area.center().x())
    column = [image.pixelColor(middle, y).name().upper() for y in range(image.height())]
    bar = [y for y, colour in enumerate(column) if colour == theme.LIGHT.accent]
    mark = [y for y, colour in enumerate(column) if colour == theme.LIGHT.text and bar[0] < y < bar[-1]]
    assert len(mark) == 2
    assert abs(mark[1] - (bar[0] + bar[-1] + 1) / 2) <= 1


# --- The meter --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("scaled")
@pytest.mark.parametrize(
    ("used", "whole"), [(0, 0), (5, 0), (30, 100), (100, 100), (150, 100), (-5, 100), (GIANT, 1), (None, 1), (1, None)]
)
def test_a_meters_words_are_never_cut(qtbot: QtBot, used: int | None, whole: int | None) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_share(used, whole, text="brukt 1\u00a0234\u00a0567 av 1\u00a0000\u00a0000 (123,5 %)", tip="Hele <år>")
    for size in (meter.minimumSizeHint(), meter.sizeHint()):
        assert painted(meter, size)[0].cut == []
    assert meter.toolTip() == "<p>Hele &lt;år&gt;</p>"
    assert meter.accessibleDescription() == "Hele <år>"


@pytest.mark.parametrize("look", theme.THEMES)
def test_a_meter_hatches_what_is_over(qtbot: QtBot, look: theme.Theme) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    inks = inks_of(look)
    for used, is_over in ((50, False), (100, False), (150, True)):
        meter.show_share(used, 100, text="")
        found = colours(painted(meter, QSize(200, 24), look)[1])
        assert (found.get(inks.over.name().upper(), 0) > 20) is is_over
        solid = found[inks.solid.name().upper()] / (round(meter.fontMetrics().height() * 0.6) * 200)
        assert solid == pytest.approx(min(used, 100) / max(used, 100), abs=0.02)


# --- Pictures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".png", ".svg", ".PNG"])
def test_a_picture_is_white_and_light_whatever_the_window_is(
    qtbot: QtBot, maker: Maker, tmp_path: Path, ending: str
) -> None:
    chart = maker(*ORDINARY)
    chart.setPalette(theme.palette_of(theme.DARK))
    chart.setAccessibleName("Avvik & følger")
    shown(qtbot, chart)
    chart.setFocus()
    path = tmp_path / f"Avvik æøå{ending}"
    save_image(chart, path)
    content = path.read_bytes()
    assert theme.theme_of(chart.palette()) is theme.DARK
    if ending == ".svg":
        text = content.decode()
        assert "Avvik &amp; følger" in text
        assert theme.LIGHT.accent.lower() in text
        assert theme.DARK.accent.lower() not in text
        assert "22\u00a0003\u00a0000" in text
        return
    image = QImage.fromData(content)
    assert image.size() == (QSize(chart.width(), chart.sizeHint().height()) + QSize(16, 16)) * 2
    assert image.pixelColor(0, 0) == QColor("#FFFFFF")
    found = colours(image)
    assert theme.LIGHT.accent in found
    assert theme.DARK.accent not in found


def test_a_picture_can_be_pasted(qtbot: QtBot, maker: Maker) -> None:
    chart = maker(*ORDINARY)
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    copy_image(chart)
    image = QGuiApplication.clipboard().image()
    assert image.size() == (QSize(chart.width(), chart.sizeHint().height()) + QSize(16, 16)) * 2
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]


def test_a_picture_of_years_has_no_empty_half(qtbot: QtBot, tmp_path: Path) -> None:
    chart = year_bars(1, 2)
    qtbot.addWidget(chart)
    chart.resize(1200, 300)
    save_image(chart, tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).width() == 2 * (chart.sizeHint().width() + 16)


def test_a_meter_is_a_picture_too(qtbot: QtBot, tmp_path: Path) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_share(150, 100, text="150 % brukt")
    save_image(meter, tmp_path / "m.svg")
    save_image(meter, tmp_path / "m.png")
    assert "150 % brukt" in (tmp_path / "m.svg").read_text("utf-8")
    assert not QImage(str(tmp_path / "m.png")).isNull()


def test_a_picture_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    chart = deviation_bars(1)
    qtbot.addWidget(chart)
    with pytest.raises(Trouble, match="Finner ikke"):
        save_image(chart, tmp_path / "finnes-ikke" / "a.png")
