-- What steps report of their usage against what counts below them, of the traces of the days first_day … last_day: reported_vs_counted_of_trace_v1.
CREATE OR REPLACE VIEW {database}.reported_vs_counted_of_days_v1 {on_cluster} AS
SELECT * FROM {database}.reported_vs_counted_of_trace_v1(first_day = {first_day:Date}, last_day = {last_day:Date}, trace_id = '');
