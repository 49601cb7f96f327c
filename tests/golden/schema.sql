CREATE INDEX budget_line_project ON budget_line (project)

CREATE INDEX comment_project ON comment (project)

CREATE INDEX contract_project ON contract (project)

CREATE INDEX dismissal_project ON dismissal (project)

CREATE INDEX milestone_project ON milestone (project)

CREATE INDEX passage_project ON passage (project)

CREATE INDEX risk_project ON risk (project)

CREATE INDEX status_period ON status (period)

CREATE TABLE accepted_difference (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    "check" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    difference INTEGER NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_on TEXT NOT NULL
) STRICT

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
) STRICT

CREATE TABLE code_match (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    project TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (subproject IS NULL OR project IS NOT NULL)
) STRICT

CREATE TABLE "comment" (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'return', 'late')),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT

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
) STRICT

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
) STRICT

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
) STRICT

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
, lineage TEXT NOT NULL DEFAULT '') STRICT

CREATE TABLE "ledger_batch" (
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
) STRICT

CREATE TABLE ledger_stretch (
    batch TEXT NOT NULL REFERENCES ledger_batch (id) DEFERRABLE INITIALLY DEFERRED,
    stretch INTEGER NOT NULL,
    line_count INTEGER NOT NULL CHECK (line_count > 0),
    packed BLOB NOT NULL,
    PRIMARY KEY (batch, stretch)
) STRICT

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
) STRICT, WITHOUT ROWID

CREATE TABLE milestone (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    thread TEXT NOT NULL CHECK (length(thread) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    name TEXT NOT NULL CHECK (name <> ''),
    planned TEXT NOT NULL CHECK (planned GLOB '????-??-??'),
    reached TEXT CHECK (reached GLOB '????-??-??'),
    UNIQUE (thread, period)
) STRICT

CREATE TABLE other_projects (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    name TEXT NOT NULL,
    total_budget INTEGER NOT NULL,
    total_spent INTEGER NOT NULL,
    revised_budget INTEGER NOT NULL,
    actual INTEGER NOT NULL
) STRICT

CREATE TABLE passage (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    UNIQUE (period, position)
) STRICT

CREATE TABLE period_lock (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    locked_by TEXT NOT NULL,
    locked_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    UNIQUE (period, revision)
) STRICT

CREATE TABLE period_state (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    stage TEXT NOT NULL CHECK (stage IN ('open', 'locked')),
    deadline TEXT,
    rounded_to INTEGER NOT NULL CHECK (rounded_to >= 1)
, revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), reopened_because TEXT NOT NULL DEFAULT '') STRICT

CREATE TABLE plan_year (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    first_year INTEGER NOT NULL CHECK (first_year BETWEEN 1900 AND 2199),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    amount INTEGER NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (project, first_year, year)
) STRICT

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
) STRICT

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
, case_numbers TEXT, joined_into TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED) STRICT

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
) STRICT

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
) STRICT

CREATE TABLE sent_package (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    kind TEXT NOT NULL CHECK (kind IN ('package', 'form')),
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    projects TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    returned_at TEXT
) STRICT

CREATE TABLE setting (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    value TEXT NOT NULL
) STRICT

CREATE TABLE spending_plan (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    amounts TEXT NOT NULL,
    UNIQUE (project, period)
) STRICT

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
) STRICT

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
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'locked')), moved_by TEXT, moved_on TEXT, split_timing INTEGER, split_cost INTEGER, split_scope INTEGER, split_other INTEGER, economy_light TEXT CHECK (economy_light IN ('green', 'yellow', 'red')), economy_reason TEXT CHECK ((economy_reason IS NULL) = (economy_light IS NULL)), progress_light TEXT CHECK (progress_light IN ('green', 'yellow', 'red')), progress_reason TEXT CHECK ((progress_reason IS NULL) = (progress_light IS NULL)), risk_light TEXT CHECK (risk_light IN ('green', 'yellow', 'red')), risk_reason TEXT CHECK ((risk_reason IS NULL) = (risk_light IS NULL)), contingency_left INTEGER, p50 INTEGER, p85 INTEGER,
    UNIQUE (project, period)
) STRICT

