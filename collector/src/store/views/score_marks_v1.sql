-- What scores say, one row a score in its newest version and no more of it than a name, a value and a label: for the means of a trace or a span, where
-- scores_v1 would add up much that nobody asks for. trace_key is the id as the primary key has it.
CREATE OR REPLACE VIEW {database}.score_marks_v1 {on_cluster} AS
SELECT
    c.project_id AS project_id,
    lower(hex(c.trace_id)) AS trace_id,
    lower(hex(c.span_id)) AS span_id,
    c.name AS name,
    c.value AS value,
    c.label AS label,
    c.trace_id AS trace_key
FROM {scores} AS c FINAL
WHERE c.deleted = 0;
