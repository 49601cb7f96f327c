"""Amounts, splits by cause and lights as people type them, and as they are written.

Must not know which record they belong to. Amounts are typed and written in thousands and kept in kroner.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.kinds import Light
from tracker.messages import Message, Refusal, message
from tracker.model import DeviationSplit, LightOverride
from tracker.money import THOUSAND, Unit, UnreadableAmountError, in_thousands, parse_kroner, write_number

CAUSES: Mapping[str, Message] = {
    "timing": message("Periodisering"),
    "cost": message("Kostnad"),
    "scope": message("Omfang"),
    "other": message("Annet"),
}
"""What each part of a `DeviationSplit` is called."""

LIGHTS: Mapping[Light, Message] = {
    Light.GREEN: message("Grønn"),
    Light.YELLOW: message("Gul"),
    Light.RED: message("Rød"),
}
_LIGHT_WORDS: Mapping[str, Light] = {
    **{title.text.casefold(): light for light, title in LIGHTS.items()},
    "grøn": Light.GREEN,
    "green": Light.GREEN,
    "yellow": Light.YELLOW,
    "raud": Light.RED,
    "red": Light.RED,
}


def read_amount(text: str) -> int | None:
    """Read an amount; None for nothing, or a dash.

    Raises Refusal when it is no amount.
    """
    if not text.strip() or text.strip() == "-":
        return None
    try:
        return parse_kroner(text, unit=Unit.THOUSANDS)
    except UnreadableAmountError:
        raise Refusal(
            message("«{text}» er ikke et beløp: skriv for eksempel 12 500 (tusen kroner) eller 12,5 mill.", text=text)
        ) from None


def write_amount(kroner: int | None) -> str:
    """Write an amount in thousands; one that is no whole thousand in kroner, so that nothing is lost."""
    if kroner is None:
        return ""
    if kroner % THOUSAND:
        return f"{write_number(kroner)}\u00a0kr"
    return write_number(in_thousands(kroner))


def read_split(text: str) -> DeviationSplit | None:
    """Read a split: `Periodisering 500; Kostnad 300`. Nothing is no split.

    Raises Refusal when a cause or an amount can't be read.
    """
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, amount = part.partition(" ")
        cause = next((cause for cause, title in CAUSES.items() if title.text.casefold() == name.casefold()), None)
        if cause is None:
            raise Refusal(
                message("«{text}» er ikke en årsak: skriv for eksempel Periodisering 500; Kostnad 300.", text=name)
            )
        found[cause] = read_amount(amount) or 0
    split = DeviationSplit(**found)
    return split if any(found.values()) else None


def write_split(split: DeviationSplit | None) -> str:
    """Write a split as it is read, the causes that have nothing left out."""
    if split is None:
        return ""
    parts = ((title, getattr(split, cause)) for cause, title in CAUSES.items())
    return "; ".join(f"{title.text} {write_amount(amount)}" for title, amount in parts if amount)


def read_light(text: str) -> LightOverride | None:
    """Read a light that somebody sets, with the reason: `Rød: entreprenøren er konkurs`. Nothing is none.

    Raises Refusal without a light or a reason.
    """
    if not text.strip():
        return None
    name, _, reason = (part.strip() for part in text.partition(":"))
    light = _LIGHT_WORDS.get(name.casefold())
    if light is None:
        raise Refusal(message("«{text}» er ikke et lys: skriv Grønn, Gul eller Rød, kolon og grunnen.", text=name))
    if not reason:
        raise Refusal(message("Skriv hvorfor lyset settes til noe annet enn det beregnede."))
    return LightOverride(light=light, reason=reason)


def write_light(override: LightOverride | None) -> str:
    """Write a light that somebody set, as it is read."""
    return "" if override is None else f"{LIGHTS[override.light].text}: {override.reason}"