CREATE TABLE subproject (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL
) STRICT

CREATE TRIGGER a_lock_is_never_changed BEFORE UPDATE ON period_lock
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END

CREATE TRIGGER a_lock_is_never_removed BEFORE DELETE ON period_lock
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END

CREATE TRIGGER a_locked_period_is_not_removed BEFORE DELETE ON period_state
WHEN OLD.stage = 'locked' OR OLD.revision > 0
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER a_locked_period_is_only_reopened BEFORE UPDATE ON period_state
WHEN OLD.stage = 'locked' AND (NEW.stage <> 'open' OR trim(NEW.reopened_because) = ''
    OR NEW.revision <> OLD.revision OR NEW.period <> OLD.period OR NEW.deadline IS NOT OLD.deadline
    OR NEW.rounded_to <> OLD.rounded_to)
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER a_period_begins_open BEFORE INSERT ON period_state WHEN NEW.stage = 'locked' OR NEW.revision <> 0
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER a_period_is_locked_with_what_was_reported BEFORE UPDATE ON period_state
WHEN OLD.stage = 'open' AND NEW.stage = 'locked' AND (NEW.revision <> OLD.revision + 1 OR NOT EXISTS
    (SELECT 1 FROM period_lock WHERE period = NEW.period AND revision = NEW.revision))
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked without a report'); END

CREATE TRIGGER a_project_with_spending_stays BEFORE DELETE ON project
WHEN EXISTS (SELECT 1 FROM ledger_sum s JOIN ledger_batch b ON b.id = s.batch
    WHERE s.project = OLD.id AND NOT b.withdrawn)
BEGIN SELECT RAISE(ABORT, 'project has spending'); END

CREATE TRIGGER a_status_is_submitted_before_it_is_approved BEFORE UPDATE ON status
WHEN OLD.state = 'draft' AND NEW.state = 'approved'
BEGIN SELECT RAISE(ABORT, 'guarded: status is not submitted'); END

CREATE TRIGGER a_submitted_status_is_not_changed BEFORE UPDATE ON status
WHEN OLD.state <> 'draft' AND (NEW.id IS NOT OLD.id OR NEW.project IS NOT OLD.project OR NEW.period IS NOT OLD.period OR NEW.text IS NOT OLD.text OR NEW.completion IS NOT OLD.completion OR NEW.phase IS NOT OLD.phase OR NEW.year_end_forecast IS NOT OLD.year_end_forecast OR NEW.final_cost_forecast IS NOT OLD.final_cost_forecast OR NEW.explanation IS NOT OLD.explanation OR NEW.split_timing IS NOT OLD.split_timing OR NEW.split_cost IS NOT OLD.split_cost OR NEW.split_scope IS NOT OLD.split_scope OR NEW.split_other IS NOT OLD.split_other OR NEW.economy_light IS NOT OLD.economy_light OR NEW.economy_reason IS NOT OLD.economy_reason OR NEW.progress_light IS NOT OLD.progress_light OR NEW.progress_reason IS NOT OLD.progress_reason OR NEW.risk_light IS NOT OLD.risk_light OR NEW.risk_reason IS NOT OLD.risk_reason OR NEW.contingency_left IS NOT OLD.contingency_left OR NEW.p50 IS NOT OLD.p50 OR NEW.p85 IS NOT OLD.p85)
BEGIN SELECT RAISE(ABORT, 'guarded: status is submitted'); END

CREATE TRIGGER a_submitted_status_is_not_removed BEFORE DELETE ON status WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'guarded: status is submitted'); END

CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_added BEFORE INSERT ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_changed BEFORE UPDATE ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_removed BEFORE DELETE ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER an_approved_status_goes_back_to_draft BEFORE UPDATE ON status
WHEN OLD.state = 'approved' AND NEW.state = 'submitted'
BEGIN SELECT RAISE(ABORT, 'guarded: status is approved'); END

