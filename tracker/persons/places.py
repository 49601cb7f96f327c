"""How a person stands in a text, and what the text is without the name.

Must not know where the text is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.messages import Message, message
from tracker.persons.fields import Held, Holds
from tracker.persons.names import Person


class Standing(Enum):
    """How a person stands in a text: as its name, in words about them, or perhaps."""

    NAMED = "named"
    MENTIONED = "mentioned"
    PERHAPS = "perhaps"


STANDING_TITLES: Mapping[Standing, Message] = {
    Standing.NAMED: message("Navn"),
    Standing.MENTIONED: message("Omtale"),
    Standing.PERHAPS: message("Mulig omtale"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person stands: a field of a record as it is, or as entry number `entry` of the journal made it."""

    table: str
    record: str
    field: str
    title: Message
    text: str
    standing: Standing
    project: str | None = None
    period: str | None = None
    entry: int | None = None


def standing_of(person: Person, held: Held, text: str) -> Standing | None:
    """Return how a person stands in a text, None where they don't."""
    if held.holds is Holds.NAME and person.stands_in(text):
        return Standing.NAMED
    if held.holds is Holds.LABEL and person.is_alone(text):
        return Standing.NAMED
    found = person.mentions(text)
    if not found:
        return None
    return Standing.MENTIONED if any(one.is_certain for one in found) else Standing.PERHAPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """Another name for a person: in every field that is a name, and in running texts too if that is asked for."""

    person: Person
    by: str
    in_texts: bool = False

    def replaces(self, standing: Standing | None) -> bool:
        """Whether a name is replaced where the person stands so."""
        return standing is Standing.NAMED or (standing is Standing.MENTIONED and self.in_texts)

    def applied(self, held: Held, text: str) -> str:
        """Return what is to stand in a text's place."""
        standing = standing_of(self.person, held, text)
        if not self.replaces(standing):
            return text
        if standing is Standing.MENTIONED:
            return self.person.rewritten(text, self.by)
        return self.person.renamed(text, self.by)


def fields_touched(places: Iterable[Place]) -> list[tuple[Message, Standing, int]]:
    """Return how many places there are of each field and standing, the most first."""
    counted: dict[tuple[str, Standing], tuple[Message, Standing, int]] = {}
    for place in places:
        key = (place.title.text, place.standing)
        _, _, count = counted.get(key, (place.title, place.standing, 0))
        counted[key] = (place.title, place.standing, count + 1)
    return sorted(counted.values(), key=lambda one: -one[2])
