-- Counting once. What a span counts for is known when it arrives, but for two things: a step that reports usage counts only when none of its
-- descendants does, and a call seen twice counts once. Both are known when the rest has come. The settler then notes here what changes, and the
-- rollups take the change in. Rows of spans stay as they are: effective = spans.counts_usage + sum(settlements.sign).

-- When a row came into the table, by the server's clock: the settler reads what is new by it. received_time will not do, since a journal may
-- hold rows back for hours. Rows of before get the time of their receipt.
ALTER TABLE {database}.spans {on_cluster}
    ADD COLUMN IF NOT EXISTS stored_time DateTime64(6, 'UTC') DEFAULT received_time CODEC(ZSTD(1)) AFTER received_time,
    ADD INDEX IF NOT EXISTS stored_time_bounds stored_time TYPE minmax GRANULARITY 1;
ALTER TABLE {database}.spans {on_cluster} MODIFY COLUMN stored_time DateTime64(6, 'UTC') DEFAULT received_time CODEC(ZSTD(1));
ALTER TABLE {database}.spans {on_cluster} MATERIALIZE COLUMN stored_time, MATERIALIZE INDEX stored_time_bounds SETTINGS mutations_sync = 2;
ALTER TABLE {database}.spans {on_cluster} MODIFY COLUMN stored_time DateTime64(6, 'UTC') DEFAULT now64(6) CODEC(ZSTD(1));

-- One row a change of mind. A span is named by its ids and its batch: one that was sent twice has two rows.
CREATE TABLE IF NOT EXISTS {database}.settlements {on_cluster}
(
    project_id      LowCardinality(String),
    day             Date                            CODEC(ZSTD(1)),
    start_time      DateTime64(9, 'UTC')            CODEC(Delta, ZSTD(1)),
    trace_id        FixedString(16)                 CODEC(ZSTD(1)),
    span_id         FixedString(8)                  CODEC(NONE),
    batch_id        FixedString(16)                 CODEC(ZSTD(1)),
    -- 1: it counts from now on; -1: no longer
    sign            Int8                            CODEC(ZSTD(1)),
    -- counts_usage of the span's row
    base            UInt8                           CODEC(ZSTD(1)),
    -- 'alone' nothing below it counts; 'descendant' a span below it does; 'same_call' another row of this call does; 'restored' as it arrived
    reason          LowCardinality(String),
    -- of project and response id; 0 without one
    response_hash   UInt64                          CODEC(ZSTD(1)),
    retention_days  UInt16                          CODEC(ZSTD(1)),
    settled_time    DateTime64(6, 'UTC') DEFAULT now64(6) CODEC(ZSTD(1)),

    INDEX trace_id_hex lower(hex(trace_id)) TYPE minmax GRANULARITY 1,
    INDEX settled_time_bounds settled_time TYPE minmax GRANULARITY 1
)
ENGINE = {MergeTree}
PARTITION BY day
PRIMARY KEY (project_id, toStartOfHour(start_time), trace_id)
ORDER BY (project_id, toStartOfHour(start_time), trace_id, start_time, span_id)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window};

-- How far the settler came, so that the next process goes on there.
CREATE TABLE IF NOT EXISTS {database}.settle_marks {on_cluster}
(
    noted_time      DateTime64(6, 'UTC') DEFAULT now64(6),
    -- every row stored until then has been looked at
    stored_time     DateTime64(6, 'UTC')
)
ENGINE = {MergeTree}
ORDER BY noted_time
TTL toDateTime(noted_time) + toIntervalDay(7);

ALTER TABLE {database}.traces {on_cluster}
    ADD COLUMN IF NOT EXISTS settlements SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)) AFTER unpriced_calls;
ALTER TABLE {database}.metrics_minute {on_cluster}
    ADD COLUMN IF NOT EXISTS settlements SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)) AFTER cache_savings_net_usd;

