"""What a municipality settles: each with a default that works, kept as an edit, in a file and back again."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from db.settings_file import read_settings, write_settings
from db.store import open_store
from tests.test_commands import Run, tertial
from tests.windows import portfolio_records
from tracker.actions import open_period
from tracker.edits import NOTHING, added, apply
from tracker.figures import figures_of
from tracker.flags import Limits, limits_of
from tracker.ledger.mapping import Mapping, Use, profile_setting
from tracker.merging.limiting import limited
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ProjectId, Setting
from tracker.periods import Part, Period
from tracker.registering.columns import Use as Column
from tracker.report.basis import areas_of
from tracker.report.template import template_of
from tracker.settings.areas import rename_area
from tracker.settings.carrying import plain_settings, plan_settings, read_plain
from tracker.settings.catalogue import CHOICES, choice_named, choices_of, put_back, settle
from tracker.settings.choice import Shape
from tracker.settings.of_import import known_columns
from tracker.statement_check.signs import signs_of
from ui.words import words_in

__all__ = ["tertial"]
YEAR = Period(2023, Part.YEAR)
PROFILE = profile_setting("Visma", Mapping(columns={Use.CODE: "Prosj", Use.AMOUNT: "Beløp", Use.PERIOD: "Per"}))
TYPED = {
    Shape.KRONER: "1,5 mill",
    Shape.NUMBER: "7",
    Shape.LINES: "Vann\nOppvekst",
    Shape.LONG: "Til kommunestyret.",
}
BY_KEY = {
    "deadline.T1": "5.6",
    "deadline.T2": "15.09.",
    "deadline.Y": "31.01.",
    "report.accent": "#7A1F3D",
    "report.logo": "PHN2ZyB4bWxucz0ieCI+PC9zdmc+",
    "report.parts": "status\nsummary",
    "statement.signs.turned": "loan",
}


@pytest.fixture
def portfolio() -> Portfolio:
    return apply(Portfolio(), added(message("Prøve"), [*portfolio_records(), PROFILE]))


def another(key: str) -> str:
    """Return a value of a setting that isn't the usual, as it is typed."""
    choice = choice_named(key)
    if choice.shape is Shape.ONE:
        return next(value for value, _ in choice.options if value != choice.usual)
    return BY_KEY.get(key, TYPED.get(choice.shape, "Ny verdi"))


def settled(portfolio: Portfolio) -> Portfolio:
    """Settle everything otherwise than it usually is."""
    for choice in CHOICES:
        portfolio = apply(portfolio, settle(portfolio, choice.key, another(choice.key)))
    return portfolio


def refused(caught: pytest.ExceptionInfo[Refusal]) -> str:
    return " ".join(words_in()(one) for one in (caught.value.reason, *caught.value.details))


def test_an_empty_portfolio_has_every_setting_at_a_default_that_works() -> None:
    empty, say = Portfolio(), words_in()
    assert limits_of(empty) == Limits()
    assert {choice.key for choice in CHOICES if not choice.is_usual(empty)} == {"municipality"}
    for choice in CHOICES:
        assert say(choice.title)
        assert choice.about.text.endswith(".")
        assert choice.usual is None or say(choice.say_value(choice.usual)), choice.key
        assert choice.put_back(empty).changes == (), choice.key


