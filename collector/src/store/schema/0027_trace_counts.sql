-- Traces by the minute they began in, of days that are over, so that a chart of a month does not add up its traces again. Written by store/count-traces
-- alone, a day of all projects at once (REPLACE PARTITION), and thrown away where the rollup `traces` of a day is made anew. What `entry` says:
--   minute   so many traces began on this day, in this minute, with this environment, service and name, all their days seen
--   hour     the same by the hour
--   related  traces of this day have rows on the day `near` too, where they began or, if they began here, where they went on
--   later    a trace that has a row on this day and none on the day before, though it began earlier; of days that are not over too
--   mark     what the day was counted from. The count is in force while the rollups still say as many spans and errors
CREATE TABLE IF NOT EXISTS {database}.trace_counts {on_cluster}
(
    project_id      LowCardinality(String),
    day             Date,
    entry           LowCardinality(String),
    time            DateTime64(3, 'UTC')    CODEC(DoubleDelta, ZSTD(1)),
    environment     LowCardinality(String),
    service_name    LowCardinality(String),
    name            LowCardinality(String),
    traces          UInt64                  CODEC(T64, ZSTD(1)),
    failed_traces   UInt64                  CODEC(T64, ZSTD(1)),
    near            Date,
    trace_id        FixedString(16)         CODEC(ZSTD(1)),
    spans           UInt64                  CODEC(ZSTD(1)),
    errors          UInt64                  CODEC(ZSTD(1)),
    -- of the traces that began here, how those look otherwise that have rows on a day that is not over: a sum of hashes, 0 = none does
    open_looks      UInt64                  CODEC(ZSTD(1)),
    retention_days  UInt16                  CODEC(ZSTD(1))
)
ENGINE = {MergeTree}
PARTITION BY day
ORDER BY (project_id, entry, time, environment, service_name, name, trace_id)
TTL day + toIntervalDay(retention_days);
