-- A day to which nothing came for a day is merged into one part: what merges alone do is then done for every row (the index of words is built, the rows of a
-- trace and of a minute are added up, granules are small), and a look through all days opens one part of each. It writes each row once more.
ALTER TABLE {database}.spans {on_cluster} MODIFY SETTING min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;
ALTER TABLE {database}.traces {on_cluster} MODIFY SETTING min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;
ALTER TABLE {database}.metrics_minute {on_cluster} MODIFY SETTING min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;
ALTER TABLE {database}.metrics_hour {on_cluster} MODIFY SETTING min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;
