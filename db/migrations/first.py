"""The first schema: projects, budget lines, ledger batches, statuses, publications and the journal."""

SCRIPT = """
CREATE TABLE project (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('project', 'programme')),
    code TEXT UNIQUE CHECK (code <> ''),
    service_area TEXT CHECK (service_area <> ''),
    department TEXT,
    responsible TEXT,
    funding_tags TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE subproject (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE budget_line (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'original', 'between_years', 'carry_over', 'grant', 'cut',
        'price_adjustment', 'reallocation')),
    budget_year INTEGER NOT NULL CHECK (budget_year BETWEEN 1900 AND 2199),
    year_amount INTEGER NOT NULL,
    total_amount INTEGER NOT NULL,
    takes_effect TEXT NOT NULL CHECK (takes_effect GLOB '????-??-??'),
    decision_body TEXT,
    decision_number TEXT,
    decision_on TEXT,
    funding_source TEXT,
    note TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'decided')),
    source TEXT NOT NULL,
    belongs_with TEXT,
    CHECK (total_amount = 0 OR kind NOT IN ('between_years', 'carry_over')),
    CHECK ((decision_body IS NULL) = (decision_number IS NULL) AND (decision_body IS NULL) = (decision_on IS NULL))
) STRICT;

CREATE TABLE ledger_batch (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    source TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    content TEXT NOT NULL CHECK (content IN ('transactions', 'balances', 'published')),
    year INTEGER NOT NULL,
    first_month INTEGER NOT NULL CHECK (first_month BETWEEN 1 AND 12),
    last_month INTEGER NOT NULL CHECK (last_month BETWEEN first_month AND 12),
    line_count INTEGER NOT NULL CHECK (line_count >= 0),
    total INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT;

CREATE TABLE ledger_line (
    batch TEXT NOT NULL REFERENCES ledger_batch (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER NOT NULL,
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    account TEXT NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    amount INTEGER NOT NULL,
    opening INTEGER NOT NULL CHECK (opening IN (0, 1)),
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_sum (
    batch TEXT NOT NULL REFERENCES ledger_batch (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    account TEXT NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    amount INTEGER NOT NULL,
    opening INTEGER NOT NULL CHECK (opening IN (0, 1)),
    PRIMARY KEY (batch, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE status (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    text TEXT NOT NULL,
    completion TEXT NOT NULL,
    phase TEXT,
    year_end_forecast INTEGER,
    final_cost_forecast INTEGER,
    explanation TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'locked')),
    UNIQUE (project, period)
) STRICT;

CREATE TABLE other_projects (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    name TEXT NOT NULL,
    total_budget INTEGER NOT NULL,
    total_spent INTEGER NOT NULL,
    revised_budget INTEGER NOT NULL,
    actual INTEGER NOT NULL
) STRICT;

CREATE TABLE printed_figures (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    "of" TEXT NOT NULL CHECK ("of" IN ('project', 'other', 'sum')),
    project TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    total_budget INTEGER,
    total_spent INTEGER,
    revised_budget INTEGER NOT NULL,
    actual INTEGER NOT NULL,
    deviation INTEGER NOT NULL,
    UNIQUE (period, "of", project),
    CHECK (("of" = 'project') = (project IS NOT NULL))
) STRICT;

CREATE TABLE statement_line (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    paragraph INTEGER NOT NULL CHECK (paragraph IN (1, 2)),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    previous_actual INTEGER NOT NULL,
    actual INTEGER NOT NULL,
    revised_budget INTEGER NOT NULL,
    original_budget INTEGER NOT NULL,
    deviation INTEGER NOT NULL,
    is_sum INTEGER NOT NULL CHECK (is_sum IN (0, 1)),
    UNIQUE (period, paragraph, position)
) STRICT;

CREATE TABLE accepted_difference (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    "check" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    difference INTEGER NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_on TEXT NOT NULL
) STRICT;

CREATE TABLE period_state (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    stage TEXT NOT NULL CHECK (stage IN ('open', 'locked')),
    deadline TEXT,
    rounded_to INTEGER NOT NULL CHECK (rounded_to >= 1)
) STRICT;

CREATE TABLE setting (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    value TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    way TEXT NOT NULL,
    label TEXT NOT NULL,
    changes TEXT NOT NULL,
    records TEXT NOT NULL CHECK (length(records) = 64),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX budget_line_project ON budget_line (project);
CREATE INDEX status_period ON status (period);

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER ledger_lines_never_change BEFORE UPDATE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'ledger lines are immutable'); END;
CREATE TRIGGER ledger_sums_never_change BEFORE UPDATE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger sums are immutable'); END;
"""
