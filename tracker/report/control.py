"""The control list: every flag with its reason and what usually solves it.

Must not judge: the rules did.
"""

from __future__ import annotations

from tracker.flags import Flag, Severity
from tracker.messages import message
from tracker.report.basis import Basis
from tracker.report.content import Column, ColumnKind, Mark, Part, PartName, Row, Table, Tone

CONTROL = PartName("control", message("Kontroll"))
MARKS = {
    Severity.CRITICAL: Mark(Tone.BAD, "▲", Severity.CRITICAL.word),
    Severity.WARNING: Mark(Tone.WARNING, "●", Severity.WARNING.word),
    Severity.NOTE: Mark(Tone.NEUTRAL, "○", Severity.NOTE.word),
}


def control_part(basis: Basis) -> Part:
    """List the flags, worst first, in the order that the rules' check gave them."""
    table = Table(
        id="control",
        columns=(
            Column(key="severity", title=message("Alvorlighetsgrad"), kind=ColumnKind.MARK),
            Column(key="rule", title=message("Regel")),
            Column(key="project", title=message("Prosjekt")),
            Column(key="finding", title=message("Funn"), kind=ColumnKind.LONG_TEXT),
            Column(key="remedy", title=message("Dette løser det vanligvis"), kind=ColumnKind.LONG_TEXT),
        ),
        rows=tuple(map(_row, basis.flags)),
        empty=message("Kontrollen fant ingenting å flagge."),
    )
    intro = ((message("Reglene leser tall og status for hvert prosjekt; grensene er kommunens egne."),),)
    return Part(id=CONTROL.id, title=CONTROL.title, intro=intro if table.rows else (), tables=(table,))


def _row(flag: Flag) -> Row:
    return Row(
        cells=(
            MARKS[flag.severity],
            flag.rule.title,
            flag.project.name,
            flag.finding.message,
            flag.rule.remedy,
        ),
        project=flag.project.id,
    )
