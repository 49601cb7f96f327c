"""What reading § 5-5 promises: every line of both parts, its sums known by arithmetic, and the prose kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.published.report import read_published_statement
from tracker.messages import Refusal
from tracker.published.content import PublishedStatementLine
from tracker.published.statement_lines import find_sums
from tracker.published.statement_text import read_statement

SHARED = Path(__file__).parents[2] / "shared" / "data" / "arsmelding-2023-investeringsregnskap.txt"
HEADER = """Hele tusen kroner
Regnskap

2030
Regnskap

2031
Rev. bud

2031
Oppr. bud

2031
Avvik Rev-
Regn 2031
"""
FIRST = f"""Innledning til kapittelet.

Bevilgningsoversikt investering §5-5, 1. ledd

{HEADER}
Investeringer i varige driftsmidler 853 050 875 377 1 071 899 1 373 069 196 522

Tilskudd til andres investeringer 14 998 22 154 23 749 14 964 1 595

Kjøp av aksjer og andeler i
selskaper

11 791 13 277 13 111 12 167 -166

Sum investeringsutgifter 879 839 910 808 1 108 759 1 400 200 197 951


Bruk av lån -879 839 -910 808 -1 108 759 -1 400 200 -197 951

Sum investeringsinntekter -879 839 -910 808 -1 108 759 -1 400 200 -197 951

Framført til inndekning (udekket
beløp)

0 0 0 0 0

Prosa mellom tabellene om 593 mill. kroner.
"""
SECOND = f"""
Bevilgningsoversikt investering § 5-5, andre ledd

{HEADER}
Oppvekst 867 848 888 554 1 084 910 1 385 136 196 356

Helse 11 991 22 254 23 849 15 064 1 595

