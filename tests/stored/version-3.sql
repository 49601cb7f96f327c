BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'tracker','first','2026-11-23 14:42:29.698979+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'tracker','second','2026-11-28 13:33:02.823234+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'tracker','third','2026-11-28 16:55:57.608803+00:00');
CREATE TABLE accepted_difference (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    "check" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    difference INTEGER NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_on TEXT NOT NULL
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
INSERT INTO "budget_line" VALUES('00000000-0000-0000-0000-000000000002','00000000-0000-0000-0000-000000000000','00000000-0000-0000-0000-000000000001','grant',2023,1,-2,'2023-06-14','KS','109/23','2023-06-14',NULL,'tillegg','decided','',NULL);
CREATE TABLE code_match (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    project TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    subproject TEXT REFERENCES subproject (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (subproject IS NULL OR project IS NOT NULL)
) STRICT;
CREATE TABLE comment (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'return')),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;
INSERT INTO "comment" VALUES('00000000-0000-4000-8000-0000000000c1','00000000-0000-0000-0000-000000000000','2023-Y','note','Kari','2026-11-28T10:00:00+00:00','Ser bra ut');
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
INSERT INTO "dismissal" VALUES('00000000-0000-4000-8000-0000000000d1','00000000-0000-0000-0000-000000000000','2023-Y','text-total-budget','80 mill.','0000000000000000000000000000000000000000000000000000000000000000','Gjelder et annet år','Kari','2026-11-28T10:00:00+00:00');
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
INSERT INTO "journal" VALUES(1,'00000000-0000-0000-0000-000000000009','2024-02-01T10:00:00+00:00','Kari','test','{"text":"Test av {what}","values":{"what":"lagring"}}','[["project","00000000-0000-0000-0000-000000000000",null,{"code":"I10001","department":"Eiendom","funding_tags":"full_cost,property_tax","id":"00000000-0000-0000-0000-000000000000","name":"Skole på Åsen","position":3,"responsible":"Ola","service_area":"Oppvekst"}],["subproject","00000000-0000-0000-0000-000000000001",null,{"code":"I41042","id":"00000000-0000-0000-0000-000000000001","name":"Tak","project":"00000000-0000-0000-0000-000000000000"}],["budget_line","00000000-0000-0000-0000-000000000002",null,{"budget_year":2023,"decision_body":"KS","decision_number":"109/23","decision_on":"2023-06-14","id":"00000000-0000-0000-0000-000000000002","kind":"grant","note":"tillegg","project":"00000000-0000-0000-0000-000000000000","subproject":"00000000-0000-0000-0000-000000000001","takes_effect":"2023-06-14","total_amount":-2,"year_amount":1}],["ledger_batch","00000000-0000-0000-0000-000000000003",null,{"content":"balances","first_month":1,"id":"00000000-0000-0000-0000-000000000003","last_month":12,"line_count":2,"source":"hovedbok.xlsx","source_hash":"ab","sums":"818df561802c10cd4d6beabd652a523251ce09e077adb5e94df6fac36fc3a319","total":999999999999993,"year":2023}],["status","00000000-0000-0000-0000-000000000004",null,{"completion":"til høsten","final_cost_forecast":1099511627776,"id":"00000000-0000-0000-0000-000000000004","period":"2023-Y","phase":"taken_over","project":"00000000-0000-0000-0000-000000000000","text":"=SUM(A1)\nÆØÅ  to  mellomrom ","year_end_forecast":-1}],["other_projects","00000000-0000-0000-0000-000000000005",null,{"actual":4,"id":"00000000-0000-0000-0000-000000000005","name":"Øvrige","period":"2023-Y","revised_budget":3,"total_budget":1,"total_spent":2}],["printed_figures","00000000-0000-0000-0000-000000000006",null,{"actual":2,"deviation":-2,"id":"00000000-0000-0000-0000-000000000006","name":"Skole","of":"project","period":"2023-Y","project":"00000000-0000-0000-0000-000000000000","revised_budget":1,"total_budget":null,"total_spent":null}],["statement_line","00000000-0000-0000-0000-000000000007",null,{"actual":2,"deviation":1,"id":"00000000-0000-0000-0000-000000000007","is_sum":1,"label":"Sum","original_budget":4,"paragraph":1,"period":"2023-Y","position":0,"previous_actual":1,"revised_budget":3}],["period_state","00000000-0000-0000-0000-000000000008",null,{"deadline":"2024-02-15","id":"00000000-0000-0000-0000-000000000008","period":"2023-Y","rounded_to":1000}],["setting","municipality",null,{"id":"municipality","value":"Storåsen kommune"}]]','17974d0f159165fd9b55dc6db6a8cb1d50dffa22e21a0963df69e4e0f98b4785','0000000000000000000000000000000000000000000000000000000000000000','575f51599baf722b08fdad0e0ea32f775323f694d7c93f7d8e8cfe7e6bba8d9e');
INSERT INTO "journal" VALUES(2,'00000000-0000-4000-8000-0000000000e1','2026-11-28T10:00:00+00:00','Kari','window','{"text":"Kommentar til {project}","values":{"project":"Skole på Åsen"}}','[["comment","00000000-0000-4000-8000-0000000000c1",null,{"at":"2026-11-28T10:00:00+00:00","by":"Kari","id":"00000000-0000-4000-8000-0000000000c1","period":"2023-Y","project":"00000000-0000-0000-0000-000000000000","text":"Ser bra ut"}],["dismissal","00000000-0000-4000-8000-0000000000d1",null,{"at":"2026-11-28T10:00:00+00:00","basis":"0000000000000000000000000000000000000000000000000000000000000000","by":"Kari","id":"00000000-0000-4000-8000-0000000000d1","period":"2023-Y","project":"00000000-0000-0000-0000-000000000000","quote":"80 mill.","reason":"Gjelder et annet år","rule":"text-total-budget"}]]','383944b8bc04cf7b84ae0f2b2517c3e7ce3e2e4a2978739ae553dd6cf913e7f8','575f51599baf722b08fdad0e0ea32f775323f694d7c93f7d8e8cfe7e6bba8d9e','0639e265c10a26b4ed446df49649aa220f50064e8a6ea9fae59831f26a3f7e65');
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
) STRICT;
INSERT INTO "ledger_batch" VALUES('00000000-0000-0000-0000-000000000003','hovedbok.xlsx','ab','balances',2023,1,12,2,999999999999993,0,'',NULL,NULL,0,'');
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
INSERT INTO "ledger_sum" VALUES('00000000-0000-0000-0000-000000000003',0,'00000000-0000-0000-0000-000000000000','00000000-0000-0000-0000-000000000001','0230',2023,12,-7,0,'',NULL);
INSERT INTO "ledger_sum" VALUES('00000000-0000-0000-0000-000000000003',1,'00000000-0000-0000-0000-000000000000',NULL,'',2022,12,1000000000000000,1,'',NULL);
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
CREATE TABLE other_projects (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    name TEXT NOT NULL,
    total_budget INTEGER NOT NULL,
    total_spent INTEGER NOT NULL,
    revised_budget INTEGER NOT NULL,
    actual INTEGER NOT NULL
) STRICT;
INSERT INTO "other_projects" VALUES('00000000-0000-0000-0000-000000000005','2023-Y','Øvrige',1,2,3,4);
CREATE TABLE passage (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    UNIQUE (period, position)
) STRICT;
CREATE TABLE period_lock (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    locked_by TEXT NOT NULL,
    locked_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    UNIQUE (period, revision)
) STRICT;
CREATE TABLE period_state (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    period TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    stage TEXT NOT NULL CHECK (stage IN ('open', 'locked')),
    deadline TEXT,
    rounded_to INTEGER NOT NULL CHECK (rounded_to >= 1)
, revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), reopened_because TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "period_state" VALUES('00000000-0000-0000-0000-000000000008','2023-Y','open','2024-02-15',1000,0,'');
CREATE TABLE plan_year (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    first_year INTEGER NOT NULL CHECK (first_year BETWEEN 1900 AND 2199),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    amount INTEGER NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (project, first_year, year)
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
INSERT INTO "printed_figures" VALUES('00000000-0000-0000-0000-000000000006','2023-Y','project','00000000-0000-0000-0000-000000000000','Skole',NULL,NULL,1,2,-2);
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
, case_numbers TEXT, joined_into TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
INSERT INTO "project" VALUES('00000000-0000-0000-0000-000000000000','Skole på Åsen','project','I10001','Oppvekst','Eiendom','Ola','full_cost,property_tax',3,NULL,NULL);
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
CREATE TABLE setting (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES('municipality','Storåsen kommune');
CREATE TABLE spending_plan (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-*'),
    amounts TEXT NOT NULL,
    UNIQUE (project, period)
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
INSERT INTO "statement_line" VALUES('00000000-0000-0000-0000-000000000007','2023-Y',1,0,'Sum',1,2,3,4,1,1);
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
) STRICT;
INSERT INTO "status" VALUES('00000000-0000-0000-0000-000000000004','00000000-0000-0000-0000-000000000000','2023-Y','=SUM(A1)
ÆØÅ  to  mellomrom ','til høsten','taken_over',-1,1099511627776,'','draft',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE subproject (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    project TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL
) STRICT;
INSERT INTO "subproject" VALUES('00000000-0000-0000-0000-000000000001','00000000-0000-0000-0000-000000000000','I41042','Tak');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX budget_line_project ON budget_line (project);
CREATE INDEX status_period ON status (period);
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
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
CREATE TRIGGER status_of_a_locked_period_is_not_added BEFORE INSERT ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER status_of_a_locked_period_is_not_changed BEFORE UPDATE ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER status_of_a_locked_period_is_not_removed BEFORE DELETE ON status
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER milestone_of_a_locked_period_is_not_added BEFORE INSERT ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER milestone_of_a_locked_period_is_not_changed BEFORE UPDATE ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER milestone_of_a_locked_period_is_not_removed BEFORE DELETE ON milestone
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER risk_of_a_locked_period_is_not_added BEFORE INSERT ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER risk_of_a_locked_period_is_not_changed BEFORE UPDATE ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER risk_of_a_locked_period_is_not_removed BEFORE DELETE ON risk
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER contract_of_a_locked_period_is_not_added BEFORE INSERT ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER contract_of_a_locked_period_is_not_changed BEFORE UPDATE ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER contract_of_a_locked_period_is_not_removed BEFORE DELETE ON contract
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER spending_plan_of_a_locked_period_is_not_added BEFORE INSERT ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER spending_plan_of_a_locked_period_is_not_changed BEFORE UPDATE ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER spending_plan_of_a_locked_period_is_not_removed BEFORE DELETE ON spending_plan
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER other_projects_of_a_locked_period_is_not_added BEFORE INSERT ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER other_projects_of_a_locked_period_is_not_changed BEFORE UPDATE ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER other_projects_of_a_locked_period_is_not_removed BEFORE DELETE ON other_projects
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER printed_figures_of_a_locked_period_is_not_added BEFORE INSERT ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER printed_figures_of_a_locked_period_is_not_changed BEFORE UPDATE ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER printed_figures_of_a_locked_period_is_not_removed BEFORE DELETE ON printed_figures
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER statement_line_of_a_locked_period_is_not_added BEFORE INSERT ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER statement_line_of_a_locked_period_is_not_changed BEFORE UPDATE ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER statement_line_of_a_locked_period_is_not_removed BEFORE DELETE ON statement_line
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_added BEFORE INSERT ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_changed BEFORE UPDATE ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER accepted_difference_of_a_locked_period_is_not_removed BEFORE DELETE ON accepted_difference
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER reported_project_of_a_locked_period_is_not_added BEFORE INSERT ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER reported_project_of_a_locked_period_is_not_changed BEFORE UPDATE ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER reported_project_of_a_locked_period_is_not_removed BEFORE DELETE ON reported_project
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER period_lock_of_a_locked_period_is_not_added BEFORE INSERT ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER period_lock_of_a_locked_period_is_not_changed BEFORE UPDATE ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER period_lock_of_a_locked_period_is_not_removed BEFORE DELETE ON period_lock
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER a_submitted_status_is_not_changed BEFORE UPDATE ON status
WHEN OLD.state <> 'draft' AND (NEW.id IS NOT OLD.id OR NEW.project IS NOT OLD.project OR NEW.period IS NOT OLD.period OR NEW.text IS NOT OLD.text OR NEW.completion IS NOT OLD.completion OR NEW.phase IS NOT OLD.phase OR NEW.year_end_forecast IS NOT OLD.year_end_forecast OR NEW.final_cost_forecast IS NOT OLD.final_cost_forecast OR NEW.explanation IS NOT OLD.explanation OR NEW.split_timing IS NOT OLD.split_timing OR NEW.split_cost IS NOT OLD.split_cost OR NEW.split_scope IS NOT OLD.split_scope OR NEW.split_other IS NOT OLD.split_other OR NEW.economy_light IS NOT OLD.economy_light OR NEW.economy_reason IS NOT OLD.economy_reason OR NEW.progress_light IS NOT OLD.progress_light OR NEW.progress_reason IS NOT OLD.progress_reason OR NEW.risk_light IS NOT OLD.risk_light OR NEW.risk_reason IS NOT OLD.risk_reason OR NEW.contingency_left IS NOT OLD.contingency_left OR NEW.p50 IS NOT OLD.p50 OR NEW.p85 IS NOT OLD.p85)
BEGIN SELECT RAISE(ABORT, 'guarded: status is submitted'); END;
CREATE TRIGGER a_submitted_status_is_not_removed BEFORE DELETE ON status WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'guarded: status is submitted'); END;
CREATE TRIGGER a_status_is_submitted_before_it_is_approved BEFORE UPDATE ON status
WHEN OLD.state = 'draft' AND NEW.state = 'approved'
BEGIN SELECT RAISE(ABORT, 'guarded: status is not submitted'); END;
CREATE TRIGGER an_approved_status_goes_back_to_draft BEFORE UPDATE ON status
WHEN OLD.state = 'approved' AND NEW.state = 'submitted'
BEGIN SELECT RAISE(ABORT, 'guarded: status is approved'); END;
CREATE TRIGGER what_was_reported_is_never_changed BEFORE UPDATE ON reported_project
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END;
CREATE TRIGGER what_was_reported_is_never_removed BEFORE DELETE ON reported_project
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END;
CREATE TRIGGER a_lock_is_never_changed BEFORE UPDATE ON period_lock
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END;
CREATE TRIGGER a_lock_is_never_removed BEFORE DELETE ON period_lock
BEGIN SELECT RAISE(ABORT, 'guarded: reported rows stay'); END;
CREATE TRIGGER comments_are_never_changed BEFORE UPDATE ON comment
BEGIN SELECT RAISE(ABORT, 'guarded: comments stay'); END;
CREATE TRIGGER a_period_is_locked_with_what_was_reported BEFORE UPDATE ON period_state
WHEN OLD.stage = 'open' AND NEW.stage = 'locked' AND (NEW.revision <> OLD.revision + 1 OR NOT EXISTS
    (SELECT 1 FROM period_lock WHERE period = NEW.period AND revision = NEW.revision))
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked without a report'); END;
CREATE TRIGGER a_locked_period_is_only_reopened BEFORE UPDATE ON period_state
WHEN OLD.stage = 'locked' AND (NEW.stage <> 'open' OR trim(NEW.reopened_because) = ''
    OR NEW.revision <> OLD.revision OR NEW.period <> OLD.period OR NEW.deadline IS NOT OLD.deadline
    OR NEW.rounded_to <> OLD.rounded_to)
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER a_locked_period_is_not_removed BEFORE DELETE ON period_state
WHEN OLD.stage = 'locked' OR OLD.revision > 0
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER a_period_begins_open BEFORE INSERT ON period_state WHEN NEW.stage = 'locked' OR NEW.revision <> 0
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE INDEX dismissal_project ON dismissal (project);
CREATE INDEX passage_project ON passage (project);
CREATE TRIGGER dismissal_of_a_locked_period_is_not_added BEFORE INSERT ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER dismissal_of_a_locked_period_is_not_changed BEFORE UPDATE ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER dismissal_of_a_locked_period_is_not_removed BEFORE DELETE ON dismissal
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER passage_of_a_locked_period_is_not_added BEFORE INSERT ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER passage_of_a_locked_period_is_not_changed BEFORE UPDATE ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked') OR EXISTS (SELECT 1 FROM period_state WHERE period = NEW.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
CREATE TRIGGER passage_of_a_locked_period_is_not_removed BEFORE DELETE ON passage
WHEN EXISTS (SELECT 1 FROM period_state WHERE period = OLD.period AND stage = 'locked')
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
COMMIT;
PRAGMA application_id = 1415934580;
PRAGMA user_version = 3;