-- Where the settler inserts: nothing is kept here, each row goes on to settlements and, with the figures of its span, to the rollups. So
-- no copy of a cost can grow old: a recount takes the figures from spans again (settled_spans).
CREATE TABLE IF NOT EXISTS {database}.settlement_entries {on_cluster}
(
    project_id              LowCardinality(String),
    day                     Date,
    start_time              DateTime64(9, 'UTC'),
    -- hex: JSON has no bytes
    trace_id                String,
    span_id                 String,
    batch_id                String,
    sign                    Int8,
    base                    UInt8,
    reason                  LowCardinality(String),
    response_hash           UInt64,
    retention_days          UInt16,
    kind                    LowCardinality(String),
    operation               LowCardinality(String),
    provider                LowCardinality(String),
    request_model           LowCardinality(String),
    response_model          LowCardinality(String),
    environment             LowCardinality(String),
    service_name            LowCardinality(String),
    error_type              LowCardinality(String),
    error_class             LowCardinality(String),
    input_tokens            Nullable(UInt32),
    output_tokens           Nullable(UInt32),
    cache_read_tokens       Nullable(UInt32),
    cache_write_tokens      Nullable(UInt32),
    reasoning_tokens        Nullable(UInt32),
    cost_usd                Nullable(Decimal(18, 12)),
    input_cost_usd          Nullable(Decimal(18, 12)),
    output_cost_usd         Nullable(Decimal(18, 12)),
    cache_savings_gross_usd Nullable(Decimal(18, 12)),
    cache_savings_net_usd   Nullable(Decimal(18, 12))
)
ENGINE = Null;

-- Every settlement with the figures that its span has now, in the shape of settlement_entries. A settlement whose span is gone changes nothing
-- but is there, so that the number of settlements can be compared.
CREATE VIEW IF NOT EXISTS {database}.settled_spans {on_cluster} AS
SELECT
    f.project_id AS project_id,
    f.day AS day,
    f.start_time AS start_time,
    lower(hex(f.trace_id)) AS trace_id,
    lower(hex(f.span_id)) AS span_id,
    lower(hex(f.batch_id)) AS batch_id,
    toInt8(if(s.day = f.day, f.sign, 0)) AS sign,
    f.base AS base,
    f.reason AS reason,
    f.response_hash AS response_hash,
    f.retention_days AS retention_days,
    s.kind AS kind,
    s.operation AS operation,
    s.provider AS provider,
    s.request_model AS request_model,
    s.response_model AS response_model,
    s.environment AS environment,
    s.service_name AS service_name,
    s.error_type AS error_type,
    s.error_class AS error_class,
    s.input_tokens AS input_tokens,
    s.output_tokens AS output_tokens,
    s.cache_read_tokens AS cache_read_tokens,
    s.cache_write_tokens AS cache_write_tokens,
    s.reasoning_tokens AS reasoning_tokens,
    s.cost_usd AS cost_usd,
    s.input_cost_usd AS input_cost_usd,
    s.output_cost_usd AS output_cost_usd,
    s.cache_savings_gross_usd AS cache_savings_gross_usd,
    s.cache_savings_net_usd AS cache_savings_net_usd
FROM {database}.spans AS s
ANY RIGHT JOIN {database}.settlements AS f
    ON f.day = s.day AND f.project_id = s.project_id AND f.start_time = s.start_time AND f.trace_id = s.trace_id AND f.span_id = s.span_id
    AND f.batch_id = s.batch_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.settlements_mv {on_cluster} TO {database}.settlements AS
SELECT
    project_id,
    day,
    start_time,
    toFixedString(unhex(e.trace_id), 16) AS trace_id,
    toFixedString(unhex(e.span_id), 8) AS span_id,
    toFixedString(unhex(e.batch_id), 16) AS batch_id,
    sign,
    base,
    reason,
    response_hash,
    retention_days
FROM {database}.settlement_entries AS e;

