-- How many places were taken out of telemetry before it was written, by project and rule: a row each half minute of each collector. The place
-- itself is nowhere. A collector that is killed forgets what it had not written yet.
CREATE TABLE IF NOT EXISTS {database}.redactions {on_cluster}
(
    project_id      LowCardinality(String),
    time            DateTime('UTC')         CODEC(Delta, ZSTD(1)),
    -- email, phone, …, the name of a pattern, or field:mask, field:hash, field:drop
    rule            LowCardinality(String),
    replaced        UInt64                  CODEC(T64, ZSTD(1))
)
ENGINE = {MergeTree}
ORDER BY (project_id, time, rule)
TTL time + toIntervalDay(400);
