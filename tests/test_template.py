"""What a municipality settles about its report is kept with the portfolio, can be undone, and holds in every format."""

from __future__ import annotations

from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from db.journal import Signature
from db.pdf.write import write_pdf
from db.store import new_store, open_store
from tests.test_pdf import SVG, pages_of
from tests.test_report import YEAR, made_of
from tests.test_workbook import with_texts
from tracker.edits import NOTHING, apply
from tracker.messages import Refusal
from tracker.model import Portfolio, RecordId, Setting
from tracker.report import build_report
from tracker.report.build import PARTS
from tracker.report.content import ColumnKind, LogoKind, Typeface
from tracker.report.settling import (
    name_municipality,
    settle_accent,
    settle_language,
    settle_length,
    settle_logo,
    settle_parts,
    settle_text,
    settle_typeface,
)
from tracker.report.shortening import short
from tracker.report.template import LARGEST_LOGO, Template, contrast_on_white, report_of, template_of
from ui.words import words_in

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30


def settled(portfolio: Portfolio | None = None) -> Portfolio:
    """Settle one of each."""
    portfolio = made_of() if portfolio is None else portfolio
    for settle in (
        lambda now: settle_accent(now, "#7a1f5c"),
        lambda now: settle_typeface(now, "serif"),
        lambda now: settle_logo(now, SVG),
        lambda now: settle_parts(now, ["status", "summary"]),
        lambda now: settle_text(now, "front", " Til kommunestyret. "),
        lambda now: settle_length(now, in_full=False),
        lambda now: settle_language(now, "nn"),
        lambda now: name_municipality(now, "Ås kommune"),
    ):
        portfolio = apply(portfolio, settle(portfolio))
    return portfolio


def refusal_of(caught: pytest.ExceptionInfo[Refusal]) -> str:
    return words_in()(caught.value.reason)


def test_nothing_settled_is_the_report_as_the_program_makes_it() -> None:
    assert template_of(Portfolio()) == Template()
    assert report_of(made_of(), YEAR) == build_report(made_of(), YEAR)


def test_what_is_settled_is_what_the_report_becomes() -> None:
    report = report_of(settled(), YEAR)
    assert (report.look.accent, report.look.typeface) == ("7A1F5C", Typeface.SERIF)
    assert report.look.logo is not None
    assert (report.look.logo.kind, report.look.logo.content) == (LogoKind.SVG, SVG)
    assert [part.id for part in report.parts] == ["front", "status", "summary"]
    assert report.parts[0].preface == ("Til kommunestyret.",)
    assert report.owner == "Ås kommune"
    assert template_of(settled()).language == "nn"


def test_it_is_kept_with_the_portfolio_and_each_step_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "p.tertial"
    edit = settle_accent(Portfolio(), "7A1F5C")
    signature = Signature(who="Kari", at="2024-01-01T00:00:00+00:00", way="made", entry_id=str(uuid4()))
    with new_store(path) as store:
        store.commit(edit, signature)
    with closing(open_store(path)) as store:
        kept = store.load()
        assert template_of(kept).look.accent == "7A1F5C"
        store.commit(edit.inverse(), replace(signature, entry_id=str(uuid4())))
        assert template_of(store.load()) == Template()


def test_what_is_settled_back_to_the_usual_leaves_no_setting() -> None:
    portfolio = settled()
    for settle in (
        lambda now: settle_accent(now, ""),
        lambda now: settle_typeface(now, "sans"),
        lambda now: settle_logo(now, None),
        lambda now: settle_parts(now, [name.id for name in PARTS]),
        lambda now: settle_text(now, "front", " "),
        lambda now: settle_length(now, in_full=True),
        lambda now: settle_language(now, ""),
    ):
        edit = settle(portfolio)
        assert edit != NOTHING
        portfolio = apply(portfolio, edit)
        assert settle(portfolio) == NOTHING
    assert template_of(portfolio) == Template()


