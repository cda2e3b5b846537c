-- One row a trace, from the rollup, reading only the partitions first_day … last_day. traces_v1 is the same over all days.
-- For traces that start between two instants: first_day = the day before the first, last_day = the day after the last, and a filter on
-- start_time. (A trace's start is known only once its rows are added up, so a filter on start_time alone can skip no partition.)
CREATE OR REPLACE VIEW {database}.traces_of_days_v1 {on_cluster} AS
SELECT
    t.project_id AS project_id,
    lower(hex(t.trace_id)) AS trace_id,
    -- the same as the primary key has it: 16 bytes
    t.trace_id AS trace_key,
    if(max(t.root_name) != '', max(t.root_name), argMinMerge(t.first_name)) AS name,
    min(t.start_time) AS start_time,
    max(t.end_time) AS end_time,
    (toUnixTimestamp64Nano(max(t.end_time)) - toUnixTimestamp64Nano(min(t.start_time))) / 1e6 AS latency_ms,
    if(max(t.root_input_preview) != '', max(t.root_input_preview), argMinMerge(t.first_input_preview)) AS input_preview,
    if(max(t.root_output_preview) != '', max(t.root_output_preview), argMaxMerge(t.last_output_preview)) AS output_preview,
    sum(t.spans) AS spans,
    sum(t.generations) AS generations,
    sum(t.errors) AS errors,
    -- the root's own status; a failed step that the app handled does not make the trace a failure
    multiIf(max(t.root_status_code) = 2 OR (max(t.root_name) = '' AND sum(t.errors) > 0), 'error', max(t.root_status_code) = 1, 'ok', 'unset') AS status,
    sum(t.input_tokens) AS input_tokens,
    sum(t.output_tokens) AS output_tokens,
    sum(t.cache_read_tokens) AS cache_read_tokens,
    sum(t.cache_write_tokens) AS cache_write_tokens,
    sum(t.reasoning_tokens) AS reasoning_tokens,
    if(sum(t.input_tokens) IS NULL AND sum(t.output_tokens) IS NULL, NULL, ifNull(sum(t.input_tokens), 0) + ifNull(sum(t.output_tokens), 0)) AS total_tokens,
    if(sum(t.calls) = sum(t.unpriced_calls), NULL, sum(t.cost_usd)) AS cost_usd,
    if(sum(t.calls) = sum(t.unpriced_calls), NULL, sum(t.input_cost_usd)) AS input_cost_usd,
    if(sum(t.calls) = sum(t.unpriced_calls), NULL, sum(t.output_cost_usd)) AS output_cost_usd,
    sum(t.cache_savings_net_usd) AS cache_savings_net_usd,
    -- calls whose usage counts, and those of them without a price: cost_usd leaves these out
    sum(t.calls) AS calls,
    sum(t.unpriced_calls) AS unpriced_calls,
    max(t.session_id) AS session_id,
    max(t.user_id) AS user_id,
    max(t.environment) AS environment,
    if(max(t.root_service) != '', max(t.root_service), argMinMerge(t.first_service)) AS service_name,
    max(t.release) AS release,
    arraySort(groupUniqArrayArray(t.services)) AS services,
    arraySort(groupUniqArrayArray(t.models)) AS models,
    arraySort(groupUniqArrayArray(t.providers)) AS providers,
    arraySort(groupUniqArrayArray(t.tags)) AS tags,
    arraySort(groupUniqArrayArray(t.error_types)) AS error_types,
    -- means by name, and labels by name, of the scores of the trace and of its spans; joined only when they are asked for (a bare
    -- subquery would be joined always; the cast is what lets it be left out)
    CAST((
        SELECT avgMap(map(toString(c.name), assumeNotNull(c.value))) FROM {scores} AS c FINAL
        WHERE c.deleted = 0 AND c.value IS NOT NULL AND c.project_id = t.project_id AND c.trace_id = t.trace_id
    ), 'Map(LowCardinality(String), Float64)') AS scores,
    CAST((
        SELECT maxMap(map(toString(c.name), toString(c.label))) FROM {scores} AS c FINAL
        WHERE c.deleted = 0 AND c.label != '' AND c.project_id = t.project_id AND c.trace_id = t.trace_id
    ), 'Map(LowCardinality(String), String)') AS score_labels
FROM {traces} AS t
WHERE t.day >= {first_day:Date} AND t.day <= {last_day:Date}
GROUP BY t.project_id, t.trace_id;
