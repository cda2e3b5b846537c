-- One row a user of the app: the traces that name it, among the days first_day … last_day, that began from from_time on and before to_time. Of
-- the project's given ids whole, of others perhaps a part; [] = of all.
CREATE OR REPLACE VIEW {database}.users_of_ids_v1 {on_cluster} AS
SELECT
    t.project_id AS project_id,
    t.user_id AS user_id,
    min(t.start_time) AS start_time,
    max(t.end_time) AS end_time,
    uniqExactIf(t.session_id, t.session_id != '') AS sessions,
    count() AS traces,
    sum(t.spans) AS spans,
    sum(t.generations) AS generations,
    sum(t.errors) AS errors,
    countIf(t.status = 'error') AS failed_traces,
    sum(t.input_tokens) AS input_tokens,
    sum(t.output_tokens) AS output_tokens,
    sum(t.total_tokens) AS total_tokens,
    sum(t.cost_usd) AS cost_usd,
    sum(t.calls) AS calls,
    sum(t.unpriced_calls) AS unpriced_calls,
    argMax(t.environment, (t.environment != '', t.start_time)) AS environment,
    arraySort(groupUniqArrayArray(t.services)) AS services,
    arraySort(groupUniqArrayArray(t.models)) AS models,
    arraySort(groupUniqArrayArray(t.tags)) AS tags
FROM {database}.traces_of_days_v1(first_day = {first_day:Date}, last_day = {last_day:Date}) AS t
WHERE t.user_id != ''
    AND t.start_time >= {from_time:DateTime64(9, 'UTC')} AND t.start_time < {to_time:DateTime64(9, 'UTC')}
    -- what a trace names, one of its parts names: so no other trace need be added up
    AND (empty({ids:Array(String)}) OR t.trace_key IN (
        SELECT p.trace_key FROM {database}.trace_parts_v1(first_day = {first_day:Date}, last_day = {last_day:Date}) AS p WHERE p.project_id = {project:String} AND p.user_id IN {ids:Array(String)}
    ))
GROUP BY t.project_id, t.user_id;
