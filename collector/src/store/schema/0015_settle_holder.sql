-- Who settles: of several collectors on one ClickHouse one, and the next when it is gone. '' = it went, and any other may.
ALTER TABLE {database}.settle_marks {on_cluster} ADD COLUMN IF NOT EXISTS holder String;
