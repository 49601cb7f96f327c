"""The control lists: every flag on figures with what usually solves it, and what texts say against the figures.

Must not judge: the rules did.
"""

from __future__ import annotations

from tracker.flags import Flag, Severity
from tracker.messages import Message, message
from tracker.report.basis import Basis
from tracker.report.content import Column, ColumnKind, Mark, Part, PartName, Row, Table, Tone

CONTROL = PartName("control", message("Kontroll"))
TEXT_CONTROL = PartName("control-texts", message("Funn i tekstene"))
MARKS = {
    Severity.CRITICAL: Mark(Tone.BAD, "▲", Severity.CRITICAL.word),
    Severity.WARNING: Mark(Tone.WARNING, "●", Severity.WARNING.word),
    Severity.NOTE: Mark(Tone.NEUTRAL, "○", Severity.NOTE.word),
}
_WHERE = (
    Column(key="severity", title=message("Alvorlighetsgrad"), kind=ColumnKind.MARK),
    Column(key="rule", title=message("Regel")),
    Column(key="project", title=message("Prosjekt")),
)
_FOUND = Column(key="finding", title=message("Funn"), kind=ColumnKind.LONG_TEXT)
_REMEDY = Column(key="remedy", title=message("Dette løser det vanligvis"), kind=ColumnKind.LONG_TEXT)
_QUOTE = Column(key="quote", title=message("I teksten står det"), kind=ColumnKind.LONG_TEXT)
_SAID = Column(key="finding", title=message("Tallene viser"), kind=ColumnKind.LONG_TEXT)


def control_part(basis: Basis) -> Part:
    """List the flags on figures, worst first, in the order that the rules' check gave them."""
    table = Table(
        id=CONTROL.id,
        columns=(*_WHERE, _FOUND, _REMEDY),
        rows=tuple(_row(flag, flag.finding.message, flag.rule.remedy) for flag in basis.flags if flag.quote is None),
        empty=message("Kontrollen fant ingenting å flagge."),
    )
    intro = ((message("Reglene leser tall og status for hvert prosjekt; grensene er kommunens egne."),),)
    return Part(id=CONTROL.id, title=CONTROL.title, intro=intro if table.rows else (), tables=(table,))


def text_control_part(basis: Basis) -> Part | None:
    """List what was found in the texts, each with the words and what the figures say; None where nothing was."""
    found = [flag for flag in basis.flags if flag.quote is not None]
    if not found:
        return None
    projects = len({flag.project.id for flag in found})
    intro = message(
        "Tekstene er lest mot tallene. {count} funn i {projects} {projects:prosjekt|prosjekter} bør rettes "
        "eller forklares før rapporten sendes.",
        count=len(found),
        projects=projects,
    )
    table = Table(
        id=TEXT_CONTROL.id,
        columns=(*_WHERE, _QUOTE, _SAID),
        rows=tuple(_row(flag, _quoted(flag.quote or ""), flag.finding.message) for flag in found),
        empty=message("Kontrollen fant ingenting å flagge."),
    )
    return Part(id=TEXT_CONTROL.id, title=TEXT_CONTROL.title, intro=((intro,),), tables=(table,))


def _row(flag: Flag, *told: Message | str) -> Row:
    return Row(
        cells=(MARKS[flag.severity], flag.rule.title, flag.project.name, *told),
        project=flag.project.id,
    )


def _quoted(words: str) -> Message | str:
    """Return the words as a quote; a finding on the whole text has none."""
    return "" if not words else message("«{words}»", words=" ".join(words.split()))
