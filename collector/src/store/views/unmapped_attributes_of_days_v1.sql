-- Keys of gen_ai steps that no rule knows, one row a project, UTC day and key, among the days first_day … last_day: what a library began to send
-- and nobody reads yet. Positions in a key are shown as *. The service and the span are those of the latest span that has it.
CREATE OR REPLACE VIEW {database}.unmapped_attributes_of_days_v1 {on_cluster} AS
SELECT
    s.project_id AS project_id,
    s.day AS day,
    arrayStringConcat(arrayMap(part -> if(match(part, '^[0-9]+$'), '*', part), splitByChar('.', substringUTF8(name, 1, 200))), '.') AS key,
    -- a span that has several positions of one key is one span
    uniqExact((s.trace_id, s.span_id)) AS spans,
    arraySort(groupUniqArrayIf(toString(s.dialect), s.dialect != '')) AS dialects,
    argMax(s.service_name, (s.start_time, s.span_id)) AS service_name,
    lower(hex(argMax(s.trace_id, (s.start_time, s.span_id)))) AS trace_id,
    lower(hex(argMax(s.span_id, (s.start_time, s.span_id)))) AS span_id,
    max(s.start_time) AS last_seen
FROM {spans} AS s
ARRAY JOIN s.unmapped AS name
-- the sizes alone are read for nearly every row
WHERE s.unmapped.size0 > 0 AND s.day >= {first_day:Date} AND s.day <= {last_day:Date}
GROUP BY project_id, day, key;
