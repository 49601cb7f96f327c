"""Settings as a file to hand on: the municipality's, and a person's own.

Must not know which settings there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from db.plain_file import read_at_most
from db.trouble import trouble_of
from db.whole_file import write_whole
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.settings.carrying import MOST_LETTERS, plain_settings, read_plain


def write_settings(portfolio: Portfolio, path: Path) -> None:
    """Write what a portfolio's municipality has settled.

    Raises Trouble when the file can't be written.
    """
    write_json(plain_settings(portfolio), path)


def read_settings(path: Path) -> Mapping[str, object]:
    """Read the municipality's settings in a file, by their keys.

    Raises Refusal when it is no such file, is damaged or newer, Trouble when it can't be read.
    """
    return read_plain(text_of(path))


def write_json(plain: object, path: Path) -> None:
    """Write plain values to be read by people too, whole or not at all.

    Raises Trouble when the file can't be written.
    """
    text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda copy: copy.write_text(text, encoding="utf-8"))


def text_of(path: Path) -> str:
    """Return the text of a file of settings.

    Raises Refusal when it is larger than any, or no text, Trouble when it can't be read.
    """
    try:
        return read_at_most(path, MOST_LETTERS).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(message("{file} er ikke en tekstfil: velg en fil med innstillinger.", file=path.name)) from None
    except OSError as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error
