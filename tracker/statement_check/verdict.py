"""What a check of a statement comes to: each thing that was tried, how it came out, and why it may have.

Must not know how it is tried, nor shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from tracker.messages import Message, message
from tracker.money import MILLION, THOUSAND
from tracker.statement_check.signs import SignProfile
from tracker.statement_check.tables import ReadStatement


class Outcome(Enum):
    """How a check came out; a doubt is for a person to look at, and may be right."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    DOUBT = "doubt"
    FAILS = "fails"

    @property
    def word(self) -> Message:
        """What people call it."""
        return _WORDS[self]

    @property
    def is_finding(self) -> bool:
        """Whether somebody should look at it."""
        return self in {Outcome.DOUBT, Outcome.FAILS}


_WORDS = {
    Outcome.HOLDS: message("Stemmer"),
    Outcome.ROUNDING: message("Avrunding"),
    Outcome.DOUBT: message("Se på"),
    Outcome.FAILS: message("Stemmer ikke"),
}


PROJECTS = "projects"
"""The id of a check against the projects."""
_PARTS = {1: message("Første ledd"), 2: message("Andre ledd")}
PART_WORDS = {1: message("første ledd"), 2: message("andre ledd")}
"""The parts in the middle of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Something behind a figure: a line of the statement, or a project."""

    name: str | Message
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was tried in one column: the figure that is printed and the one that it is to be, in kroner.

    `id` is stable: `sum`, `balance`, `deviation`, `parts`, `signs`, `missing-line`, `unread`, `projects`. Signs are
    those of the statement; what is `behind` has them as inside, where it adds up. What has no figure (a line that is
    missing) says so in its reason. `paragraph`, `place` and `at` are the part, the line and the column.
    """

    id: str
    title: Message
    column: Message | None = None
    printed: int | None = None
    computed: int | None = None
    allowance: int = 0
    reason: Message | None = None
    behind: tuple[Behind, ...] = ()
    paragraph: int | None = None
    place: int | None = None
    at: int | None = None
    is_doubt: bool = False

    @property
    def difference(self) -> int | None:
        """Printed minus what it is to be."""
        return None if self.printed is None or self.computed is None else self.printed - self.computed

    @property
    def outcome(self) -> Outcome:
        """How it came out."""
        if self.is_doubt:
            return Outcome.DOUBT
        if self.difference is None:
            return Outcome.FAILS
        if self.difference == 0:
            return Outcome.HOLDS
        return Outcome.ROUNDING if abs(self.difference) <= self.allowance else Outcome.FAILS

    @property
    def where(self) -> Message:
        """What was tried, and in which column."""
        return self.title if self.column is None else message("{title}, {column}", title=self.title, column=self.column)

    @property
    def words(self) -> Message:
        """What it says, in a sentence."""
        where = self.where
        if self.difference is None:
            return message("{where}: {reason}", where=where, reason=self.reason)
        if self.reason is None:
            return message("{where}: {printed:kr}", where=where, printed=self.printed)
        return message(
            "{where}: det står {printed:kr}, men skal være {computed:kr} (differanse {difference:kr}): {reason}",
            where=where,
            printed=self.printed,
            computed=self.computed,
            difference=self.difference,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that was tried of a statement, and the signs that it is printed with."""

    read: ReadStatement
    signs: SignProfile
    checks: tuple[Check, ...]

    @property
    def findings(self) -> tuple[Check, ...]:
        """What somebody should look at."""
        return tuple(check for check in self.checks if check.outcome.is_finding)

    @property
    def in_short(self) -> Message:
        """How many checks came out in which way."""
        counted = Counter(check.outcome for check in self.checks)
        return message(
            "{count} {count:prøve|prøver}: {holds} stemmer, {rounded} stemmer når det tas høyde for avrunding, {fails} "
            "stemmer ikke, og {doubts} bør ses på.",
            count=len(self.checks),
            holds=counted[Outcome.HOLDS],
            rounded=counted[Outcome.ROUNDING],
            fails=counted[Outcome.FAILS],
            doubts=counted[Outcome.DOUBT],
        )

    @property
    def how_read(self) -> tuple[Message, ...]:
        """How the file was understood: its parts, its unit and its signs, so that a reader can see it misread."""
        units = {1: message("kroner"), THOUSAND: message("hele tusen kroner"), MILLION: message("millioner kroner")}
        told = [
            message(
                "{part}: {lines} {lines:linje|linjer} og {columns} {columns:kolonne|kolonner}, i {unit}.",
                part=_PARTS[table.paragraph],
                lines=len(table.lines),
                columns=len(table.columns),
                unit=units.get(table.unit, units[1]),
            )
            for table in self.read.tables
        ]
        if not self.read.unit_is_said:
            told.append(
                message("Filen sier ikke om beløpene er i kroner eller tusen; det er gjettet ut fra størrelsen.")
            )
        return (*told, *(message("Fortegn: {words}.", words=words) for words in self.signs.words))
