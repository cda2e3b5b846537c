-- What became of every record that was accepted: a few rows a sealed range of the journal, stored exactly once with it. Counts only, nothing of
-- a span. A correction (a row kept as a dead letter, and taken again later) is two more rows, one of them negative.
CREATE TABLE IF NOT EXISTS {database}.ingest_ledger {on_cluster}
(
    project_id  LowCardinality(String),
    day         Date                    CODEC(ZSTD(1)),
    -- of receipt
    minute      DateTime('UTC')         CODEC(DoubleDelta, ZSTD(1)),
    -- 'traces' or 'logs': what came in; a call that a log tells of has a row in spans too and is one record
    signal      LowCardinality(String),
    -- 'stored', 'rejected', 'filtered', 'deduplicated', 'dead_lettered'
    outcome     LowCardinality(String),
    -- why it was not stored; '' of what was
    reason      LowCardinality(String),
    records     Int64                   CODEC(ZSTD(1)),
    -- of the insert: counted before it is sent again
    batch_id    FixedString(16)         CODEC(ZSTD(1)),

    INDEX batch_id_set batch_id TYPE set(64) GRANULARITY 4
)
ENGINE = {MergeTree}
PARTITION BY day
ORDER BY (project_id, minute, signal, outcome, reason)
-- Once no insert of that day is sent again, a minute needs one row only.
TTL minute + toIntervalDay(7) GROUP BY project_id, minute, signal, outcome, reason SET records = sum(records),
    day + toIntervalDay(400)
SETTINGS {dedup_window};
