"""The recovery sheet of an encrypted portfolio: one page with the code that opens it, to be printed and locked away.

Must not know how the code came about, nor where it is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import resources
from db.key import Key
from db.whole_file import write_whole
from tracker.messages import message
from tracker.model import MUNICIPALITY_SETTING, Portfolio
from tracker.report.content import LANGUAGE, Say

if TYPE_CHECKING:
    from db.pdf.words import Words

_RESOURCES = Path(resources.__file__).parent
_FONTS = _RESOURCES / "fonts"
_DESIGN = _RESOURCES / "report" / "recovery.typ"
_EVERY_LETTER = _FONTS / "SourceSans3-Regular.ttf"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecoverySheet:
    """What stands on a sheet. Shows itself to nobody."""

    file: str
    owner: str
    made_on: date
    mark: str
    code: str


def sheet_of(path: Path, portfolio: Portfolio, key: Key, *, made_on: date) -> RecoverySheet:
    """Make the sheet of a portfolio."""
    owner = portfolio.settings.get(MUNICIPALITY_SETTING)
    return RecoverySheet(
        file=path.name, owner="" if owner is None else owner.value, made_on=made_on, mark=key.name, code=key.code
    )


def write_recovery_sheet(sheet: RecoverySheet, path: Path, *, say: Say) -> None:
    """Write a sheet as a PDF that screen readers can read (PDF/UA-1), whole or not at all.

    Raises Trouble when the file can't be written.
    """
    write_whole(path, lambda beside: beside.write_bytes(_typeset(sheet, say)))


def _typeset(sheet: RecoverySheet, say: Say) -> bytes:
    # Typst is 20 MB: only those who write a PDF wait for it.
    import typst

    from db.pdf.letters import Letters
    from db.pdf.words import Words

    data = _data_of(sheet, Words(say, Letters(_EVERY_LETTER)))
    made = typst.Compiler(
        _DESIGN,
        root=_DESIGN.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]),
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
    ).compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime.combine(sheet.made_on, time(), UTC))
    return cast("bytes", made)  # one file, not a picture a page


def _data_of(sheet: RecoverySheet, words: Words) -> dict[str, Any]:
    said = words.said
    return {
        "language": said(LANGUAGE),
        "title": said(message("Gjenopprettingsark")),
        "lead": said(
            message(
                "Koden på arket åpner porteføljen når passordet er glemt. Den som har arket og filen, kan lese alt: "
                "behandle arket som en nøkkel."
            )
        ),
        "facts": [
            (said(message("Portefølje")), said(sheet.file)),
            *([(said(message("Kommune")), said(sheet.owner))] if sheet.owner else []),
            (said(message("Arket er laget")), f"{sheet.made_on:%d.%m.%Y}"),
            (said(message("Merke")), sheet.mark),
        ],
        "code-title": said(message("Gjenopprettingskode")),
        "code": sheet.code,
        "letters": said(
            message("Koden har bokstavene A–Z og sifrene 2–7. Store og små bokstaver og mellomrom betyr ingenting.")
        ),
        "parts": [
            {
                "title": said(message("Slik brukes den")),
                "lines": [
                    said(message("Åpne filen i Tertial, og skriv koden der det spørres etter passordet.")),
                    said(message("Velg Fil → Passord, sett et nytt passord, og lag et nytt ark.")),
                    said(
                        message(
                            "Merket over står også der det spørres etter passordet. Er det et annet, hører arket til "
                            "en annen fil eller et tidligere passord."
                        )
                    ),
                ],
            },
            {
                "title": said(message("Slik oppbevares det")),
                "lines": [
                    said(message("Skriv arket ut, legg det i safe eller arkiv med adgangskontroll, og slett filen.")),
                    said(message("Ikke oppbevar det sammen med PC-en, i e-post eller i samme mappe som filen.")),
                    said(
                        message(
                            "Når passordet byttes, gjelder ikke arket lenger for filen. Makuler det når ingen "
                            "sikkerhetskopi trenger det."
                        )
                    ),
                ],
            },
        ],
        "signed": [said(message("Oppbevares hos")), said(message("Dato og signatur"))],
    }
