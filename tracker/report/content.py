"""What a report consists of: parts with sentences, key figures, tables and charts, amounts in whole kroner.

Must not know how it is written: Excel, PDF and Word writers read the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

from tracker.flat import FlatRow
from tracker.forecasts import Outcome
from tracker.messages import Message, message
from tracker.model import ProjectId
from tracker.periods import Period
from tracker.quarters import Completion

Say = Callable[[Message], str]
Paragraph = tuple[Message, ...]
"""Sentences that stand together."""


class ColumnKind(Enum):
    """What a column's cells are, which decides how they are written and how wide they must be.

    THOUSANDS holds whole kroner that are shown in thousands; PERCENT a share (0.825 is 82,5 %).
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    THOUSANDS = "thousands"
    KRONER = "kroner"
    PERCENT = "percent"
    COUNT = "count"
    COMPLETION = "completion"
    MARK = "mark"

    @property
    def is_figure(self) -> bool:
        """Whether it stands to the right, as figures do."""
        return self in {ColumnKind.THOUSANDS, ColumnKind.KRONER, ColumnKind.PERCENT, ColumnKind.COUNT}


class Tone(Enum):
    """How a status is coloured; its words and sign say the same, colour never stands alone."""

    BAD = "bad"
    WARNING = "warning"
    GOOD = "good"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Mark:
    """A status: a sign, a word, and the tone that colours it."""

    tone: Tone
    sign: str
    words: Message


Cell = str | Message | int | float | Completion | Mark | None
"""None is printed as `-` in a column of figures that a project can lack, and as nothing elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key, its heading, and what it holds. `dash` says that a missing figure is printed `-`."""

    key: str
    title: Message
    kind: ColumnKind = ColumnKind.TEXT
    dash: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """A heading over several columns, from the first key to the last."""

    title: Message
    first: str
    last: str


class Emphasis(Enum):
    """How a row stands out: a sum closes a table, a heading opens a group of rows."""

    NORMAL = "normal"
    HEADING = "heading"
    SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a row's figures come from, when it isn't its project in the report's period, nor the rows above a sum.

    `projects` are those that it adds up, with the line of other projects where `with_others`; `records` are the ids
    of what holds its figures, where those aren't derived; `outcomes` the forecasts that it compares with what came;
    `told` says it in words.
    """

    projects: tuple[ProjectId, ...] = ()
    with_others: bool = False
    records: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    told: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, a cell a column; `project` is whom its figures are about, None for sums."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = Emphasis.NORMAL
    project: ProjectId | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Rows that are told under one heading."""

    title: str | Message
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a document tells a table whose texts are read rather than looked up: each row a heading, figures and text.

    `text` is the column of the texts, which the table itself then leaves out; `overview` is the heading over it.
    """

    text: str
    overview: Message
    chapters: tuple[Chapter, ...]
    without_text: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, and the sentence that stands in its place when it has no rows.

    A sheet shows all of it; `telling` is for documents.
    """

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Message
    title: str | Message | None = None
    groups: tuple[ColumnGroup, ...] = ()
    telling: Telling | None = None

    def index_of(self, key: str) -> int:
        """Return where a column stands, counted from 0.

        Raises StopIteration when there is none.
        """
        return next(index for index, column in enumerate(self.columns) if column.key == key)


class ChartKind(Enum):
    """Columns stand beside each other per category; bars lie, with room for long names."""

    COLUMNS = "columns"
    BARS = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of a table's normal rows: which column names them, and which are drawn.

    `description` is for those who can't see it. It stands right over its table.
    """

    id: str
    title: Message
    kind: ChartKind
    table: str
    categories: str
    series: tuple[str, ...]
    description: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A figure that stands large, with what it is; key and source as a table's figure has them."""

    title: Message
    kind: ColumnKind
    value: int | float | None
    key: str = ""
    source: Source | None = None


class PartName(NamedTuple):
    """What a part is known by in settings, always the same, and what it is called."""

    id: str
    title: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a report: a sheet in Excel, a chapter on paper.

    `preface` is the municipality's own text, a paragraph each; it stands before all that the program says.
    """

    id: str
    title: Message
    preface: tuple[str, ...] = ()
    intro: tuple[Paragraph, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one printed figure comes from, in short: whose it is, which figure, of which period, and from what.

    `whose` is what the row is called; `project` is the id, where it is a project's.
    """

    whose: str | Message
    project: ProjectId | None = None
    figure: Message
    period: Period
    told: Message
    value: int | float


class Behind(Protocol):
    """What stands behind a report's figures; a writer that has room for it asks."""

    def origin(self, table: Table, row: Row, column: Column) -> Origin | None:
        """Return where the figure in a cell comes from; None where there is no figure."""

    def origin_of_key_figure(self, figure: KeyFigure) -> Origin | None:
        """Return where a key figure comes from; None where it has no value."""

    def data(self) -> Iterable[FlatRow]:
        """Return every project in every period, flat, for other programs."""


EXAMPLE = message("Eksempeldata")
"""What stands on every page of a report whose figures are partly made up."""

LANGUAGE = message("nb")
"""The code of the language that a report is said in: each catalogue translates it into its own."""


class Typeface(Enum):
    """The kind of letters that a report is set in; each writer has a font of each that its readers can show."""

    SANS = "sans"
    SERIF = "serif"


class LogoKind(Enum):
    """What a logo's file is."""

    PNG = "png"
    JPEG = "jpeg"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The municipality's logo: what its file is, and the file."""

    kind: LogoKind
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLook:
    """What of a report's look is the municipality's own: one accent colour (`RRGGBB`), its letters and its logo."""

    accent: str = "1B4F72"
    typeface: Typeface = Typeface.SANS
    logo: Logo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report of one period; `owner` is the municipality's name, empty if nobody gave it.

    `is_example` says that its figures are partly made up, which every page repeats. `behind` knows where its figures
    come from.
    """

    title: Message
    owner: str = ""
    is_example: bool = False
    period: Period
    parts: tuple[Part, ...]
    look: ReportLook = ReportLook()
    behind: Behind | None = field(default=None, compare=False, repr=False)
