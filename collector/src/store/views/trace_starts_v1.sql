-- One row a trace of a project that started after the day first_day and has rows up to last_day: when, where, and whether it failed, as in
-- traces_of_days_v1, in half its time: for charts over many traces. It knows no more than the project it is told, so ids alone are grouped by; who
-- stands in for a root is looked at only where none is; and of first_day, the day before a range, only ids are read: what began there began too early.
CREATE OR REPLACE VIEW {database}.trace_starts_v1 {on_cluster} AS
SELECT
    {project:String} AS project_id,
    min(p.start_time) AS start_time,
    max(p.environment) AS environment,
    if(max(p.root_service) != '', max(p.root_service), argMinMergeIf(p.first_service, p.root_service = '')) AS service_name,
    if(max(p.root_name) != '', max(p.root_name), argMinMergeIf(p.first_name, p.root_name = '')) AS name,
    max(p.root_status_code) = 2 OR (max(p.root_name) = '' AND sum(p.errors) > 0) AS failed,
    -- as trace_counts_v1 has them
    toUInt64(1) AS traces,
    toUInt64(failed) AS failed_traces
FROM {traces} AS p
WHERE p.project_id = {project:String} AND p.day >= {first_day:Date} AND p.day <= {last_day:Date}
    -- a clock that is ahead puts a start after its day
    AND (p.day > {first_day:Date} OR p.start_time >= toDateTime64({first_day:Date} + 1, 9, 'UTC'))
    AND p.trace_id GLOBAL NOT IN (
        SELECT b.trace_id FROM {traces} AS b
        WHERE b.project_id = {project:String} AND b.day = {first_day:Date} AND b.start_time < toDateTime64({first_day:Date} + 1, 9, 'UTC')
        UNION ALL
        -- and those that began earlier still, of which store/count-traces knows that they go on
        SELECT l.trace_id FROM {trace_counts} AS l
        WHERE l.project_id = {project:String} AND l.entry = 'later' AND l.day > {first_day:Date} AND l.day <= {last_day:Date} AND l.near <= {first_day:Date}
    )
GROUP BY p.trace_id;
