-- Keys of projects: what is known of each but its text. A row a change, never touched again; the newest counts, and a key that was revoked once stays so.
CREATE TABLE IF NOT EXISTS {database}.api_keys {on_cluster}
(
    project_id       LowCardinality(String),
    key_id           String,
    -- milliseconds since 1970, and more than the version before
    version          UInt64,
    name             String,
    -- secret, public
    kind             LowCardinality(String),
    -- the first characters of the text, to tell keys apart
    prefix           String,
    -- hex, of the text
    sha256           FixedString(64),
    -- ingest, read, admin
    scopes           Array(LowCardinality(String)),
    -- of pages that may use a public key
    origins          Array(String),
    -- NULL: as the collector is configured
    bytes_per_second Nullable(UInt64),
    spans_per_second Nullable(UInt64),
    bytes_per_month  Nullable(UInt64),
    spans_per_month  Nullable(UInt64),
    created_time     DateTime64(3, 'UTC'),
    expires_time     Nullable(DateTime64(3, 'UTC')),
    revoked_time     Nullable(DateTime64(3, 'UTC'))
)
ENGINE = {MergeTree}
ORDER BY (project_id, key_id, version)
SETTINGS {dedup_window};

-- What each key sent in each month, summed over the collectors of this store; each adds what it counted every half minute.
CREATE TABLE IF NOT EXISTS {database}.key_usage {on_cluster}
(
    project_id LowCardinality(String),
    -- of api_keys, or config-…, cert-…; '' = no key was asked for
    key_id     String,
    month      Date,
    last_used  SimpleAggregateFunction(max, DateTime),
    requests   SimpleAggregateFunction(sum, UInt64),
    -- after decompression
    bytes      SimpleAggregateFunction(sum, UInt64),
    spans      SimpleAggregateFunction(sum, UInt64)
)
ENGINE = {AggregatingMergeTree}
ORDER BY (project_id, key_id, month)
SETTINGS {dedup_window};
