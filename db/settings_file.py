"""The municipality's settings as a file to hand on.

Must not know which settings there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from db.json_file import text_of, write_json
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
    return read_plain(text_of(path, most=MOST_LETTERS))
