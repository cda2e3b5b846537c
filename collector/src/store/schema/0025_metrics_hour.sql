-- metrics_minute by the hour: what charts of days are summed from. It is filled out of what goes into metrics_minute, arrived or settled, so that it is
-- the same sum in fewer rows; and rebuilt out of it (rebuild.ts).
CREATE TABLE IF NOT EXISTS {database}.metrics_hour {on_cluster}
(
    project_id               LowCardinality(String),
    day                      Date,
    hour                     DateTime64(3, 'UTC')                                     CODEC(DoubleDelta, ZSTD(1)),
    kind                     LowCardinality(String),
    operation                LowCardinality(String),
    provider                 LowCardinality(String),
    model                    LowCardinality(String),
    environment              LowCardinality(String),
    service_name             LowCardinality(String),
    error_type               LowCardinality(String),
    error_class              LowCardinality(String),
    retention_days           SimpleAggregateFunction(max, UInt16),
    spans                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    errors                   SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    latency_ms               AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), Float64)  CODEC(ZSTD(1)),
    latency_ms_sum           SimpleAggregateFunction(sum, Float64)                    CODEC(ZSTD(1)),
    first_token_spans        SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    first_token_ms           AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), Float64)  CODEC(ZSTD(1)),
    first_token_ms_sum       SimpleAggregateFunction(sum, Float64)                    CODEC(ZSTD(1)),
    calls                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    input_tokens             SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    output_tokens            SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_read_tokens        SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_write_tokens       SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    reasoning_tokens         SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_known_input_tokens SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    cached_calls             SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    priced_calls             SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    priced_tokens            SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    unpriced_tokens          SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    cost_usd                 SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    input_cost_usd           SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    output_cost_usd          SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    cache_savings_gross_usd  SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    cache_savings_net_usd    SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    settlements              SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    exact_cache_hits         SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    semantic_cache_hits      SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    response_cache_lookups   SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1))
)
ENGINE = {AggregatingMergeTree}
PARTITION BY day
ORDER BY (project_id, hour, kind, operation, provider, model, environment, service_name, error_type, error_class)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window};

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.metrics_hour_mv {on_cluster} TO {database}.metrics_hour AS
SELECT
    m.project_id AS project_id,
    m.day AS day,
    toDateTime64(toStartOfHour(m.minute), 3, 'UTC') AS hour,
    m.kind AS kind,
    m.operation AS operation,
    m.provider AS provider,
    m.model AS model,
    m.environment AS environment,
    m.service_name AS service_name,
    m.error_type AS error_type,
    m.error_class AS error_class,
    max(m.retention_days) AS retention_days,
    sum(m.spans) AS spans,
    sum(m.errors) AS errors,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(m.latency_ms) AS latency_ms,
    sum(m.latency_ms_sum) AS latency_ms_sum,
    sum(m.first_token_spans) AS first_token_spans,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(m.first_token_ms) AS first_token_ms,
    sum(m.first_token_ms_sum) AS first_token_ms_sum,
    sum(m.calls) AS calls,
    sum(m.input_tokens) AS input_tokens,
    sum(m.output_tokens) AS output_tokens,
    sum(m.cache_read_tokens) AS cache_read_tokens,
    sum(m.cache_write_tokens) AS cache_write_tokens,
    sum(m.reasoning_tokens) AS reasoning_tokens,
    sum(m.cache_known_input_tokens) AS cache_known_input_tokens,
    sum(m.cached_calls) AS cached_calls,
    sum(m.priced_calls) AS priced_calls,
    sum(m.priced_tokens) AS priced_tokens,
    sum(m.unpriced_tokens) AS unpriced_tokens,
    sum(m.cost_usd) AS cost_usd,
    sum(m.input_cost_usd) AS input_cost_usd,
    sum(m.output_cost_usd) AS output_cost_usd,
    sum(m.cache_savings_gross_usd) AS cache_savings_gross_usd,
    sum(m.cache_savings_net_usd) AS cache_savings_net_usd,
    sum(m.settlements) AS settlements,
    sum(m.exact_cache_hits) AS exact_cache_hits,
    sum(m.semantic_cache_hits) AS semantic_cache_hits,
    sum(m.response_cache_lookups) AS response_cache_lookups
FROM {database}.metrics_minute AS m
GROUP BY project_id, day, hour, kind, operation, provider, model, environment, service_name, error_type, error_class;

-- What came before; merges add it up. Emptied first, since a migration that died is run again; what another collector stored in between would be there
-- twice, which the next audit sees and mends.
TRUNCATE TABLE {database}.metrics_hour {on_cluster};
INSERT INTO {database}.metrics_hour (project_id, day, hour, kind, operation, provider, model, environment, service_name, error_type, error_class, retention_days, spans, errors, latency_ms, latency_ms_sum, first_token_spans, first_token_ms, first_token_ms_sum, calls, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cache_known_input_tokens, cached_calls, priced_calls, priced_tokens, unpriced_tokens, cost_usd, input_cost_usd, output_cost_usd, cache_savings_gross_usd, cache_savings_net_usd, settlements, exact_cache_hits, semantic_cache_hits, response_cache_lookups)
SELECT m.project_id, m.day, toDateTime64(toStartOfHour(m.minute), 3, 'UTC'), m.kind, m.operation, m.provider, m.model, m.environment, m.service_name, m.error_type, m.error_class, m.retention_days, m.spans, m.errors, m.latency_ms, m.latency_ms_sum, m.first_token_spans, m.first_token_ms, m.first_token_ms_sum, m.calls, m.input_tokens, m.output_tokens, m.cache_read_tokens, m.cache_write_tokens, m.reasoning_tokens, m.cache_known_input_tokens, m.cached_calls, m.priced_calls, m.priced_tokens, m.unpriced_tokens, m.cost_usd, m.input_cost_usd, m.output_cost_usd, m.cache_savings_gross_usd, m.cache_savings_net_usd, m.settlements, m.exact_cache_hits, m.semantic_cache_hits, m.response_cache_lookups
FROM {database}.metrics_minute AS m
SETTINGS insert_deduplicate = 0, async_insert = 0, max_partitions_per_insert_block = 0;
