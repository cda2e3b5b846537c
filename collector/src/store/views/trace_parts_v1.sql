-- What the rollup of traces holds before it is added up: some rows a trace, of the days first_day … last_day. A value that a trace has is in one
-- of its parts, so this finds the few traces that may have it without adding up all; what they have, traces_of_days_v1 says.
CREATE OR REPLACE VIEW {database}.trace_parts_v1 {on_cluster} AS
SELECT
    t.project_id AS project_id,
    lower(hex(t.trace_id)) AS trace_id,
    t.session_id AS session_id,
    t.user_id AS user_id,
    t.tags AS tags,
    t.day AS day,
    t.start_time AS start_time,
    t.end_time AS end_time,
    t.spans AS spans,
    -- the id as the primary key has it: 16 bytes
    t.trace_id AS trace_key
FROM {traces} AS t
WHERE t.day >= {first_day:Date} AND t.day <= {last_day:Date};
