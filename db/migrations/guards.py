"""The triggers that guard what was submitted and what was locked: those of the second schema, and their form.

What they raise begins with `guarded:`, which `db.trouble` knows.
"""

from collections.abc import Iterable

_LOCKED = "EXISTS (SELECT 1 FROM period_state WHERE period = {row}.period AND stage = 'locked')"

_OF_A_PERIOD = (
    "status",
    "milestone",
    "risk",
    "contract",
    "spending_plan",
    "other_projects",
    "printed_figures",
    "statement_line",
    "accepted_difference",
    "reported_project",
    "period_lock",
)


def rows_of_a_locked_period_stay(tables: Iterable[str]) -> str:
    """Return the triggers that let nobody add, change or remove a locked period's rows in some tables."""
    return "".join(
        f"""
CREATE TRIGGER {table}_of_a_locked_period_is_not_{done} BEFORE {event} ON {table}
WHEN {" OR ".join(_LOCKED.format(row=row) for row in rows)}
BEGIN SELECT RAISE(ABORT, 'guarded: period is locked'); END;
"""
        for table in tables
        for event, done, rows in (
            ("INSERT", "added", ("NEW",)),
            ("UPDATE", "changed", ("OLD", "NEW")),
            ("DELETE", "removed", ("OLD",)),
        )
    )


_CONTENT_OF_STATUS = (
    "id",
    "project",
    "period",
    "text",
    "completion",
    "phase",
    "year_end_forecast",
    "final_cost_forecast",
    "explanation",
    "split_timing",
    "split_cost",
    "split_scope",
    "split_other",
    "economy_light",
    "economy_reason",
    "progress_light",
    "progress_reason",
    "risk_light",
    "risk_reason",
    "contingency_left",
    "p50",
    "p85",
)

GUARDS = (
    rows_of_a_locked_period_stay(_OF_A_PERIOD)
    + f"""
CREATE TRIGGER a_submitted_status_is_not_changed BEFORE UPDATE ON status
WHEN OLD.state <> 'draft' AND ({" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _CONTENT_OF_STATUS)})
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
"""
)
