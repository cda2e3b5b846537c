-- Traces in granules of 256 rows instead of 8,192. A page of traces, a session and a user are rows that lie far apart by trace id, and for each of them a
-- whole granule is read. The parts of before are taken over as they are, and get small granules when they are merged.
DROP TABLE IF EXISTS {database}.traces_fine {on_cluster} SYNC SETTINGS max_table_size_to_drop = 0;
CREATE TABLE {database}.traces_fine {on_cluster} AS {database}.traces
ENGINE = {AggregatingMergeTree}
PARTITION BY day
ORDER BY (project_id, trace_id)
TTL day + toIntervalDay(retention_days)
SETTINGS {dedup_window}, index_granularity = 256, min_compress_block_size = 8192;
-- Links, no copies. A migration that died is run again from the first line, so nothing is there twice; what another collector stored in between is
-- missing from the rollup, which the next audit sees and mends.
ALTER TABLE {database}.traces_fine {on_cluster} ATTACH PARTITION ALL FROM {database}.traces;
EXCHANGE TABLES {database}.traces AND {database}.traces_fine {on_cluster};
DROP TABLE {database}.traces_fine {on_cluster} SYNC SETTINGS max_table_size_to_drop = 0;
