"""Many laptops: what a journal's entry has from other files, what was handed out, and what came after a locking."""

SCRIPT = """
ALTER TABLE journal ADD COLUMN lineage TEXT NOT NULL DEFAULT '';

CREATE TABLE sent_package (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    kind TEXT NOT NULL CHECK (kind IN ('package', 'form')),
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    projects TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    returned_at TEXT
) STRICT;

CREATE TABLE new_comment (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'return', 'late')),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;
INSERT INTO new_comment SELECT * FROM comment;
DROP TABLE comment;
ALTER TABLE new_comment RENAME TO comment;
CREATE INDEX comment_project ON comment (project);
CREATE TRIGGER comments_are_never_changed BEFORE UPDATE ON comment
BEGIN SELECT RAISE(ABORT, 'guarded: comments stay'); END;
"""
