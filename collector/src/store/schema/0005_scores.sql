-- Scores given through the API: append-only, the newest row of a score_id wins; evaluations that arrive as log records stay in log_events.
CREATE TABLE IF NOT EXISTS {database}.scores {on_cluster}
(
    project_id      LowCardinality(String),
    score_id        String                          CODEC(ZSTD(1)),
    version_time    DateTime64(6, 'UTC')            CODEC(Delta, ZSTD(1)),
    deleted         UInt8                           CODEC(ZSTD(1)),
    time            DateTime64(9, 'UTC')            CODEC(Delta, ZSTD(1)),
    trace_id        FixedString(16)                 CODEC(ZSTD(1)),
    -- zero bytes: a score of the whole trace
    span_id         FixedString(8)                  CODEC(ZSTD(1)),
    session_id      String                          CODEC(ZSTD(1)),
    user_id         String                          CODEC(ZSTD(1)),
    environment     LowCardinality(String),
    name            LowCardinality(String),
    value           Nullable(Float64)               CODEC(ZSTD(1)),
    label           LowCardinality(String),
    explanation     String                          CODEC(ZSTD(1)),
    -- 'api', 'feedback', 'evaluator' …
    source          LowCardinality(String),
    author          String                          CODEC(ZSTD(1)),
    attributes      Map(LowCardinality(String), String)  CODEC(ZSTD(1)),

    INDEX trace_id_hex lower(hex(trace_id)) TYPE minmax GRANULARITY 1
)
ENGINE = {ReplacingMergeTree(version_time)}
ORDER BY (project_id, trace_id, span_id, score_id)
SETTINGS {dedup_window};
