-- Latency by minute and group as mergeable digests, for quantiles over any range and grouping:
--   SELECT model, quantilesTDigestMerge(0.5, 0.95, 0.99)(latency_state) AS p50_p95_p99 FROM latency_states_v1 WHERE … GROUP BY model
CREATE OR REPLACE VIEW {database}.latency_states_v1 {on_cluster} AS
SELECT
    m.project_id AS project_id,
    m.minute AS time,
    m.kind AS kind,
    m.operation AS operation,
    m.provider AS provider,
    m.model AS model,
    m.environment AS environment,
    m.service_name AS service_name,
    sum(m.spans) AS spans,
    sum(m.latency_ms_sum) AS latency_ms_sum,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(m.latency_ms) AS latency_state,
    sum(m.first_token_spans) AS first_token_spans,
    sum(m.first_token_ms_sum) AS first_token_ms_sum,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(m.first_token_ms) AS first_token_state
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name;
