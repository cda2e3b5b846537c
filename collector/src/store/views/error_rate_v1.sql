-- Spans and failures by minute, group and error type; a row with error_type '' holds the spans that name none, so sums over all rows are totals.
-- Rate over any range: sum(errors) / sum(spans); of one type: sumIf(errors, error_type = …) / sum(spans).
CREATE OR REPLACE VIEW {database}.error_rate_v1 {on_cluster} AS
SELECT
    m.project_id AS project_id,
    m.minute AS time,
    m.kind AS kind,
    m.operation AS operation,
    m.provider AS provider,
    m.model AS model,
    m.environment AS environment,
    m.service_name AS service_name,
    m.error_type AS error_type,
    -- one of the closed list; '' for spans without a failure
    m.error_class AS error_class,
    sum(m.spans) AS spans,
    sum(m.errors) AS errors,
    -- of this minute and group, all error types together
    sum(spans) OVER same_group AS group_spans,
    errors / group_spans AS error_rate
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name, m.error_type, m.error_class
WINDOW same_group AS (PARTITION BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name);
