-- Caches by minute and group: the provider's prompt cache (of calls that count), and a gateway's response cache, exact and semantic (of all spans).
-- Over any range: sum(cache_read_tokens) / sum(cache_known_input_tokens) of the tokens, sum(cached_calls) / sum(calls) of the calls,
-- sum(exact_hits) / sum(response_cache_lookups). Savings: gross is what reads saved, net is that less what writes cost extra.
CREATE OR REPLACE VIEW {database}.cache_hit_rate_v1 {on_cluster} AS
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
    sum(m.cached_calls) AS cached_calls,
    sum(m.cache_known_input_tokens) AS cache_known_input_tokens,
    sum(m.cache_read_tokens) AS cache_read_tokens,
    sum(m.cache_write_tokens) AS cache_write_tokens,
    if(cache_known_input_tokens = 0, NULL, cache_read_tokens / cache_known_input_tokens) AS provider_hit_rate,
    sum(m.response_cache_lookups) AS response_cache_lookups,
    sum(m.exact_cache_hits) AS exact_hits,
    sum(m.semantic_cache_hits) AS semantic_hits,
    if(response_cache_lookups = 0, NULL, exact_hits / response_cache_lookups) AS exact_hit_rate,
    if(response_cache_lookups = 0, NULL, semantic_hits / response_cache_lookups) AS semantic_hit_rate,
    sum(m.cache_savings_gross_usd) AS savings_gross_usd,
    sum(m.cache_savings_net_usd) AS savings_net_usd
FROM {metrics_minute} AS m
GROUP BY m.project_id, m.minute, m.kind, m.operation, m.provider, m.model, m.environment, m.service_name
HAVING calls > 0 OR response_cache_lookups > 0;
