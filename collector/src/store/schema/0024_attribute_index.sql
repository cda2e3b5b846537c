-- Which granules may have a key or a value in their maps: a value that few spans have is found without reading the maps of the others.
ALTER TABLE {database}.spans {on_cluster}
    ADD INDEX IF NOT EXISTS attribute_keys mapKeys(attributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    ADD INDEX IF NOT EXISTS attribute_values mapValues(attributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    ADD INDEX IF NOT EXISTS metadata_keys mapKeys(metadata) TYPE bloom_filter(0.01) GRANULARITY 1,
    ADD INDEX IF NOT EXISTS metadata_values mapValues(metadata) TYPE bloom_filter(0.01) GRANULARITY 1;
-- Of what is there already: it goes on while spans come in.
ALTER TABLE {database}.spans {on_cluster}
    MATERIALIZE INDEX attribute_keys, MATERIALIZE INDEX attribute_values, MATERIALIZE INDEX metadata_keys, MATERIALIZE INDEX metadata_values;
