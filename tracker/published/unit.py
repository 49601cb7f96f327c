"""Which unit a printed table says that its amounts are in: only thousands are read as thousands.

Must not know where the table stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.messages import Refusal, message

_SAID = re.compile(r"\(?(?:alle\s+)?(?:beløp|tall)(?:\s+er)?\s+i\s+(?P<unit>.{2,30}?)[.)]*", re.IGNORECASE)
_THOUSANDS = re.compile(r"1[\s.]?000|tusen|tkr", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:kroner|kr|mill|million|mnok|nok)", re.IGNORECASE)


def refuse_other_unit(lines: Iterable[str]) -> None:
    """Raise Refusal where lines say that amounts are in something else, and none that they are in thousands."""
    said = [found["unit"] for line in lines if (found := _SAID.fullmatch(line.strip()))]
    units = [unit for unit in said if _MONEY.search(unit) or _THOUSANDS.search(unit)]
    if units and not any(map(_THOUSANDS.search, units)):
        raise Refusal(
            message(
                "Beløpene i rapporten er i {unit}, og bare tabeller i 1000 kroner kan leses: "
                "gjør dem om til tusen kroner og les på nytt.",
                unit=units[0],
            )
        )
