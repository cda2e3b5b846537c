-- One row a session (a conversation): the traces that name it, among the days first_day … last_day.
CREATE OR REPLACE VIEW {database}.sessions_of_days_v1 {on_cluster} AS
SELECT * FROM {database}.sessions_of_ids_v1(first_day = {first_day:Date}, last_day = {last_day:Date}, project = '', ids = []);
