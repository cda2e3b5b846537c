-- Money by minute, model and group, of calls that count. cost_usd covers priced_tokens; what has no price is unpriced_tokens, never 0 USD.
-- other_cost_usd: what input and output leave of the cost, so fees per request and search, and reported totals whose parts are not known.
-- Coverage over any range is sum(priced_tokens) / (sum(priced_tokens) + sum(unpriced_tokens)).
CREATE OR REPLACE VIEW {database}.cost_v1 {on_cluster} AS
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
    sum(m.priced_calls) AS priced_calls,
    if(sum(m.priced_calls) = 0, NULL, sum(m.cost_usd)) AS cost_usd,
    if(sum(m.priced_calls) = 0, NULL, sum(m.input_cost_usd)) AS input_cost_usd,
    if(sum(m.priced_calls) = 0, NULL, sum(m.output_cost_usd)) AS output_cost_usd,
    cost_usd - ifNull(input_cost_usd, 0) - ifNull(output_cost_usd, 0) AS other_cost_usd,
    sum(m.priced_tokens) AS priced_tokens,
    sum(m.unpriced_tokens) AS unpriced_tokens,
    if(priced_tokens + unpriced_tokens = 0, NULL, priced_tokens / (priced_tokens + unpriced_tokens)) AS priced_token_coverage
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name
HAVING calls > 0;
