-- gen_ai log records: content and evaluations that belong to a span but travel apart from it; joined to the span when read.
CREATE TABLE IF NOT EXISTS {database}.log_events {on_cluster}
(
    project_id              LowCardinality(String),
    day                     Date                            CODEC(ZSTD(1)),
    batch_id                FixedString(16)                 CODEC(ZSTD(1)),
    received_time           DateTime64(3, 'UTC')            CODEC(DoubleDelta, ZSTD(1)),
    retention_days          UInt16                          CODEC(ZSTD(1)),
    trace_id                FixedString(16)                 CODEC(ZSTD(1)),
    span_id                 FixedString(8)                  CODEC(ZSTD(1)),
    time                    DateTime64(9, 'UTC')            CODEC(Delta, ZSTD(1)),
    event_name              LowCardinality(String),
    severity                Int32                           CODEC(T64, ZSTD(1)),
    flags                   UInt32                          CODEC(T64, ZSTD(1)),
    service_name            LowCardinality(String),
    environment             LowCardinality(String),
    scope_name              LowCardinality(String),
    scope_version           LowCardinality(String),
    -- 'input', 'output' or 'system' for a per-message event, '' for the others
    role_in_call            LowCardinality(String),
    -- one canonical message (a JSON object) of a per-message event
    message                 String                          CODEC(ZSTD(3)),
    -- the whole canonical arrays of a details event
    input                   String                          CODEC(ZSTD(3)),
    output                  String                          CODEC(ZSTD(3)),
    system_instructions     String                          CODEC(ZSTD(3)),
    tool_definitions        String                          CODEC(ZSTD(3)),
    response_id             String                          CODEC(ZSTD(1)),
    evaluation_name         LowCardinality(String),
    score_value             Nullable(Float64)               CODEC(ZSTD(1)),
    score_label             LowCardinality(String),
    explanation             String                          CODEC(ZSTD(1)),
    error_type              LowCardinality(String),
    body                    String                          CODEC(ZSTD(3)),
    attributes              Map(LowCardinality(String), String)  CODEC(ZSTD(1)),
    resource_attributes     Map(LowCardinality(String), String)  CODEC(ZSTD(1)),

    INDEX batch_id_set batch_id TYPE set(8) GRANULARITY 4,
    INDEX trace_id_hex lower(hex(trace_id)) TYPE minmax GRANULARITY 1,
    INDEX time_bounds time TYPE minmax GRANULARITY 1
)
ENGINE = {MergeTree}
PARTITION BY day
PRIMARY KEY (project_id, trace_id, span_id)
ORDER BY (project_id, trace_id, span_id, time)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window};
