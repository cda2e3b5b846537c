-- Traces of a project that began after the day first_day, by when, where and whether they failed, to be summed. Days that store/count-traces has counted,
-- and whose rollups still say what they said then, come from there: by the hour from first_hour to last_hour (which fits steps of whole hours; both the same =
-- nothing of it), by the minute before and after. Of the other days, the open ones above all, each trace is added up from its rows up to last_day, as in
-- trace_starts_v1. first_day, the day before a range, is there to tell what began too early.
-- A trace is counted on its first day, once. For the minutes until the next pass of the count it can be wrong about a trace that was told of more than a day
-- after it began: counted where it began and where it went on, or not failed yet.
CREATE OR REPLACE VIEW {database}.trace_counts_v1 {on_cluster} AS
WITH
    -- of the days that have rows: those whose count is in force; the others; these and the day after each, where its traces go on; the day before each, from
    -- where traces go on there; and first_day, if it is one of them
    (
        SELECT (
            groupArrayIf(d.day, d.counted),
            groupArrayIf(d.day, NOT d.counted),
            arrayConcat(groupArrayIf(d.day, NOT d.counted), groupArrayIf(d.day + 1, NOT d.counted)),
            groupArrayIf(d.day - 1, NOT d.counted AND d.day > {first_day:Date}),
            groupArrayIf(d.day, NOT d.counted AND d.day = {first_day:Date})
        )
        FROM (
            SELECT u.day AS day, max(u.marks) = 1 AND sum(u.spans) = sum(u.counted_spans) AND sum(u.errors) = sum(u.counted_errors) AS counted
            FROM (
                SELECT h.day AS day, 0 AS marks, h.spans AS spans, h.errors AS errors, 0 AS counted_spans, 0 AS counted_errors
                FROM {metrics_hour} AS h
                WHERE h.project_id = {project:String} AND h.day >= {first_day:Date} AND h.day <= {last_day:Date}
                UNION ALL
                SELECT m.day, 1, 0, 0, m.spans, m.errors
                FROM {trace_counts} AS m
                WHERE m.project_id = {project:String} AND m.entry = 'mark' AND m.day >= {first_day:Date} AND m.day <= {last_day:Date}
            ) AS u
            GROUP BY u.day
        ) AS d
    ) AS days,
    tupleElement(days, 1) AS counted,
    tupleElement(days, 2) AS raw,
    tupleElement(days, 3) AS read,
    tupleElement(days, 4) AS before,
    tupleElement(days, 5) AS edge
SELECT
    {project:String} AS project_id,
    toDateTime64(c.time, 9, 'UTC') AS start_time,
    c.environment AS environment,
    c.service_name AS service_name,
    c.name AS name,
    c.traces AS traces,
    c.failed_traces AS failed_traces
FROM {trace_counts} AS c
WHERE c.project_id = {project:String} AND c.day IN (counted)
    AND (
        (c.entry = 'hour' AND c.time >= {first_hour:DateTime64(3, 'UTC')} AND c.time < {last_hour:DateTime64(3, 'UTC')})
        OR (c.entry = 'minute' AND (c.time < {first_hour:DateTime64(3, 'UTC')} OR c.time >= {last_hour:DateTime64(3, 'UTC')}))
    )
UNION ALL
SELECT
    {project:String} AS project_id,
    min(p.start_time) AS start_time,
    max(p.environment) AS environment,
    if(max(p.root_service) != '', max(p.root_service), argMinMergeIf(p.first_service, p.root_service = '')) AS service_name,
    if(max(p.root_name) != '', max(p.root_name), argMinMergeIf(p.first_name, p.root_name = '')) AS name,
    toUInt64(1) AS traces,
    toUInt64(max(p.root_status_code) = 2 OR (max(p.root_name) = '' AND sum(p.errors) > 0)) AS failed_traces
FROM {traces} AS p
WHERE p.project_id = {project:String} AND p.day IN (read) AND p.day <= {last_day:Date}
    -- a clock that is ahead puts a start after its day
    AND (p.day > {first_day:Date} OR p.start_time >= toDateTime64({first_day:Date} + 1, 9, 'UTC'))
    AND p.trace_id GLOBAL NOT IN (
        SELECT b.trace_id FROM {traces} AS b
        WHERE b.project_id = {project:String} AND b.day IN (edge) AND b.start_time < toDateTime64({first_day:Date} + 1, 9, 'UTC')
    )
GROUP BY p.trace_id
-- what is seen here first, and has begun here: it was not there the day before, nor earlier
HAVING has(raw, min(p.day))
    AND (p.trace_id, min(p.day)) GLOBAL NOT IN (
        SELECT b.trace_id, b.day + 1 FROM {traces} AS b
        WHERE b.project_id = {project:String} AND b.day IN (before) AND b.day NOT IN (raw)
        UNION ALL
        SELECT l.trace_id, l.day FROM {trace_counts} AS l
        WHERE l.project_id = {project:String} AND l.entry = 'later' AND l.day IN (raw)
    );
