-- Which parts of the rollup may name a session: a session lies in a few days, and is looked for in all.
ALTER TABLE {database}.traces {on_cluster} ADD INDEX IF NOT EXISTS session_bloom session_id TYPE bloom_filter(0.0001) GRANULARITY 1;
ALTER TABLE {database}.traces {on_cluster} MATERIALIZE INDEX session_bloom SETTINGS mutations_sync = 2;
