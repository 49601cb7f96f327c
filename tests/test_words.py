"""How messages become Norwegian sentences."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.messages import Refusal, message
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from ui.words import words_in

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("place", "value", "written"),
    [
        ("{x:kr}", 1_234_567, f"1{NBSP}234{NBSP}567{NBSP}kr"),
        ("{x:kr}", -12, f"\u221212{NBSP}kr"),
        ("{x:tkr}", 97_400, f"97{NBSP}000{NBSP}kr"),
        ("{x:tkr}", -97_500, f"\u221298{NBSP}000{NBSP}kr"),
        ("{x:tkr}", 400, f"400{NBSP}kr"),
        ("{x:tkr}", 0, f"0{NBSP}kr"),
        ("{x:mill}", 1_450_000, f"1,5{NBSP}mill. kroner"),
        ("{x:mill}", -1_440_000, f"\u22121,4{NBSP}mill. kroner"),
        ("{x:mill}", 1_133_759_000, f"1{NBSP}133,8{NBSP}mill. kroner"),
        ("{x:pct}", 0.8254, f"82,5{NBSP}prosent"),
        ("{x:kr}", None, "-"),
        ("{x}", 12345, f"12{NBSP}345"),
        ("{x}", date(2023, 12, 31), "31.12.2023"),
        ("{x}", Quarter(2025, 4), "4K-2025"),
        ("{x}", State.NOT_SET, "-"),
        ("{x}", Period(2023, Part.T2), "2. tertialrapport 2023"),
        ("{x}", message("i {y}", y=Period(2023, Part.YEAR)), "i Årsmelding 2023"),
        ("{x}", "{y} % $", "{y} % $"),
    ],
)
def test_values_are_written_the_norwegian_way(place: str, value: object, written: str) -> None:
    assert words_in("nb")(message(place, x=value)) == written  # type: ignore[arg-type]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Refusal):
        words_in("xx")
