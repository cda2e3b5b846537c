-- One row a span. Every gen_ai field is a column; wide text stands apart from what lists and dashboards read.
-- day is the partition key: the UTC day of start_time, which the writer bounds to ten years back and one day ahead of receipt, so that a
-- hostile clock cannot make partitions without end. retention_days counts from day; for a late span it is longer by its lateness.
CREATE TABLE IF NOT EXISTS {database}.spans {on_cluster}
(
    project_id              LowCardinality(String),
    day                     Date                            CODEC(ZSTD(1)),
    batch_id                FixedString(16)                 CODEC(ZSTD(1)),
    received_time           DateTime64(3, 'UTC')            CODEC(DoubleDelta, ZSTD(1)),
    retention_days          UInt16                          CODEC(ZSTD(1)),

    trace_id                FixedString(16)                 CODEC(ZSTD(1)),
    span_id                 FixedString(8)                  CODEC(NONE),
    parent_span_id          FixedString(8)                  CODEC(ZSTD(1)),
    trace_state             String                          CODEC(ZSTD(1)),
    flags                   UInt32                          CODEC(T64, ZSTD(1)),
    start_time              DateTime64(9, 'UTC')            CODEC(Delta, ZSTD(1)),
    duration_ns             UInt64                          CODEC(T64, ZSTD(1)),
    time_flag               LowCardinality(String),
    name                    LowCardinality(String),
    span_kind               Int32                           CODEC(T64, ZSTD(1)),
    status_code             Int32                           CODEC(T64, ZSTD(1)),
    status_message          String                          CODEC(ZSTD(1)),

    service_name            LowCardinality(String),
    environment             LowCardinality(String),
    release                 LowCardinality(String),
    scope_name              LowCardinality(String),
    scope_version           LowCardinality(String),
    resource_schema_url     LowCardinality(String),
    scope_schema_url        LowCardinality(String),

    kind                    LowCardinality(String),
    dialect                 LowCardinality(String),
    operation               LowCardinality(String),
    provider                LowCardinality(String),
    request_model           LowCardinality(String),
    response_model          LowCardinality(String),
    response_id             String                          CODEC(ZSTD(1)),
    session_id              String                          CODEC(ZSTD(1)),
    user_id                 String                          CODEC(ZSTD(1)),
    agent_name              LowCardinality(String),
    agent_id                String                          CODEC(ZSTD(1)),
    workflow_name           LowCardinality(String),
    tool_name               LowCardinality(String),
    tool_call_id            String                          CODEC(ZSTD(1)),
    tool_names              Array(LowCardinality(String))   CODEC(ZSTD(1)),
    -- a gateway's response cache: 'exact', 'semantic' or 'miss'; '' when none was asked
    response_cache          LowCardinality(String),
    prompt_name             LowCardinality(String),
    prompt_version          LowCardinality(String),
    tags                    Array(LowCardinality(String))   CODEC(ZSTD(1)),
    finish_reasons          Array(LowCardinality(String))   CODEC(ZSTD(1)),
    output_type             LowCardinality(String),
    service_tier            LowCardinality(String),
    server_address          LowCardinality(String),
    stream                  UInt8                           CODEC(ZSTD(1)),
    temperature             Nullable(Float64)               CODEC(ZSTD(1)),
    top_p                   Nullable(Float64)               CODEC(ZSTD(1)),
    top_k                   Nullable(Float64)               CODEC(ZSTD(1)),
    frequency_penalty       Nullable(Float64)               CODEC(ZSTD(1)),
    presence_penalty        Nullable(Float64)               CODEC(ZSTD(1)),
    max_tokens              Nullable(UInt32)                CODEC(ZSTD(1)),
    seed                    Nullable(Int64)                 CODEC(ZSTD(1)),
    choice_count            Nullable(UInt32)                CODEC(ZSTD(1)),

    -- usage: NULL is unknown, never 0; input includes cached tokens, output includes reasoning
    counts_usage            UInt8                           CODEC(ZSTD(1)),
    usage_rule              LowCardinality(String),
    input_tokens            Nullable(UInt32)                CODEC(ZSTD(1)),
    output_tokens           Nullable(UInt32)                CODEC(ZSTD(1)),
    cache_read_tokens       Nullable(UInt32)                CODEC(ZSTD(1)),
    cache_write_tokens      Nullable(UInt32)                CODEC(ZSTD(1)),
    cache_write_1h_tokens   Nullable(UInt32)                CODEC(ZSTD(1)),
    reasoning_tokens        Nullable(UInt32)                CODEC(ZSTD(1)),
    input_audio_tokens      Nullable(UInt32)                CODEC(ZSTD(1)),
    output_audio_tokens     Nullable(UInt32)                CODEC(ZSTD(1)),
    input_image_tokens      Nullable(UInt32)                CODEC(ZSTD(1)),
    output_image_tokens     Nullable(UInt32)                CODEC(ZSTD(1)),

    -- money: exact; NULL is unknown and cost_reason says why
    cost_usd                Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    input_cost_usd          Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    output_cost_usd         Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    computed_cost_usd       Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    reported_cost_usd       Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    cache_savings_gross_usd Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    cache_savings_net_usd   Nullable(Decimal(18, 12))       CODEC(ZSTD(1)),
    cost_source             LowCardinality(String),
    cost_reason             LowCardinality(String),
    price_id                LowCardinality(String),
    price_tier              LowCardinality(String),

    time_to_first_token_ns  Nullable(UInt64)                CODEC(ZSTD(1)),
    error_type              LowCardinality(String),
    error_message           String                          CODEC(ZSTD(1)),

    input_preview           String                          CODEC(ZSTD(1)),
    output_preview          String                          CODEC(ZSTD(1)),
    input                   String                          CODEC(ZSTD(3)),
    output                  String                          CODEC(ZSTD(3)),
    system_instructions     String                          CODEC(ZSTD(3)),
    tool_definitions        String                          CODEC(ZSTD(3)),

    attributes              Map(LowCardinality(String), String)         CODEC(ZSTD(1)),
    resource_attributes     Map(LowCardinality(String), String)         CODEC(ZSTD(1)),
    scope_attributes        Map(LowCardinality(String), String)         CODEC(ZSTD(1)),
    `events.time`           Array(DateTime64(9, 'UTC'))                 CODEC(ZSTD(1)),
    `events.name`           Array(LowCardinality(String))               CODEC(ZSTD(1)),
    `events.attributes`     Array(Map(LowCardinality(String), String))  CODEC(ZSTD(1)),
    `links.trace_id`        Array(FixedString(16))                      CODEC(ZSTD(1)),
    `links.span_id`         Array(FixedString(8))                       CODEC(ZSTD(1)),
    `links.trace_state`     Array(String)                               CODEC(ZSTD(1)),
    `links.attributes`      Array(Map(LowCardinality(String), String))  CODEC(ZSTD(1)),
    dropped_attributes      UInt32                          CODEC(ZSTD(1)),
    dropped_events          UInt32                          CODEC(ZSTD(1)),
    dropped_links           UInt32                          CODEC(ZSTD(1)),

    INDEX batch_id_set batch_id TYPE set(8) GRANULARITY 4,
    -- views show ids as hex: within an hour rows lie by trace_id, so these bounds find a trace as well as the key does
    INDEX trace_id_hex lower(hex(trace_id)) TYPE minmax GRANULARITY 1
)
ENGINE = {MergeTree}
PARTITION BY day
-- The primary key stops before start_time: with it in the key, a filter on start_time would be matched to that column, behind trace_id,
-- where it skips nothing, instead of to the hour.
PRIMARY KEY (project_id, toStartOfHour(start_time), trace_id)
ORDER BY (project_id, toStartOfHour(start_time), trace_id, start_time, span_id)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window}, index_granularity_bytes = 67108864;
