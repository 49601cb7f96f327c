"""Gather the source strings and renew the catalogues: `python packaging/catalogue.py`; needs Babel, of the test extra.

What is new comes untranslated into resources/translations/*.po; write it there and run this again, which compiles.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("nn", "en")
ROOMS = ("tracker", "db", "ui")
MARKS = {"message": None, "source": None}


def gathered() -> Catalog:
    """Gather every source string of the code, in the order of the rooms."""
    catalogue = Catalog(project="Tertial", fuzzy=False)
    for room in ROOMS:
        for file, _line, found, comments, _context in extract_from_dir(
            str(ROOT / room), method_map=[("**.py", "python")], keywords=MARKS
        ):
            for text in found if isinstance(found, tuple) else (found,):
                catalogue.add(text, locations=[(f"{room}/{file}", 1)], auto_comments=comments)
    return catalogue


def place_of(language: str) -> Path:
    """Return where a language's catalogue is."""
    return FOLDER / language / "LC_MESSAGES" / "tertial.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue, empty where there is none."""
    place = place_of(language)
    if not place.exists():
        return Catalog(locale=language, project="Tertial", fuzzy=False)
    with place.open("rb") as file:
        return read_po(file, locale=language)


def renew(language: str) -> list[str]:
    """Bring a catalogue up to the code and compile it. Returns what is untranslated."""
    catalogue = read(language)
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # A date would make every renewal a change.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.header_comment = f"# Tertial: {language}"
    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, catalogue, omit_header=False, include_lineno=False, width=120, sort_output=True)
    with place.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return [str(one.id) for one in catalogue if one.id and not one.string]


if __name__ == "__main__":
    left = {language: renew(language) for language in LANGUAGES}
    for language, texts in left.items():
        sys.stderr.write("".join(f"{language}: {text}\n" for text in texts))
    sys.exit(any(left.values()))
