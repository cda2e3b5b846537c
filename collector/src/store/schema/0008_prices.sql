-- What a cost is made of, to the last part; and each project's own prices.
ALTER TABLE {database}.spans {on_cluster}
    -- billed apart from tokens: web searches of a call
    ADD COLUMN IF NOT EXISTS searches Nullable(UInt32) CODEC(ZSTD(1)) AFTER output_image_tokens,
    -- prices per request and per search; input + output + request is the whole
    ADD COLUMN IF NOT EXISTS request_cost_usd Nullable(Decimal(18, 12)) CODEC(ZSTD(1)) AFTER output_cost_usd,
    -- how the price was found, and which rates stood in for missing ones
    ADD COLUMN IF NOT EXISTS price_rule LowCardinality(String) AFTER price_tier;

-- One row for each change, never touched again: the newest document of a project is its prices.
CREATE TABLE IF NOT EXISTS {database}.prices {on_cluster}
(
    project_id   LowCardinality(String),
    -- milliseconds since 1970, and more than the version before
    version      UInt64,
    -- JSON in the form of a prices file: {"prices": […], "aliases": […]}
    document     String                CODEC(ZSTD(3)),
    changed_time DateTime64(3, 'UTC')  DEFAULT now64(3, 'UTC')
)
ENGINE = {MergeTree}
ORDER BY (project_id, version)
SETTINGS {dedup_window};
