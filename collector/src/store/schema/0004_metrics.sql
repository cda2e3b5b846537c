-- One row a minute and group: what every dashboard metric is summed from, so that a chart costs the same at any span count.
CREATE TABLE IF NOT EXISTS {database}.metrics_minute {on_cluster}
(
    project_id               LowCardinality(String),
    day                      Date,
    minute                   DateTime64(3, 'UTC')                                     CODEC(DoubleDelta, ZSTD(1)),
    kind                     LowCardinality(String),
    operation                LowCardinality(String),
    provider                 LowCardinality(String),
    -- the model that answered, or else the one asked for
    model                    LowCardinality(String),
    environment              LowCardinality(String),
    service_name             LowCardinality(String),
    error_type               LowCardinality(String),

    retention_days           SimpleAggregateFunction(max, UInt16),
    spans                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    errors                   SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    latency_ms               AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), Float64)  CODEC(ZSTD(1)),
    latency_ms_sum           SimpleAggregateFunction(sum, Float64)                    CODEC(ZSTD(1)),
    first_token_spans        SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    first_token_ms           AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), Float64)  CODEC(ZSTD(1)),
    first_token_ms_sum       SimpleAggregateFunction(sum, Float64)                    CODEC(ZSTD(1)),

    -- of spans that count (counts_usage = 1)
    calls                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    input_tokens             SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    output_tokens            SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_read_tokens        SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_write_tokens       SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    reasoning_tokens         SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    -- input tokens of the calls whose cache use is known: what a hit rate may be divided by
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
    -- of all spans: answers of a response cache (a gateway's), where no model was called
    exact_cache_hits         SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    semantic_cache_hits      SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    response_cache_lookups   SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1))
)
ENGINE = {AggregatingMergeTree}
PARTITION BY day
ORDER BY (project_id, minute, kind, operation, provider, model, environment, service_name, error_type)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window};

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.metrics_minute_mv {on_cluster} TO {database}.metrics_minute AS
SELECT
    project_id,
    day,
    -- a start time outside its (clamped) day counts at the day's first minute: a hostile clock makes no minute of its own
    toDateTime64(if(toDate(s.start_time) = s.day, toStartOfMinute(s.start_time), toDateTime(s.day, 'UTC')), 3, 'UTC') AS minute,
    kind,
    operation,
    provider,
    if(s.response_model != '', s.response_model, s.request_model)              AS model,
    environment,
    service_name,
    error_type,
    max(s.retention_days)                                                      AS retention_days,
    count()                                                                    AS spans,
    countIf(s.status_code = 2)                                                 AS errors,
    quantilesTDigestState(0.5, 0.95, 0.99)(s.duration_ns / 1e6)                AS latency_ms,
    sum(s.duration_ns / 1e6)                                                   AS latency_ms_sum,
    count(s.time_to_first_token_ns)                                            AS first_token_spans,
    quantilesTDigestStateIf(0.5, 0.95, 0.99)(assumeNotNull(s.time_to_first_token_ns) / 1e6, s.time_to_first_token_ns IS NOT NULL) AS first_token_ms,
    sum(ifNull(s.time_to_first_token_ns, 0) / 1e6)                             AS first_token_ms_sum,
    countIf(s.counts_usage = 1)                                                AS calls,
    sumIf(s.input_tokens, s.counts_usage = 1)                                  AS input_tokens,
    sumIf(s.output_tokens, s.counts_usage = 1)                                 AS output_tokens,
    sumIf(s.cache_read_tokens, s.counts_usage = 1)                             AS cache_read_tokens,
    sumIf(s.cache_write_tokens, s.counts_usage = 1)                            AS cache_write_tokens,
    sumIf(s.reasoning_tokens, s.counts_usage = 1)                              AS reasoning_tokens,
    sumIf(ifNull(s.input_tokens, 0), s.counts_usage = 1 AND s.cache_read_tokens IS NOT NULL)                          AS cache_known_input_tokens,
    countIf(s.counts_usage = 1 AND ifNull(s.cache_read_tokens, 0) > 0)                                                AS cached_calls,
    countIf(s.counts_usage = 1 AND s.cost_usd IS NOT NULL)                                                            AS priced_calls,
    sumIf(ifNull(s.input_tokens, 0) + ifNull(s.output_tokens, 0), s.counts_usage = 1 AND s.cost_usd IS NOT NULL)      AS priced_tokens,
    sumIf(ifNull(s.input_tokens, 0) + ifNull(s.output_tokens, 0), s.counts_usage = 1 AND s.cost_usd IS NULL)          AS unpriced_tokens,
    sumIf(s.cost_usd, s.counts_usage = 1)                                      AS cost_usd,
    sumIf(s.input_cost_usd, s.counts_usage = 1)                                AS input_cost_usd,
    sumIf(s.output_cost_usd, s.counts_usage = 1)                               AS output_cost_usd,
    sumIf(s.cache_savings_gross_usd, s.counts_usage = 1)                       AS cache_savings_gross_usd,
    sumIf(s.cache_savings_net_usd, s.counts_usage = 1)                         AS cache_savings_net_usd,
    countIf(s.response_cache = 'exact')                                        AS exact_cache_hits,
    countIf(s.response_cache = 'semantic')                                     AS semantic_cache_hits,
    countIf(s.response_cache != '')                                            AS response_cache_lookups
FROM {database}.spans AS s
GROUP BY project_id, day, minute, kind, operation, provider, model, environment, service_name, error_type;
