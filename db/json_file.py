"""Small JSON files that people may read too.

Must not know what is in them.
"""

from __future__ import annotations

import json
from pathlib import Path

from db.plain_file import read_at_most
from db.trouble import known_trouble
from db.whole_file import write_whole
from tracker.messages import Refusal, message


def write_json(plain: object, path: Path) -> None:
    """Write plain values to be read by people too, whole or not at all.

    Raises Trouble when the file can't be written.
    """
    text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda copy: copy.write_text(text, encoding="utf-8"))


def text_of(path: Path, *, most: int) -> str:
    """Return the text of a file that no honest one of its kind is larger than.

    Raises Refusal when it is larger, or no text, Trouble when it can't be read.
    """
    with known_trouble(path):
        content = read_at_most(path, most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(message("{file} er ikke en tekstfil: velg en annen.", file=path.name)) from None