Sum brutto investeringer 879 839 910 808 1 108 759 1 400 200 197 951
Etterord.
"""


def with_spaces(text: str) -> str:
    """End each line in a space, as text taken from a PDF does, unless it ends inside a word."""
    return "\n".join(line if line.endswith("-") or not line else f"{line} " for line in text.split("\n"))


def read(text: str) -> tuple[PublishedStatementLine, ...]:
    return read_statement(with_spaces(text).split("\n")).lines


def refusal(text: str) -> str:
    with pytest.raises(Refusal) as caught:
        read(text)
    return caught.value.reason.text.format_map(dict(caught.value.reason.values))


def test_both_parts_are_read_with_their_sums() -> None:
    lines = read(FIRST + SECOND)
    assert [(line.paragraph, line.label, line.is_sum) for line in lines] == [
        (1, "Investeringer i varige driftsmidler", False),
        (1, "Tilskudd til andres investeringer", False),
        (1, "Kjøp av aksjer og andeler i selskaper", False),
        (1, "Sum investeringsutgifter", True),
        (1, "Bruk av lån", False),
        (1, "Sum investeringsinntekter", True),
        (1, "Framført til inndekning (udekket beløp)", True),
        (2, "Oppvekst", False),
        (2, "Helse", False),
        (2, "Sum brutto investeringer", True),
    ]
    first = lines[0]
    assert (first.previous_actual, first.actual, first.revised_budget) == (853050, 875377, 1071899)
    assert (first.original_budget, first.deviation) == (1373069, 196522)


def test_prose_is_kept() -> None:
    found = read_statement(with_spaces(FIRST + SECOND).split("\n")).leftovers
    assert [text for text in found if "§" not in text] == [
        "Innledning til kapittelet.",
        "Prosa mellom tabellene om 593 mill. kroner.",
        "Etterord.",
    ]


def test_spaces_taken_away_by_an_editor_change_nothing() -> None:
    assert read_statement((FIRST + SECOND).split("\n")).lines == read(FIRST + SECOND)


def test_a_sum_without_the_word_is_known_by_arithmetic() -> None:
    text = FIRST + SECOND.replace("Sum brutto", "Inv i alt 879 839 910 808 1 108 759 1 400 200 197 951\n\nSum brutto")
    assert [line.is_sum for line in read(text)][-2:] == [True, True]


def test_small_figures_that_happen_to_add_up_are_no_sum() -> None:
    amounts = [(0, 2, 2, 0, 0), (0, 1, 1, 0, 0), (0, 3, 3, 0, 0)]
    assert find_sums(["Leie", "Kjøp", "Utlån"], amounts) == [False, False, False]
    assert find_sums(["Leie", "Kjøp", "Netto utlån"], amounts) == [False, False, True]


def test_lines_that_cancel_out_belong_to_their_sum() -> None:
    # The last line closes the statement only if the net line took all four with it, not just the last two.
    lending = [(900, 800, 700, 600, -100), (-900, -800, -700, -600, 100), (50, 60, 70, 80, 10), (-20, -30, -30, -40, 0)]
    labels = ["Videreutlån", "Bruk av lån", "Avdrag", "Mottatt", "Netto utgifter", "Sum overføring", "Udekket"]
    amounts = [*lending, (30, 30, 40, 40, 10), (-30, -30, -40, -40, -10), (0, 0, 0, 0, 0)]
    assert find_sums(labels, amounts) == [False, False, False, False, True, True, True]


def test_a_changed_digit_is_refused_with_the_line() -> None:
    said = refusal((FIRST + SECOND).replace("875 377", "875 477"))
    assert "«Investeringer i varige driftsmidler»" in said
    assert "853 050 875 477 1 071 899" in said


def test_a_missing_part_is_named() -> None:
    assert "2. ledd" in refusal(FIRST)
    assert "1. ledd" in refusal(SECOND)
    assert "1. ledd" in refusal("Bare prosa.")


def test_a_cut_off_second_part_is_refused_with_its_last_line() -> None:
    cut = (FIRST + SECOND).split("Sum brutto")[0]
    assert "«Helse»" in refusal(cut)


def test_a_line_with_a_figure_missing_is_refused() -> None:
    assert "«Helse»: 11 991 22 254 23 849 1 595" in refusal((FIRST + SECOND).replace(" 15 064", ""))
    assert "«Oppvekst 867 848 888 554»" in refusal((FIRST + SECOND).replace(" 1 084 910 1 385 136 196 356", ""))


def test_other_columns_are_refused() -> None:
    assert "Oppr. bud 2031 Rev. bud" in refusal(
        (FIRST + SECOND).replace("Rev. bud", "X").replace("Oppr. bud", "Rev. bud").replace("X", "Oppr. bud")
    )
    years = FIRST.replace("2030", "2032") + SECOND
    assert "Regnskap (året før)" in refusal(years)


def test_sub_sums_decide_what_arithmetic_leaves_open() -> None:
    # 1 | 100 200 | 200 200 and 1 100 | 200 | 100 200 both give the deviation; only one adds up.
    lines = SECOND.replace("Oppvekst 867 848 888 554 1 084 910 1 385 136 196 356", "Oppvekst 5 1 000 1 000 7 0")
    lines = lines.replace("Helse 11 991 22 254 23 849 15 064 1 595", "Helse 1 100 100 100 100 0 0")
    total = "Sum brutto investeringer 6 101 100 101 100 7 0"
    found = read(FIRST + lines.replace("Sum brutto investeringer 879 839 910 808 1 108 759 1 400 200 197 951", total))
    assert (found[-2].previous_actual, found[-2].actual, found[-2].revised_budget) == (1, 100100, 100100)


@pytest.mark.skipif(not SHARED.exists(), reason="the real chapter is not here")
def test_the_real_chapter() -> None:
    found = read_published_statement(SHARED)
    by_label = {(line.paragraph, line.label): line for line in found.lines}
    assert len(found.lines) == 37
    for key in ((1, "Sum investeringsutgifter"), (2, "Sum brutto investeringer")):
        line = by_label[key]
        assert (line.previous_actual, line.actual, line.revised_budget) == (879839, 935807, 1133759)
        assert (line.original_budget, line.deviation, line.is_sum) == (1400201, 197952, True)
    wrapped = by_label[1, "Sum netto avsetning/bruk av bundne investeringsfond"]
    assert (wrapped.previous_actual, wrapped.deviation) == (-16320, -9886)
    assert sum(line.is_sum for line in found.lines) == 11
    assert any("betjeningsevne" in text for text in found.leftovers)
