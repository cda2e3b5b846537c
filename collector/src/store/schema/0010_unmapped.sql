-- Keys of a gen_ai step that look like ours (gen_ai.*, or the beginning of a dialect's keys) and that no rule knows: what a new version of a
-- library began to send. Nearly always empty: its sizes alone are read to find the few.
ALTER TABLE {database}.spans {on_cluster}
    ADD COLUMN IF NOT EXISTS unmapped Array(LowCardinality(String)) CODEC(ZSTD(1)) AFTER attributes;
