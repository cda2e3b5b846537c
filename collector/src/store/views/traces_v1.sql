-- One row a trace: one user interaction, summed over all its spans. tokens and cost_usd count every call once; NULL is unknown.
-- Filter on trace_id (indexed) or project_id. For a range of time over much data use traces_of_days_v1.
CREATE OR REPLACE VIEW {database}.traces_v1 {on_cluster} AS
SELECT * EXCEPT (trace_key) FROM {database}.traces_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
