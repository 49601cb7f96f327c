"""What a word can say of a project's money or progress, and the sets of meanings that the rules ask for.

Must not know any word: `tracker.reading.lexicon` does.
"""

from __future__ import annotations

from enum import Enum, auto


class Meaning(Enum):
    """What a word says; `NONE` for all other words."""

    NONE = auto()
    TOTAL_FRAME = auto()
    FRAME = auto()
    YEAR_FRAME = auto()
    SPENT = auto()
    ACTUAL = auto()
    OVERSPEND = auto()
    UNDERSPEND = auto()
    LEFT = auto()
    DEVIATION = auto()
    FORECAST = auto()
    FINAL_FORECAST = auto()
    OTHER_MONEY = auto()
    RATE = auto()
    RAISED = auto()
    WITHIN = auto()
    PLAN = auto()
    ON_SCHEDULE = auto()
    DELAY = auto()
    FINISH = auto()
    FINISHING = auto()
    CLOSE = auto()
    STOP = auto()
    ACTIVE = auto()
    REMAINS = auto()
    EVENT = auto()
    PART = auto()
    WHOLE = auto()
    FUTURE = auto()
    IS = auto()
    WAS = auto()
    HAS = auto()
    NOT = auto()
    DOUBT = auto()
    PROPOSED = auto()
    EARLIER = auto()
    IN_ALL = auto()
    SO_FAR = auto()
    THIS_YEAR = auto()
    OTHER_YEAR = auto()
    INSTEAD = auto()
    OTHERS = auto()
    PREPOSITION = auto()
    PRONOUN = auto()
    FILLER = auto()

    # Sets of meanings are asked of every clause: an enum's own hash is a Python call.
    __hash__ = object.__hash__


_M = Meaning

MONEY = frozenset(
    {
        _M.TOTAL_FRAME,
        _M.FRAME,
        _M.YEAR_FRAME,
        _M.SPENT,
        _M.ACTUAL,
        _M.OVERSPEND,
        _M.UNDERSPEND,
        _M.LEFT,
        _M.DEVIATION,
        _M.FORECAST,
        _M.FINAL_FORECAST,
        _M.OTHER_MONEY,
        _M.RATE,
    }
)
"""Words that an amount can belong to."""

FRAMES = frozenset({_M.TOTAL_FRAME, _M.FRAME, _M.YEAR_FRAME})
DIFFERENCES = frozenset({_M.OVERSPEND, _M.UNDERSPEND})
PROGRESS = frozenset(
    {
        _M.ON_SCHEDULE,
        _M.DELAY,
        _M.FINISH,
        _M.FINISHING,
        _M.CLOSE,
        _M.STOP,
        _M.ACTIVE,
        _M.REMAINS,
        _M.WITHIN,
    }
)
"""Words that say by themselves how far a project has come."""

TELLING = (MONEY - {_M.OTHER_MONEY}) | PROGRESS
"""A sentence with none of these is read only for what is to come."""

NOUNS = frozenset({_M.PART, _M.EVENT, _M.WHOLE, _M.OTHER_MONEY, _M.OTHERS})
VERBS = frozenset({_M.IS, _M.WAS, _M.HAS, _M.FUTURE})
SMALL = frozenset(
    {
        *VERBS,
        _M.NOT,
        _M.DOUBT,
        _M.PROPOSED,
        _M.EARLIER,
        _M.IN_ALL,
        _M.SO_FAR,
        _M.THIS_YEAR,
        _M.OTHER_YEAR,
        _M.INSTEAD,
        _M.PREPOSITION,
        _M.PRONOUN,
        _M.FILLER,
        _M.RAISED,
    }
)
"""Words that are no noun and name nothing."""
