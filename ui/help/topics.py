"""Which page of the guide is about a page of the program, a line of the menus or a dialog.

Must not know a widget. `tests/test_guide.py` holds that each page has one.
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST = "quick-start"
"""The page that the guide opens on where nothing else is asked for."""

OF_PAGES: Mapping[str, str] = {
    "guide": FIRST,
    "overview": "overview",
    "projects": "projects",
    "project": "project",
    "project-tabs": "project-tabs",
    "period": "period",
    "control": "control",
    "budget": "budget",
    "ledger": "ledger",
    "statement": "statement",
    "year-end": "year-end",
    "report": "report",
    "packages": "packages",
    "incoming": "incoming",
    "hub": "hub",
    "settings": "settings",
}
"""The pages of the window by their names."""

OF_DEEDS: Mapping[str, str] = {
    "begin": FIRST,
    "example": FIRST,
    "take-in": "import",
    "take-in-projects": "import",
    "take-in-ledger": "import-ledger",
    "new-period": "controller",
    "bring-in": "incoming",
    "bring-in-folder": "incoming",
    "hub-new-file": "hub",
    "hub-address": "hub",
    "hub-password": "hub",
    "hub-let-in": "hub",
    "report": "report",
    "back-up": "backup",
    "restore": "backup",
    "look-through": "backup",
    "passphrase": "passphrase",
    "persons": "persons",
    "paste": "projects",
    "keep-view": "projects",
    "trace": "tracing",
    "commands": "keyboard",
    "shortcuts": "keyboard",
    "package-of-projects": "packages",
    "add-project": "project-life",
    "split-project": "project-life",
    "join-project": "project-life",
    "close-project": "project-life",
    "remove-project": "project-life",
}
"""What a dialog is about while a line of the menus is being done, by the line's id."""


def topic_of(page: str, *, deed: str = "", dialog: str = "") -> str:
    """Return the page of the guide for where somebody is: the dialog's own, the deed's, the window's page's."""
    return dialog or OF_DEEDS.get(deed) or OF_PAGES.get(page, FIRST)
