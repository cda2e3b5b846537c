-- What values a score of a name may have: a row a change, never touched again; of a project and name the newest counts.
CREATE TABLE IF NOT EXISTS {database}.score_configs {on_cluster}
(
    project_id   LowCardinality(String),
    name         String,
    -- milliseconds since 1970, and more than the version before
    version      UInt64,
    deleted      UInt8,
    -- numeric, boolean, categorical
    type         LowCardinality(String),
    -- of numeric ones; NULL: no bound
    min_value    Nullable(Float64),
    max_value    Nullable(Float64),
    -- of categorical ones; empty: any
    categories   Array(String),
    description  String
)
ENGINE = {MergeTree}
ORDER BY (project_id, name, version)
SETTINGS {dedup_window};
