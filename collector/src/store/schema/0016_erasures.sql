-- What was erased, as a receipt: a keyed hash of whom, never who; how many rows before and after. The ids of the traces, which say nothing without
-- their spans, are kept for a while so that nothing of them is stored again.
CREATE TABLE IF NOT EXISTS {database}.erasures {on_cluster}
(
    project_id      LowCardinality(String),
    erasure_id      String                      CODEC(ZSTD(1)),
    time            DateTime64(3, 'UTC')        CODEC(ZSTD(1)),
    -- 'user', 'session' or 'trace'
    subject_kind    LowCardinality(String),
    subject_hash    String                      CODEC(ZSTD(1)),
    traces          Array(FixedString(16))      CODEC(ZSTD(1)) TTL toDateTime(time) + toIntervalDay(30),
    -- JSON: where -> {before, after}; '' while it is under way
    counts          String                      CODEC(ZSTD(1))
)
ENGINE = {MergeTree}
ORDER BY (project_id, time, erasure_id);
