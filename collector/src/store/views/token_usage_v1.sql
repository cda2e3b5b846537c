-- Tokens by minute, model and group, of calls that count; every figure may be summed, NULL is "not known in any call".
CREATE OR REPLACE VIEW {database}.token_usage_v1 {on_cluster} AS
SELECT
    m.project_id AS project_id,
    m.minute AS time,
    m.kind AS kind,
    m.operation AS operation,
    m.provider AS provider,
    m.model AS model,
    m.environment AS environment,
    m.service_name AS service_name,
    sum(m.calls) AS calls,
    sum(m.input_tokens) AS input_tokens,
    sum(m.output_tokens) AS output_tokens,
    sum(m.cache_read_tokens) AS cache_read_tokens,
    sum(m.cache_write_tokens) AS cache_write_tokens,
    sum(m.reasoning_tokens) AS reasoning_tokens,
    if(sum(m.input_tokens) IS NULL AND sum(m.output_tokens) IS NULL, NULL, ifNull(sum(m.input_tokens), 0) + ifNull(sum(m.output_tokens), 0)) AS total_tokens
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name
HAVING calls > 0;