-- Sums are unsigned: taking away adds the complement, and what is left is right because it was added before.
CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.traces_settled_mv {on_cluster} TO {database}.traces AS
SELECT
    project_id,
    day,
    toFixedString(unhex(e.trace_id), 16)                                      AS trace_id,
    max(e.retention_days)                                                     AS retention_days,
    -- a smallest start needs one; that of its own span is there already
    min(e.start_time)                                                         AS start_time,
    toUInt64(sum(toInt64(e.sign)))                                            AS calls,
    sum(e.sign * toInt64(e.input_tokens))                                     AS input_tokens,
    sum(e.sign * toInt64(e.output_tokens))                                    AS output_tokens,
    sum(e.sign * toInt64(e.cache_read_tokens))                                AS cache_read_tokens,
    sum(e.sign * toInt64(e.cache_write_tokens))                               AS cache_write_tokens,
    sum(e.sign * toInt64(e.reasoning_tokens))                                 AS reasoning_tokens,
    sum(e.sign * e.cost_usd)                                                  AS cost_usd,
    sum(e.sign * e.input_cost_usd)                                            AS input_cost_usd,
    sum(e.sign * e.output_cost_usd)                                           AS output_cost_usd,
    sum(e.sign * e.cache_savings_net_usd)                                     AS cache_savings_net_usd,
    toUInt64(sumIf(toInt64(e.sign), e.cost_usd IS NULL))                      AS unpriced_calls,
    count()                                                                   AS settlements
FROM {database}.settlement_entries AS e
GROUP BY project_id, day, trace_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.metrics_minute_settled_mv {on_cluster} TO {database}.metrics_minute AS
SELECT
    project_id,
    day,
    toDateTime64(if(toDate(e.start_time) = e.day, toStartOfMinute(e.start_time), toDateTime(e.day, 'UTC')), 3, 'UTC') AS minute,
    kind,
    operation,
    provider,
    if(e.response_model != '', e.response_model, e.request_model)             AS model,
    environment,
    service_name,
    error_type,
    error_class,
    max(e.retention_days)                                                     AS retention_days,
    toUInt64(sum(toInt64(e.sign)))                                            AS calls,
    sum(e.sign * toInt64(e.input_tokens))                                     AS input_tokens,
    sum(e.sign * toInt64(e.output_tokens))                                    AS output_tokens,
    sum(e.sign * toInt64(e.cache_read_tokens))                                AS cache_read_tokens,
    sum(e.sign * toInt64(e.cache_write_tokens))                               AS cache_write_tokens,
    sum(e.sign * toInt64(e.reasoning_tokens))                                 AS reasoning_tokens,
    toUInt64(sumIf(e.sign * toInt64(ifNull(e.input_tokens, 0)), e.cache_read_tokens IS NOT NULL)) AS cache_known_input_tokens,
    toUInt64(sumIf(toInt64(e.sign), ifNull(e.cache_read_tokens, 0) > 0))      AS cached_calls,
    toUInt64(sumIf(toInt64(e.sign), e.cost_usd IS NOT NULL))                  AS priced_calls,
    toUInt64(sumIf(e.sign * toInt64(ifNull(e.input_tokens, 0) + ifNull(e.output_tokens, 0)), e.cost_usd IS NOT NULL)) AS priced_tokens,
    toUInt64(sumIf(e.sign * toInt64(ifNull(e.input_tokens, 0) + ifNull(e.output_tokens, 0)), e.cost_usd IS NULL))     AS unpriced_tokens,
    sum(e.sign * e.cost_usd)                                                  AS cost_usd,
    sum(e.sign * e.input_cost_usd)                                            AS input_cost_usd,
    sum(e.sign * e.output_cost_usd)                                           AS output_cost_usd,
    sum(e.sign * e.cache_savings_gross_usd)                                   AS cache_savings_gross_usd,
    sum(e.sign * e.cache_savings_net_usd)                                     AS cache_savings_net_usd,
    count()                                                                   AS settlements
FROM {database}.settlement_entries AS e
GROUP BY project_id, day, minute, kind, operation, provider, model, environment, service_name, error_type, error_class;
