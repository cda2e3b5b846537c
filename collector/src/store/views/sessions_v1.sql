-- One row a session (a conversation), over all days; for a range of time over much data use sessions_of_days_v1.
CREATE OR REPLACE VIEW {database}.sessions_v1 {on_cluster} AS
SELECT * FROM {database}.sessions_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
