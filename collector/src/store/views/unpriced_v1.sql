-- Calls that count and have no cost, with the reason: what to price next. Tokens of unknown usage are 0 here, their calls still count.
CREATE OR REPLACE VIEW {database}.unpriced_v1 {on_cluster} AS
SELECT
    s.project_id AS project_id,
    s.start_time AS start_time,
    s.provider AS provider,
    s.model AS model,
    s.request_model AS request_model,
    s.service_tier AS service_tier,
    s.cost_reason AS cost_reason,
    toUInt64(ifNull(s.input_tokens, 0)) + ifNull(s.output_tokens, 0) AS tokens
FROM {database}.spans_v1 AS s
WHERE s.counts_usage = 1 AND s.cost_usd IS NULL;
