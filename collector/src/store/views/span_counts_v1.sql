-- How many spans by minute and group: what values there are, and how often, without a look at the spans. Every figure may be summed.
CREATE OR REPLACE VIEW {database}.span_counts_v1 {on_cluster} AS
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
    m.error_class AS error_class,
    m.spans AS spans,
    m.errors AS errors
FROM {metrics_minute} AS m;
