-- One row a change of mind about whether a span counts: change 1 (from then on) or -1 (no longer), with the reason. What holds now is counts_usage
-- of spans_v1. Filter on project_id and trace_id, or start_time.
CREATE OR REPLACE VIEW {database}.settlements_v1 {on_cluster} AS
SELECT
    f.project_id AS project_id,
    lower(hex(f.trace_id)) AS trace_id,
    lower(hex(f.span_id)) AS span_id,
    lower(hex(f.batch_id)) AS batch_id,
    f.start_time AS start_time,
    f.sign AS change,
    f.reason AS reason,
    f.settled_time AS settled_time
FROM {settlements} AS f;