@pytest.mark.parametrize("key", [choice.key for choice in CHOICES])
def test_each_is_settled_in_one_step_told_by_name_and_put_back_to_its_default(portfolio: Portfolio, key: str) -> None:
    choice = choice_named(key)
    edit = settle(portfolio, key, another(key))
    after = apply(portfolio, edit)
    assert choice.value(after) != choice.value(portfolio)
    assert settle(after, key, choice.value(after)) == NOTHING
    assert apply(after, edit.inverse()) == portfolio
    if choice.usual is not None:
        back = apply(after, put_back(after, key))
        assert choice.is_usual(back)
        assert template_of(back) == template_of(portfolio)
        assert signs_of(back) == signs_of(portfolio)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("limit.year_kroner", "mye"),
        ("limit.year_kroner", "-5"),
        ("limit.year_percent", "1001"),
        ("limit.slip_quarters", "0"),
        ("deadline.T1", "31.02."),
        ("deadline.T1", "mai"),
        ("municipality", " "),
        ("statement.signs.income", "noe"),
        ("statement.signs.turned", "noe"),
        ("report.language", "de"),
        ("report.accent", "#FFFFFF"),
        ("report.logo", "ikke et bilde"),
        ("report.parts", ""),
        ("words", "a" * 201),
        ("ledger-profile.Visma", "{}"),
        ("finnes-ikke", "1"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(portfolio: Portfolio, key: str, typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        settle(portfolio, key, typed)
    assert refused(caught).endswith(".")


def test_a_new_period_is_due_on_the_municipalitys_day_and_a_year_in_the_year_after(portfolio: Portfolio) -> None:
    portfolio = apply(portfolio, settle(portfolio, "deadline.T1", "5.6"))
    portfolio = apply(portfolio, settle(portfolio, "deadline.Y", "31.1."))
    ids = map(str, count(1))
    for period in (Period(2024, Part.T1), Period(2024, Part.T2), Period(2024, Part.YEAR)):
        portfolio = apply(portfolio, open_period(portfolio, period, new_id=lambda: next(ids)))
    due = {str(state.period): state.deadline for state in portfolio.period_states.values()}
    assert due == {"2023-Y": None, "2024-T1": date(2024, 6, 5), "2024-T2": None, "2024-Y": date(2025, 1, 31)}


def test_service_areas_stand_in_the_municipalitys_order_and_are_renamed_everywhere(portfolio: Portfolio) -> None:
    figures = figures_of(portfolio, YEAR).projects
    assert [area for area, _ in areas_of(figures, portfolio.areas_in_order)] == ["Oppvekst", None]
    portfolio = apply(portfolio, settle(portfolio, "service-areas", "Vann\n\nOppvekst\nVann"))
    portfolio = apply(portfolio, rename_area(portfolio, "Oppvekst", "Skole"))
    assert portfolio.areas_in_order == ("Vann", "Skole")
    assert {project.service_area for project in portfolio.projects.values()} == {"Skole", None}
    with pytest.raises(Refusal):
        rename_area(portfolio, "Skole", "Vann")


def test_the_headings_of_a_sheet_are_those_that_the_municipality_has_said(portfolio: Portfolio) -> None:
    portfolio = apply(portfolio, settle(portfolio, "projects-column.name", "Tiltak i planen"))
    assert known_columns(portfolio, ["Kode", "TILTAK i planen"]) == {Column.NAME: "Tiltak i planen"}
    assert known_columns(portfolio, ["Kode", "Navn"]) == {}


def test_limits_words_and_areas_go_along_in_a_package_and_the_rest_stays_at_home(portfolio: Portfolio) -> None:
    chosen = [ProjectId(next(iter(portfolio.projects)))]
    kept = {change.after.id for change in limited(settled(portfolio), chosen) if isinstance(change.after, Setting)}
    assert {name for name in kept if not name.startswith("limit.")} == {"municipality", "words", "service-areas"}


def test_all_settings_come_back_from_a_file_in_a_portfolio_that_had_none(portfolio: Portfolio, tmp_path: Path) -> None:
    given, file = settled(portfolio), tmp_path / "innstillinger.json"
    write_settings(given, file)
    plan = plan_settings(Portfolio(), read_settings(file))
    after = apply(Portfolio(), plan.edit)
    assert plain_settings(after) == plain_settings(given)
    assert {one.choice.key for one in plan.changes} == {choice.key for choice in choices_of(given)}
    assert plan_settings(after, read_settings(file)).changes == ()
    assert json.loads(file.read_text("utf-8"))["settings"]["limit.year_kroner"] == 1_500_000


def test_what_a_file_calls_usual_is_put_back_and_what_it_does_not_name_stays(portfolio: Portfolio) -> None:
    given = settled(portfolio)
    after = apply(given, plan_settings(given, {"limit.year_kroner": None, "words": ["Vann"]}).edit)
    assert limits_of(after).year_kroner == Limits().year_kroner
    assert limits_of(after).large_kroner == limits_of(given).large_kroner
    assert after.own_words == {"Vann"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"format": "noe annet"}',
        '{"format": "tertial-settings", "version": 2, "settings": {}}',
        '{"format": "tertial-settings", "version": "1", "settings": {}}',
        '{"format": "tertial-settings", "version": 1, "settings": []}',
        '{"format": "tertial-settings", "version": 1, "settings": {"limit.year_kroner": "500"}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"limit.year_kroner": true}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"words": "ett"}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"words": [1]}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"ledger-profile.x": {"columns": []}}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"package": "x", "example": "1"}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"words": ["a\\ud800"]}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"municipality": "a\\u0000b"}}',
        '{"format": "tertial-settings", "version": 1, "settings": {"limit.year_kroner": 1' + "0" * 400 + "}}",
        '{"format": "tertial-settings", "version": 1, "settings": {"report.accent": "hvit", "words": ["a"]}}',
    ],
)
def test_a_damaged_newer_or_foreign_file_is_refused_whole_with_a_sentence(portfolio: Portfolio, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        plan_settings(portfolio, read_plain(text))
    assert refused(caught).endswith(".")


def test_the_command_shows_sets_exports_previews_and_takes_in(tertial: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "ut.json"
    assert tertial("settings", "set", path, "limit.year_kroner", "1 mill").code == 0
    assert (
        "limit.year_kroner: 1\u00a0000\u00a0000 kr (standard: 500\u00a0000 kr)" in tertial("settings", "show", path).out
    )
    assert json.loads(tertial("settings", "show", path, "--json").out)["settings"]["limit.year_kroner"] == 1_000_000
    assert tertial("settings", "export", path, file).code == 0
    assert tertial("settings", "reset", path, "limit.year_kroner").code == 0
    before = path.read_bytes()
    shown = tertial("settings", "import", path, file, "--dry-run")
    assert shown.out == "Avvik i året, beløp: 500\u00a0000 kr → 1\u00a0000\u00a0000 kr\n"
    assert path.read_bytes() == before
    assert tertial("settings", "import", path, file).out == shown.out
    assert tertial("settings", "rename-area", path, "Oppvekst", "Skole").code == 0
    file.write_text("{", encoding="utf-8")
    said = tertial("settings", "import", path, file)
    assert (said.code, said.err.count("\n")) == (2, 1)
    with closing(open_store(path, read_only=True)) as store:
        assert limits_of(store.load()).year_kroner == 1_000_000
