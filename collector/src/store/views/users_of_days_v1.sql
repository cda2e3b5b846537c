-- One row a user of the app: the traces that name them, among the days first_day … last_day.
CREATE OR REPLACE VIEW {database}.users_of_days_v1 {on_cluster} AS
SELECT * FROM {database}.users_of_ids_v1(first_day = {first_day:Date}, last_day = {last_day:Date}, project = '', ids = [],
    from_time = '1970-01-01 00:00:00', to_time = '2262-01-01 00:00:00');
