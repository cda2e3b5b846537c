-- One row a trace and day, summed from spans as they arrive; a trace that crosses midnight has a row on each day and the view adds them up.
-- ('' and NULL never win: '' is the least string, and sums skip NULL, so a sum is NULL only when nothing was known.)
CREATE TABLE IF NOT EXISTS {database}.traces {on_cluster}
(
    project_id               LowCardinality(String),
    day                      Date,
    trace_id                 FixedString(16),
    retention_days           SimpleAggregateFunction(max, UInt16),
    start_time               SimpleAggregateFunction(min, DateTime64(9, 'UTC'))       CODEC(Delta, ZSTD(1)),
    end_time                 SimpleAggregateFunction(max, DateTime64(9, 'UTC'))       CODEC(Delta, ZSTD(1)),
    spans                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    generations              SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    calls                    SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),
    errors                   SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),

    -- of the span without a parent
    root_name                SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    root_service             SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    root_status_code         SimpleAggregateFunction(max, Int32)                      CODEC(ZSTD(1)),
    root_input_preview       SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    root_output_preview      SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    -- stand in when the root is not ours to see: an exporter of LLM spans alone leaves the web request's span out
    first_name               AggregateFunction(argMin, String, DateTime64(9, 'UTC'))  CODEC(ZSTD(1)),
    first_service            AggregateFunction(argMin, String, DateTime64(9, 'UTC'))  CODEC(ZSTD(1)),
    first_input_preview      AggregateFunction(argMin, String, DateTime64(9, 'UTC'))  CODEC(ZSTD(1)),
    last_output_preview      AggregateFunction(argMax, String, DateTime64(9, 'UTC'))  CODEC(ZSTD(1)),

    session_id               SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    user_id                  SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    environment              SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    release                  SimpleAggregateFunction(max, String)                     CODEC(ZSTD(1)),
    services                 SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    models                   SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    providers                SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    tags                     SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    error_types              SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),

    -- of spans that count (counts_usage = 1)
    input_tokens             SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    output_tokens            SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_read_tokens        SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cache_write_tokens       SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    reasoning_tokens         SimpleAggregateFunction(sum, Nullable(UInt64))           CODEC(ZSTD(1)),
    cost_usd                 SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    input_cost_usd           SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    output_cost_usd          SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    cache_savings_net_usd    SimpleAggregateFunction(sum, Nullable(Decimal(38, 12)))  CODEC(ZSTD(1)),
    unpriced_calls           SimpleAggregateFunction(sum, UInt64)                     CODEC(T64, ZSTD(1)),

    INDEX trace_id_hex lower(hex(trace_id)) TYPE minmax GRANULARITY 1
)
ENGINE = {AggregatingMergeTree}
PARTITION BY day
ORDER BY (project_id, trace_id)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window};

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.traces_mv {on_cluster} TO {database}.traces AS
SELECT
    project_id,
    day,
    trace_id,
    max(s.retention_days)                                                     AS retention_days,
    min(s.start_time)                                                         AS start_time,
    max(s.start_time + toIntervalNanosecond(s.duration_ns))                   AS end_time,
    count()                                                                   AS spans,
    countIf(s.kind IN ('generation', 'embedding'))                            AS generations,
    countIf(s.counts_usage = 1)                                               AS calls,
    countIf(s.status_code = 2)                                                AS errors,
    max(if(s.parent_span_id = toFixedString('', 8), s.name, ''))              AS root_name,
    max(if(s.parent_span_id = toFixedString('', 8), s.service_name, ''))      AS root_service,
    max(if(s.parent_span_id = toFixedString('', 8), s.status_code, 0))        AS root_status_code,
    max(if(s.parent_span_id = toFixedString('', 8), s.input_preview, ''))     AS root_input_preview,
    max(if(s.parent_span_id = toFixedString('', 8), s.output_preview, ''))    AS root_output_preview,
    argMinState(toString(s.name), s.start_time)                               AS first_name,
    argMinState(toString(s.service_name), s.start_time)                       AS first_service,
    argMinStateIf(s.input_preview, s.start_time, s.input_preview != '')       AS first_input_preview,
    argMaxStateIf(s.output_preview, s.start_time, s.output_preview != '')     AS last_output_preview,
    max(s.session_id)                                                         AS session_id,
    max(s.user_id)                                                            AS user_id,
    max(s.environment)                                                        AS environment,
    max(s.release)                                                            AS release,
    groupUniqArrayIf(toString(s.service_name), s.service_name != '')          AS services,
    groupUniqArrayIf(toString(if(s.response_model != '', s.response_model, s.request_model)), s.response_model != '' OR s.request_model != '') AS models,
    groupUniqArrayIf(toString(s.provider), s.provider != '')                  AS providers,
    groupUniqArrayArray(CAST(s.tags, 'Array(String)'))                        AS tags,
    groupUniqArrayIf(toString(s.error_type), s.error_type != '')              AS error_types,
    sumIf(s.input_tokens, s.counts_usage = 1)                                 AS input_tokens,
    sumIf(s.output_tokens, s.counts_usage = 1)                                AS output_tokens,
    sumIf(s.cache_read_tokens, s.counts_usage = 1)                            AS cache_read_tokens,
    sumIf(s.cache_write_tokens, s.counts_usage = 1)                           AS cache_write_tokens,
    sumIf(s.reasoning_tokens, s.counts_usage = 1)                             AS reasoning_tokens,
    sumIf(s.cost_usd, s.counts_usage = 1)                                     AS cost_usd,
    sumIf(s.input_cost_usd, s.counts_usage = 1)                               AS input_cost_usd,
    sumIf(s.output_cost_usd, s.counts_usage = 1)                              AS output_cost_usd,
    sumIf(s.cache_savings_net_usd, s.counts_usage = 1)                        AS cache_savings_net_usd,
    countIf(s.counts_usage = 1 AND s.cost_usd IS NULL)                        AS unpriced_calls
FROM {database}.spans AS s
GROUP BY project_id, day, trace_id;
