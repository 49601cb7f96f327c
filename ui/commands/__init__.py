"""The commands: a thin face of the same actions that the window has. No Qt here.

Must not hold a rule; a command reads its arguments, asks `tracker/` and `db/`, and says the result.
"""

# Here and not beside what runs them: the window's way in asks for the names and should load nothing else.
NAMES = (
    "demo",
    "import-report",
    "check",
    "dismiss",
    "report",
    "template",
    "settings",
    "tie-out",
    "check-statement",
    "export",
    "archive",
    "trace",
    "verify",
    "backup",
    "recover",
    "budget",
    "import-ledger",
    "import-projects",
    "import-portfolio",
    "match-code",
    "project",
    "period",
    "package",
    "hub",
    "form",
    "year-end",
    "funding",
    "persons",
    "passphrase",
    "guide",
)