@pytest.mark.parametrize("colour", ["#FFC000", "00B050", "#808080", "FFFFFF"])
def test_a_colour_that_cannot_be_read_on_white_is_refused_with_its_contrast(colour: str) -> None:
    with pytest.raises(Refusal) as caught:
        settle_accent(Portfolio(), colour)
    assert "for lys til å leses på hvitt" in refusal_of(caught)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast_on_white("FFFFFF") == pytest.approx(1)
    assert contrast_on_white("000000") == pytest.approx(21)
    assert contrast_on_white("767676") == pytest.approx(4.54, abs=0.01)
    assert settle_accent(Portfolio(), "#767676").changes


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: settle_accent(Portfolio(), "blå"), "«blå» er ikke en farge"),
        (lambda: settle_typeface(Portfolio(), "Comic"), "Skrifttypen «Comic» finnes ikke"),
        (lambda: settle_logo(Portfolio(), b"GIF89a"), "Logoen kan ikke leses"),
        (lambda: settle_logo(Portfolio(), b"<html><body>svg</body></html>"), "Logoen kan ikke leses"),
        (lambda: settle_logo(Portfolio(), PNG + b"\0" * LARGEST_LOGO), "lagre den mindre"),
        (lambda: settle_parts(Portfolio(), []), "minst én del"),
        (lambda: settle_parts(Portfolio(), ["summary", "tull"]), "ingen del «tull»"),
        (lambda: settle_text(Portfolio(), "tull", "Hei"), "ingen del «tull»"),
        (lambda: settle_text(Portfolio(), "status", "x" * 20_001), "på høyst 20\u00a0000"),
        (lambda: name_municipality(Portfolio(), "  "), "Skriv kommunens navn"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(act, told: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(Refusal) as caught:
        act()
    assert told in refusal_of(caught)


@pytest.mark.parametrize(
    "setting",
    [("report.accent", "FFC000"), ("report.typeface", "x"), ("report.logo", "ikke base64"), ("report.logo", "AAAA")],
)
def test_a_setting_that_cannot_be_used_is_told_and_not_followed(setting: tuple[str, str]) -> None:
    id_, value = setting
    portfolio = replace(made_of(), settings={id_: Setting(id=RecordId(id_), value=value)})
    with pytest.raises(Refusal):
        report_of(portfolio, YEAR)


def test_parts_that_this_version_does_not_have_are_passed_over() -> None:
    chosen = Setting(id=RecordId("report.parts"), value="summary,from-a-later-version,status")
    assert template_of(Portfolio(settings={chosen.id: chosen})).parts == ("summary", "status")


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG, LogoKind.PNG), (JPEG, LogoKind.JPEG), (b"\xef\xbb\xbf<?xml ?>\n" + SVG, LogoKind.SVG)]
)
def test_the_kind_of_logo_is_told_by_what_it_is(content: bytes, kind: LogoKind) -> None:
    logo = template_of(apply(Portfolio(), settle_logo(Portfolio(), content))).look.logo
    assert logo is not None
    assert (logo.kind, logo.content) == (kind, content)
    assert b64encode(content).decode() in str(settle_logo(Portfolio(), content))


def test_shortened_texts_are_whole_sentences_and_the_report_says_so() -> None:
    long = "Grunnen er kvikkleire. " * 40
    portfolio = apply(with_texts(long, "Kort."), settle_length(Portfolio(), in_full=False))
    status = next(part for part in report_of(portfolio, YEAR).parts if part.id == "status")
    comments = [row.cells[-1] for row in status.tables[0].rows]
    assert status.tables[0].columns[-1].kind is ColumnKind.LONG_TEXT
    assert comments[1] == "Kort."
    assert isinstance(comments[0], str)
    assert comments[0].endswith("kvikkleire. …")
    assert len(comments[0]) <= 302
    assert "Lange tekster er forkortet" in " ".join(words_in()(one) for paragraph in status.intro for one in paragraph)


@pytest.mark.parametrize("text", ["", "Kort.", "x" * 500, "Ett ord " * 80, "A. " + "b" * 400])
def test_a_shortened_text_is_a_beginning_of_it(text: str) -> None:
    shown = short(text)
    assert text.startswith(shown.removesuffix(" …"))
    assert len(shown) <= max(len(text), 302)
    assert shown == text or len(text) > 300


def test_own_words_and_order_stand_in_the_pdf(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    write_pdf(report_of(settled(), YEAR), path, say=words_in())
    pages = pages_of(path)
    assert "Ås kommune" in pages[0]
    text = "\n".join(pages[1:])
    assert text.index("Til kommunestyret.") < text.index("Status") < text.index("Sammendrag")
    assert "Kontroll" not in text
