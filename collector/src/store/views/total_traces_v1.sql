-- Traces by the minute they started in, over all days; every figure may be summed. Over much data use total_traces_of_days_v1.
CREATE OR REPLACE VIEW {database}.total_traces_v1 {on_cluster} AS
SELECT * FROM {database}.total_traces_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