CREATE TRIGGER comments_are_never_changed BEFORE UPDATE ON comment
BEGIN SELECT RAISE(ABORT, 'guarded: comments stay'); END

CREATE TRIGGER contract_of_a_locked_period_is_not_added BEFORE INSERT ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER contract_of_a_locked_period_is_not_changed BEFORE UPDATE ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER contract_of_a_locked_period_is_not_removed BEFORE DELETE ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER dismissal_of_a_locked_period_is_not_added BEFORE INSERT ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER dismissal_of_a_locked_period_is_not_changed BEFORE UPDATE ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER dismissal_of_a_locked_period_is_not_removed BEFORE DELETE ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END

CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END

CREATE TRIGGER ledger_lines_are_never_removed BEFORE DELETE ON ledger_stretch
BEGIN SELECT RAISE(ABORT, 'ledger lines are immutable'); END

CREATE TRIGGER ledger_lines_never_change BEFORE UPDATE ON ledger_stretch
BEGIN SELECT RAISE(ABORT, 'ledger lines are immutable'); END

CREATE TRIGGER ledger_sums_never_change BEFORE UPDATE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger sums are immutable'); END

CREATE TRIGGER milestone_of_a_locked_period_is_not_added BEFORE INSERT ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER milestone_of_a_locked_period_is_not_changed BEFORE UPDATE ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER milestone_of_a_locked_period_is_not_removed BEFORE DELETE ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER other_projects_of_a_locked_period_is_not_added BEFORE INSERT ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER other_projects_of_a_locked_period_is_not_changed BEFORE UPDATE ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER other_projects_of_a_locked_period_is_not_removed BEFORE DELETE ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER passage_of_a_locked_period_is_not_added BEFORE INSERT ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER passage_of_a_locked_period_is_not_changed BEFORE UPDATE ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER passage_of_a_locked_period_is_not_removed BEFORE DELETE ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER period_lock_of_a_locked_period_is_not_added BEFORE INSERT ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER period_lock_of_a_locked_period_is_not_changed BEFORE UPDATE ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER period_lock_of_a_locked_period_is_not_removed BEFORE DELETE ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER printed_figures_of_a_locked_period_is_not_added BEFORE INSERT ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER printed_figures_of_a_locked_period_is_not_changed BEFORE UPDATE ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER printed_figures_of_a_locked_period_is_not_removed BEFORE DELETE ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER reported_project_of_a_locked_period_is_not_added BEFORE INSERT ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER reported_project_of_a_locked_period_is_not_changed BEFORE UPDATE ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER reported_project_of_a_locked_period_is_not_removed BEFORE DELETE ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER risk_of_a_locked_period_is_not_added BEFORE INSERT ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER risk_of_a_locked_period_is_not_changed BEFORE UPDATE ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER risk_of_a_locked_period_is_not_removed BEFORE DELETE ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER spending_plan_of_a_locked_period_is_not_added BEFORE INSERT ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER spending_plan_of_a_locked_period_is_not_changed BEFORE UPDATE ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER spending_plan_of_a_locked_period_is_not_removed BEFORE DELETE ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER statement_line_of_a_locked_period_is_not_added BEFORE INSERT ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER statement_line_of_a_locked_period_is_not_changed BEFORE UPDATE ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER statement_line_of_a_locked_period_is_not_removed BEFORE DELETE ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER status_of_a_locked_period_is_not_added BEFORE INSERT ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER status_of_a_locked_period_is_not_changed BEFORE UPDATE ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER status_of_a_locked_period_is_not_removed BEFORE DELETE ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END

CREATE TRIGGER what_was_reported_is_never_changed BEFORE UPDATE ON reported_project
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END

CREATE TRIGGER what_was_reported_is_never_removed BEFORE DELETE ON reported_project
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END
