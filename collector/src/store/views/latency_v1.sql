-- p50, p95, p99 of total latency and of time to first token, by minute and group (filter on kind = 'generation' for LLM calls).
-- Quantiles must not be averaged: over a longer range merge latency_states_v1; a mean is sum(latency_ms_sum) / sum(spans).
CREATE OR REPLACE VIEW {database}.latency_v1 {on_cluster} AS
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
    quantilesTDigestMerge(0.5, 0.95, 0.99)(m.latency_ms) AS latency_quantiles_ms,
    toFloat64(latency_quantiles_ms[1]) AS latency_p50_ms,
    toFloat64(latency_quantiles_ms[2]) AS latency_p95_ms,
    toFloat64(latency_quantiles_ms[3]) AS latency_p99_ms,
    sum(m.first_token_spans) AS first_token_spans,
    sum(m.first_token_ms_sum) AS first_token_ms_sum,
    quantilesTDigestMerge(0.5, 0.95, 0.99)(m.first_token_ms) AS first_token_quantiles_ms,
    if(first_token_spans = 0, NULL, toFloat64(first_token_quantiles_ms[1])) AS time_to_first_token_p50_ms,
    if(first_token_spans = 0, NULL, toFloat64(first_token_quantiles_ms[2])) AS time_to_first_token_p95_ms,
    if(first_token_spans = 0, NULL, toFloat64(first_token_quantiles_ms[3])) AS time_to_first_token_p99_ms
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name;
