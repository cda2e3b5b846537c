-- What every metric but total_traces is summed from, in rows that are not added up yet: whole hours first_hour … last_hour out of the rollup of hours,
-- and from_time … first_hour and last_hour … to_time out of that of minutes (each end exclusive; all the same = nothing of it). An hour stands for each of its
-- minutes, so it fits a series whose steps are whole hours; for finer ones set first_hour and last_hour to to_time.
-- Sum by your own groups, once; keep those with sum(calls) > 0 (or lookups) as cost_v1 and the others do; states are merged, as in latency_states_v1.
CREATE OR REPLACE VIEW {database}.metric_cells_v1 {on_cluster} AS
SELECT
    c.project_id AS project_id,
    c.time AS time,
    c.kind AS kind,
    c.operation AS operation,
    c.provider AS provider,
    c.model AS model,
    c.environment AS environment,
    c.service_name AS service_name,
    c.error_type AS error_type,
    c.error_class AS error_class,
    c.spans AS spans,
    c.errors AS errors,
    c.latency_ms AS latency_state,
    c.first_token_spans AS first_token_spans,
    c.first_token_ms AS first_token_state,
    c.calls AS calls,
    c.input_tokens AS input_tokens,
    c.output_tokens AS output_tokens,
    c.cache_read_tokens AS cache_read_tokens,
    c.cache_write_tokens AS cache_write_tokens,
    c.reasoning_tokens AS reasoning_tokens,
    if(c.input_tokens IS NULL AND c.output_tokens IS NULL, NULL, ifNull(c.input_tokens, 0) + ifNull(c.output_tokens, 0)) AS total_tokens,
    c.cache_known_input_tokens AS cache_known_input_tokens,
    c.cached_calls AS cached_calls,
    c.priced_calls AS priced_calls,
    c.priced_tokens AS priced_tokens,
    c.unpriced_tokens AS unpriced_tokens,
    c.cost_usd AS cost_usd,
    c.input_cost_usd AS input_cost_usd,
    c.output_cost_usd AS output_cost_usd,
    c.cache_savings_gross_usd AS savings_gross_usd,
    c.cache_savings_net_usd AS savings_net_usd,
    c.exact_cache_hits AS exact_hits,
    c.semantic_cache_hits AS semantic_hits,
    c.response_cache_lookups AS response_cache_lookups
FROM
(
    SELECT
        h.hour AS time,
        h.project_id, h.kind, h.operation, h.provider, h.model, h.environment, h.service_name, h.error_type,
        h.error_class, h.spans, h.errors, h.latency_ms, h.first_token_spans, h.first_token_ms, h.calls, h.input_tokens,
        h.output_tokens, h.cache_read_tokens, h.cache_write_tokens, h.reasoning_tokens, h.cache_known_input_tokens, h.cached_calls, h.priced_calls, h.priced_tokens,
        h.unpriced_tokens, h.cost_usd, h.input_cost_usd, h.output_cost_usd, h.cache_savings_gross_usd, h.cache_savings_net_usd, h.exact_cache_hits, h.semantic_cache_hits,
        h.response_cache_lookups
    FROM {metrics_hour} AS h
    WHERE h.hour >= {first_hour:DateTime64(3, 'UTC')} AND h.hour < {last_hour:DateTime64(3, 'UTC')}
    UNION ALL
    SELECT
        m.minute AS time,
        m.project_id, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name, m.error_type,
        m.error_class, m.spans, m.errors, m.latency_ms, m.first_token_spans, m.first_token_ms, m.calls, m.input_tokens,
        m.output_tokens, m.cache_read_tokens, m.cache_write_tokens, m.reasoning_tokens, m.cache_known_input_tokens, m.cached_calls, m.priced_calls, m.priced_tokens,
        m.unpriced_tokens, m.cost_usd, m.input_cost_usd, m.output_cost_usd, m.cache_savings_gross_usd, m.cache_savings_net_usd, m.exact_cache_hits, m.semantic_cache_hits,
        m.response_cache_lookups
    FROM {metrics_minute} AS m
    WHERE (m.minute >= {from_time:DateTime64(3, 'UTC')} AND m.minute < {first_hour:DateTime64(3, 'UTC')})
        OR (m.minute >= {last_hour:DateTime64(3, 'UTC')} AND m.minute < {to_time:DateTime64(3, 'UTC')})
) AS c;
