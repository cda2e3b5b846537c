-- Traces by the minute they started in, among the days first_day … last_day. Every figure may be summed.
CREATE OR REPLACE VIEW {database}.total_traces_of_days_v1 {on_cluster} AS
SELECT
    t.project_id AS project_id,
    toDateTime64(toStartOfMinute(t.start_time), 3, 'UTC') AS time,
    t.environment AS environment,
    t.service_name AS service_name,
    t.name AS name,
    count() AS traces,
    countIf(t.status = 'error') AS failed_traces,
    sum(t.spans) AS spans,
    sum(t.generations) AS generations
FROM {database}.traces_of_days_v1(first_day = {first_day:Date}, last_day = {last_day:Date}) AS t
GROUP BY t.project_id, time, t.environment, t.service_name, t.name;
