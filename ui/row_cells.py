"""The cells of the project table: how a figure, a text, a flag or a light is shown, sorted, copied and said aloud.

Must not know which column a cell stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.flags import Flag
from tracker.kinds import Light
from tracker.lights import ShownLight
from tracker.messages import message
from tracker.money import in_thousands, write_number
from tracker.quarters import Completion, State, write_completion
from tracker.typed import LIGHTS
from ui.cells import Cell
from ui.words import Say

NOTHING = "-"
_SHOWN_OF_TEXT = 100


def flag_value(flags: Sequence[Flag]) -> tuple[int, int] | None:
    """Return what sorts flags: the worst, then how many."""
    if not flags:
        return None
    return (min(flag.severity.rank for flag in flags), -len(flags))


def amount_cells(amounts: Sequence[int | None], unknown: str) -> list[Cell]:
    """Show several amounts."""
    return [amount_cell(amount, unknown) for amount in amounts]


def amount_cell(kroner: int | None, unknown: str) -> Cell:
    """Show thousands; sort by kroner; copy plain digits."""
    if kroner is None:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    thousands = in_thousands(kroner)
    return Cell(text=write_number(thousands), value=kroner, plain=str(thousands))


def text_cell(text: str, unknown: str) -> Cell:
    """Show a short text whole."""
    if not text:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    return Cell(text=text, value=text, tip=text)


def completion_cell(completion: Completion, unknown: str) -> Cell:
    """Show a completion as the published table does."""
    if completion is State.NOT_SET:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    return Cell(text=write_completion(completion), value=completion)


def long_cell(whole: str, unknown: str) -> Cell:
    """Show the beginning of a long text, and all of it in the tip."""
    text = whole.strip()
    if not text:
        return Cell(text=NOTHING, plain="", spoken=unknown)
    line = " ".join(text[: 2 * _SHOWN_OF_TEXT].split())
    shown = line if len(line) <= _SHOWN_OF_TEXT else f"{line[:_SHOWN_OF_TEXT].rstrip()}…"
    return Cell(text=shown, value=text, plain=text, tip=text, spoken=text)


def flag_cell(flags: Sequence[Flag], say: Say) -> Cell:
    """Show the worst and how many more; the sentences are in the tip and said aloud."""
    if not flags:
        return Cell(text="", plain="", spoken=say(message("ingen flagg")))
    worst = min(flags, key=lambda flag: flag.severity.rank).severity
    word = say(worst.word)
    text = word if len(flags) == 1 else f"{word} +{len(flags) - 1}"
    sentences = [f"{say(flag.severity.word)}: {say(flag.finding.message)}" for flag in flags]
    return Cell(
        text=text,
        value=flag_value(flags),
        tip="\n".join(sentences),
        spoken=" ".join(sentences),
        mark=worst,
    )


def light_cell(shown: ShownLight | None, say: Say) -> Cell:
    """Show a light with its word, and that somebody set it; why is in the tip and said aloud. Red sorts first."""
    if shown is None or shown.light is None:
        reason = "" if shown is None else say(shown.reason)
        return Cell(text=NOTHING, plain="", tip=reason, spoken=reason or say(message("ikke vurdert")))
    word = say(LIGHTS[shown.light])
    text = word if shown.override is None else say(message("{light}, overstyrt", light=word))
    reason = say(shown.reason)
    return Cell(text=text, value=_RED_FIRST[shown.light], tip=reason, spoken=f"{text}. {reason}", mark=shown.light)


_RED_FIRST = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}
