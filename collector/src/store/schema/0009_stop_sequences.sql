-- What a request asked the model to stop at.
ALTER TABLE {database}.spans {on_cluster}
    ADD COLUMN IF NOT EXISTS stop_sequences Array(LowCardinality(String)) CODEC(ZSTD(1)) AFTER choice_count;
