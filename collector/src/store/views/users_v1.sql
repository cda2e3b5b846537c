-- One row a user of the app, over all days; for a range of time over much data use users_of_days_v1.
CREATE OR REPLACE VIEW {database}.users_v1 {on_cluster} AS
SELECT * FROM {database}.users_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
