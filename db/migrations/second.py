"""The year: matched codes, plans, funding, milestones, risks, contracts, comments, and what a lock guards.

Ledger sums are made anew, since a code may belong to nobody yet. Lines are kept packed, many in a row; those of
the first schema said what their sums say.
"""

from db.migrations.guards import GUARDS

_TABLES = """
ALTER TABLE project ADD COLUMN case_numbers TEXT;
ALTER TABLE project ADD COLUMN joined_into TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE code_match (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    project TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (subproject IS NULL OR project IS NOT NULL)
) STRICT;

CREATE TABLE plan_year (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    first_year INTEGER NOT NULL CHECK (first_year BETWEEN 1900 AND 2199),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    amount INTEGER NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (project, first_year, year)
) STRICT;

CREATE TABLE funding_line (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    budget_year INTEGER NOT NULL CHECK (budget_year BETWEEN 1900 AND 2199),
    source TEXT NOT NULL,
    amount INTEGER NOT NULL,
    takes_effect TEXT NOT NULL CHECK (takes_effect GLOB '????-??-??'),
    decision_body TEXT,
    decision_number TEXT,
    decision_on TEXT,
    note TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'decided')),
    CHECK ((decision_body IS NULL) = (decision_number IS NULL) AND (decision_body IS NULL) = (decision_on IS NULL))
) STRICT;

CREATE TABLE new_batch (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    source TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    content TEXT NOT NULL CHECK (content IN ('transactions', 'balances', 'published', 'transfer')),
    year INTEGER NOT NULL,
    first_month INTEGER NOT NULL CHECK (first_month BETWEEN 1 AND 12),
    last_month INTEGER NOT NULL CHECK (last_month BETWEEN first_month AND 12),
    line_count INTEGER NOT NULL CHECK (line_count >= 0),
    total INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    profile TEXT NOT NULL DEFAULT '',
    vat TEXT CHECK (vat IN ('gross', 'net')),
    control_total INTEGER,
    is_keyed INTEGER NOT NULL DEFAULT 0 CHECK (is_keyed IN (0, 1)),
    lines_hash TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_batch SELECT *, '', NULL, NULL, 0, '' FROM ledger_batch;

CREATE TABLE held_sum AS SELECT * FROM ledger_sum;
DROP TABLE ledger_line;
DROP TABLE ledger_sum;
DROP TABLE ledger_batch;
ALTER TABLE new_batch RENAME TO ledger_batch;

CREATE TABLE ledger_stretch (
    batch TEXT NOT NULL REFERENCES ledger_batch (id) DEFERRABLE INITIALLY DEFERRED,
    stretch INTEGER NOT NULL,
    line_count INTEGER NOT NULL CHECK (line_count > 0),
    packed BLOB NOT NULL,
    PRIMARY KEY (batch, stretch)
) STRICT;

CREATE TABLE ledger_sum (
    batch TEXT NOT NULL REFERENCES ledger_batch (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    project TEXT,
    subproject TEXT,
    account TEXT NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    amount INTEGER NOT NULL,
    opening INTEGER NOT NULL CHECK (opening IN (0, 1)),
    code TEXT NOT NULL,
    funding TEXT,
    PRIMARY KEY (batch, position),
    CHECK (project IS NOT NULL OR code <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_sum SELECT *, '', NULL FROM held_sum;
DROP TABLE held_sum;

ALTER TABLE status ADD COLUMN moved_by TEXT;
ALTER TABLE status ADD COLUMN moved_on TEXT;
ALTER TABLE status ADD COLUMN split_timing INTEGER;
ALTER TABLE status ADD COLUMN split_cost INTEGER;
ALTER TABLE status ADD COLUMN split_scope INTEGER;
ALTER TABLE status ADD COLUMN split_other INTEGER;
ALTER TABLE status ADD COLUMN economy_light TEXT CHECK (economy_light IN ('green', 'yellow', 'red'));
ALTER TABLE status ADD COLUMN economy_reason TEXT CHECK ((economy_reason IS NULL) = (economy_light IS NULL));
ALTER TABLE status ADD COLUMN progress_light TEXT CHECK (progress_light IN ('green', 'yellow', 'red'));
ALTER TABLE status ADD COLUMN progress_reason TEXT CHECK ((progress_reason IS NULL) = (progress_light IS NULL));
ALTER TABLE status ADD COLUMN risk_light TEXT CHECK (risk_light IN ('green', 'yellow', 'red'));
ALTER TABLE status ADD COLUMN risk_reason TEXT CHECK ((risk_reason IS NULL) = (risk_light IS NULL));
ALTER TABLE status ADD COLUMN contingency_left INTEGER;
ALTER TABLE status ADD COLUMN p50 INTEGER;
ALTER TABLE status ADD COLUMN p85 INTEGER;

CREATE TABLE comment (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'return')),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;

CREATE TABLE milestone (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    thread TEXT NOT NULL CHECK (length(thread) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    name TEXT NOT NULL CHECK (name <> ''),
    planned TEXT NOT NULL CHECK (planned GLOB '????-??-??'),
    reached TEXT CHECK (reached GLOB '????-??-??'),
    UNIQUE (thread, period)
) STRICT;

CREATE TABLE risk (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    thread TEXT NOT NULL CHECK (length(thread) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    title TEXT NOT NULL CHECK (title <> ''),
    consequence INTEGER NOT NULL,
    likelihood INTEGER NOT NULL CHECK (likelihood BETWEEN 0 AND 100),
    measure TEXT NOT NULL,
    owner TEXT,
    is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)),
    UNIQUE (thread, period)
) STRICT;

CREATE TABLE contract (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    thread TEXT NOT NULL CHECK (length(thread) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    supplier TEXT NOT NULL CHECK (supplier <> ''),
    title TEXT NOT NULL,
    amount INTEGER NOT NULL,
    invoiced INTEGER NOT NULL,
    vat TEXT NOT NULL CHECK (vat IN ('gross', 'net')),
    signed TEXT CHECK (signed GLOB '????-??-??'),
    UNIQUE (thread, period)
) STRICT;

CREATE TABLE spending_plan (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    amounts TEXT NOT NULL,
    UNIQUE (project, period)
) STRICT;

ALTER TABLE period_state ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
ALTER TABLE period_state ADD COLUMN reopened_because TEXT NOT NULL DEFAULT '';

CREATE TABLE period_lock (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    locked_by TEXT NOT NULL,
    locked_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    UNIQUE (period, revision)
) STRICT;

CREATE TABLE reported_project (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    total_budget INTEGER,
    total_spent INTEGER,
    original_budget INTEGER,
    revised_budget INTEGER NOT NULL,
    actual INTEGER NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    UNIQUE (period, revision, project)
) STRICT;

CREATE INDEX milestone_project ON milestone (project);
CREATE INDEX risk_project ON risk (project);
CREATE INDEX contract_project ON contract (project);
CREATE INDEX comment_project ON comment (project);

CREATE TRIGGER ledger_lines_never_change BEFORE UPDATE ON ledger_stretch
BEGIN SELECT RAISE(ABORT, 'ledger lines are immutable'); END;
CREATE TRIGGER ledger_lines_are_never_removed BEFORE DELETE ON ledger_stretch
BEGIN SELECT RAISE(ABORT, 'ledger lines are immutable'); END;
CREATE TRIGGER ledger_sums_never_change BEFORE UPDATE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger sums are immutable'); END;
CREATE TRIGGER a_project_with_spending_stays BEFORE DELETE ON project
WHEN EXISTS (SELECT 1 FROM ledger_sum s JOIN ledger_batch b ON b.id = s.batch
    WHERE s.project = OLD.id AND NOT b.withdrawn)
BEGIN SELECT RAISE(ABORT, 'project has spending'); END;
"""

SCRIPT = _TABLES + GUARDS
