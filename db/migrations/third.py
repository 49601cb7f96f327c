"""The control of texts: findings that somebody put aside, and what a printed chapter says of single projects."""

from db.migrations.guards import rows_of_a_locked_period_stay

_TABLES = """
CREATE TABLE dismissal (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    rule TEXT NOT NULL CHECK (rule <> ''),
    quote TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (length(basis) = 64),
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (project, period, rule, basis)
) STRICT;

CREATE TABLE passage (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    UNIQUE (period, position)
) STRICT;

CREATE INDEX dismissal_project ON dismissal (project);
CREATE INDEX passage_project ON passage (project);
"""

SCRIPT = _TABLES + rows_of_a_locked_period_stay(("dismissal", "passage"))
