-- What steps report of their usage against what counts below them, of all days. It walks every trace, whatever the filter: over much data use
-- reported_vs_counted_of_days_v1, and for one trace reported_vs_counted_of_trace_v1.
CREATE OR REPLACE VIEW {database}.reported_vs_counted_v1 {on_cluster} AS
SELECT * FROM {database}.reported_vs_counted_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
