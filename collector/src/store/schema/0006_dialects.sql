-- What every dialect can tell beyond the first columns: the part a span plays in its trace, what kind of error it met, and where its facts came from.
ALTER TABLE {database}.spans {on_cluster}
    -- 'call' a model call of its own; 'repeat' a known wrapper; 'summary' another step that reports usage; 'log' a call told by a log record alone
    ADD COLUMN IF NOT EXISTS usage_role LowCardinality(String) AFTER counts_usage,
    -- of the closed list in semconv/src/error-class.ts; error_type keeps the sender's word
    ADD COLUMN IF NOT EXISTS error_class LowCardinality(String) AFTER error_type,
    -- the message without ids, numbers and addresses: what equal errors have in common
    ADD COLUMN IF NOT EXISTS error_fingerprint String CODEC(ZSTD(1)) AFTER error_message,
    -- why a told time to first token is not shown: 'negative' or 'beyond_duration'
    ADD COLUMN IF NOT EXISTS first_token_flag LowCardinality(String) AFTER time_to_first_token_ns,
    ADD COLUMN IF NOT EXISTS reported_input_cost_usd Nullable(Decimal(18, 12)) CODEC(ZSTD(1)) AFTER reported_cost_usd,
    ADD COLUMN IF NOT EXISTS reported_output_cost_usd Nullable(Decimal(18, 12)) CODEC(ZSTD(1)) AFTER reported_input_cost_usd,
    ADD COLUMN IF NOT EXISTS metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)) AFTER tags,
    -- the keys that input, output, system_instructions and tool_definitions were taken from, for `insights explain`
    ADD COLUMN IF NOT EXISTS content_keys LowCardinality(String) AFTER tool_definitions;
ALTER TABLE {database}.metrics_minute {on_cluster}
    ADD COLUMN IF NOT EXISTS error_class LowCardinality(String) AFTER error_type,
    MODIFY ORDER BY (project_id, minute, kind, operation, provider, model, environment, service_name, error_type, error_class);
ALTER TABLE {database}.metrics_minute_mv {on_cluster} MODIFY QUERY
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
    error_class,
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
GROUP BY project_id, day, minute, kind, operation, provider, model, environment, service_name, error_type, error_class;
