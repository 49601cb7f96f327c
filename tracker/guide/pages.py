"""The values that the guide is made of: topics of blocks, blocks of runs.

Must not know Markdown, nor how a block looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class RunKind(Enum):
    """What a run of words is. What is `SCREEN` stands on the screen of the program, a menu's line as «Fil → Åpne»."""

    PLAIN = "plain"
    STRONG = "strong"
    SCREEN = "screen"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words of one kind; a link's `target` is the topic that it leads to."""

    text: str
    kind: RunKind = RunKind.PLAIN
    target: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading within a topic."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list, numbered where the order counts."""

    items: tuple[Runs, ...]
    is_numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table, its first row the headings."""

    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its name, and what it shows in words."""

    name: str
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Lines to be typed as they stand."""

    text: str


Block = Heading | Paragraph | Items | Rows | Picture | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page of the guide: the name that links and the program know it by, its title, and the chapter it is in."""

    name: str
    title: str
    chapter: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All pages in the order of the contents."""

    title: str
    topics: tuple[Topic, ...]

    def topic(self, name: str) -> Topic | None:
        """Return a page by its name."""
        return next((topic for topic in self.topics if topic.name == name), None)

    def chapters(self) -> dict[str, list[Topic]]:
        """Return the pages by chapter, in order."""
        found: dict[str, list[Topic]] = {}
        for topic in self.topics:
            found.setdefault(topic.chapter, []).append(topic)
        return found


def runs_of(block: Block) -> Iterator[Runs]:
    """Yield what a block says, piece by piece: a paragraph, an item, a cell. What a picture shows is one."""
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, Items):
        yield from block.items
    elif isinstance(block, Rows):
        for row in block.rows:
            yield from row
    elif isinstance(block, Literal):
        yield (Run(text=block.text, kind=RunKind.CODE),)
    else:
        yield (Run(text=block.shows),)


def plain(runs: Sequence[Run]) -> str:
    """Return what runs say."""
    return "".join(run.text for run in runs)
