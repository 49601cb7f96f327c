"""The second: one row a project and period with its figures, and the views that Power BI reads.

Figures are derived by the program that pushes, not a second time in SQL. What a project manager has not submitted is
shown to nobody but those who may read it.
"""

SCRIPT = """
CREATE TABLE figures (
    project_id text NOT NULL,
    period text NOT NULL,
    period_end date,
    year integer,
    period_stage text,
    project text,
    code text,
    kind text,
    service_area text,
    department text,
    responsible text,
    funding_tags text,
    total_budget bigint,
    total_spent bigint,
    left_of_total bigint,
    original_budget bigint,
    revised_budget bigint,
    actual bigint,
    deviation bigint,
    computed_deviation bigint,
    year_end_forecast bigint,
    expected_deviation bigint,
    final_cost_forecast bigint,
    deviation_timing bigint,
    deviation_cost bigint,
    deviation_scope bigint,
    deviation_other bigint,
    estimated_completion text,
    phase text,
    status_state text,
    explanation text,
    status_text text,
    PRIMARY KEY (project_id, period)
);
ALTER TABLE figures ENABLE ROW LEVEL SECURITY;
CREATE POLICY controllers_all ON figures TO @schema@_controller USING (true) WITH CHECK (true);
CREATE POLICY managers_read ON figures FOR SELECT TO @schema@_manager
    USING (project_id = ANY ((SELECT my_scopes())::text[]));
CREATE POLICY managers_write ON figures FOR UPDATE TO @schema@_manager
    USING (project_id = ANY ((SELECT my_scopes())::text[])
        AND coalesce(status_state, '') NOT IN ('approved', 'locked'))
    WITH CHECK (project_id = ANY ((SELECT my_scopes())::text[])
        AND coalesce(status_state, '') NOT IN ('approved', 'locked'));

CREATE VIEW project_period AS
    SELECT
        f.period, f.period_end, f.year, f.period_stage, f.project_id, f.project, f.code, f.kind, f.service_area,
        f.department, f.responsible, f.funding_tags, f.total_budget, f.total_spent, f.left_of_total,
        f.original_budget, f.revised_budget, f.actual, f.deviation, f.computed_deviation,
        CASE WHEN s.is_told THEN f.year_end_forecast END AS year_end_forecast,
        CASE WHEN s.is_told THEN f.expected_deviation END AS expected_deviation,
        CASE WHEN s.is_told THEN f.final_cost_forecast END AS final_cost_forecast,
        CASE WHEN s.is_told THEN f.deviation_timing END AS deviation_timing,
        CASE WHEN s.is_told THEN f.deviation_cost END AS deviation_cost,
        CASE WHEN s.is_told THEN f.deviation_scope END AS deviation_scope,
        CASE WHEN s.is_told THEN f.deviation_other END AS deviation_other,
        CASE WHEN s.is_told THEN f.estimated_completion END AS estimated_completion,
        CASE WHEN s.is_told THEN f.phase END AS phase,
        f.status_state,
        CASE WHEN s.is_told THEN f.explanation END AS explanation,
        CASE WHEN s.is_told THEN f.status_text END AS status_text
    FROM figures f
    CROSS JOIN LATERAL (SELECT coalesce(f.status_state, 'draft') <> 'draft' AS is_told) s
    WHERE EXISTS (SELECT 1 FROM record r WHERE r.tbl = 'project' AND r.key = f.project_id
            AND r.held ->> 'joined_into' IS NULL)
        AND EXISTS (SELECT 1 FROM record r WHERE r.tbl = 'period_state' AND r.key = f.period);
CREATE VIEW project AS
    SELECT r.key AS project_id, r.held ->> 'name' AS project, r.held ->> 'code' AS code, r.held ->> 'kind' AS kind,
        r.held ->> 'service_area' AS service_area, r.held ->> 'department' AS department,
        r.held ->> 'responsible' AS responsible
    FROM record r WHERE r.tbl = 'project' AND r.held ->> 'joined_into' IS NULL;
CREATE VIEW period AS
    SELECT DISTINCT f.period, f.period_end, f.year, f.period_stage FROM figures f;

GRANT SELECT, INSERT, UPDATE ON figures TO @schema@_controller;
GRANT SELECT ON figures TO @schema@_manager;
GRANT UPDATE (year_end_forecast, expected_deviation, final_cost_forecast, deviation_timing, deviation_cost,
    deviation_scope, deviation_other, estimated_completion, phase, status_state, explanation, status_text)
    ON figures TO @schema@_manager;
GRANT SELECT ON project_period, project, period TO @schema@_reader, @schema@_controller;
"""
