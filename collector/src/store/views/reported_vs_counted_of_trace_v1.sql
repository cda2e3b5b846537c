-- What a step above calls reports of its usage, against what counts below it (and of itself): one row a span that reports usage without being
-- a call, or that was taken for a call and is known now to repeat what is below it. Of one trace, and of the days first_day … last_day.
-- trace_id '' = all traces. A difference is usage that no span below tells of, or that was counted twice by the step itself; NULL = unknown.
CREATE OR REPLACE VIEW {database}.reported_vs_counted_of_trace_v1 {on_cluster} AS
WITH RECURSIVE
settled AS
(
    SELECT f.project_id, f.trace_id, f.span_id, f.batch_id, sum(f.sign) AS change
    FROM {settlements} AS f
    WHERE f.day >= {first_day:Date} AND f.day <= {last_day:Date} AND ({trace_id:String} = '' OR lower(hex(f.trace_id)) = {trace_id:String})
    GROUP BY f.project_id, f.trace_id, f.span_id, f.batch_id
),
below AS
(
    SELECT
        s.project_id AS project_id, s.trace_id AS trace_id, s.span_id AS step_id, s.batch_id AS step_batch,
        s.span_id AS span_id, s.batch_id AS batch_id, s.counts_usage AS counts_usage,
        s.input_tokens AS input_tokens, s.output_tokens AS output_tokens, s.cost_usd AS cost_usd, 0 AS depth
    FROM {spans} AS s
    WHERE s.day >= {first_day:Date} AND s.day <= {last_day:Date} AND ({trace_id:String} = '' OR lower(hex(s.trace_id)) = {trace_id:String})
        AND (s.input_tokens IS NOT NULL OR s.output_tokens IS NOT NULL OR s.cost_usd IS NOT NULL)
        AND (s.usage_role IN ('summary', 'repeat') OR (s.project_id, s.trace_id, s.span_id, s.batch_id) IN (
            SELECT f.project_id, f.trace_id, f.span_id, f.batch_id FROM {settlements} AS f
            WHERE f.reason = 'descendant' AND f.day >= {first_day:Date} AND f.day <= {last_day:Date}))
    UNION ALL
    -- a ring of parents must end
    SELECT
        b.project_id, b.trace_id, b.step_id, b.step_batch, s.span_id, s.batch_id, s.counts_usage, s.input_tokens, s.output_tokens, s.cost_usd, b.depth + 1
    FROM {spans} AS s
    INNER JOIN below AS b ON b.project_id = s.project_id AND b.trace_id = s.trace_id AND b.span_id = s.parent_span_id
    WHERE s.day >= {first_day:Date} AND s.day <= {last_day:Date} AND ({trace_id:String} = '' OR lower(hex(s.trace_id)) = {trace_id:String})
        AND b.depth < 64
)
SELECT
    t.project_id AS project_id,
    lower(hex(t.trace_id)) AS trace_id,
    lower(hex(t.step_id)) AS span_id,
    any(r.start_time) AS start_time,
    any(r.name) AS name,
    any(r.kind) AS kind,
    any(r.usage_role) AS usage_role,
    any(r.environment) AS environment,
    any(r.service_name) AS service_name,
    any(r.input_tokens) AS reported_input_tokens,
    any(r.output_tokens) AS reported_output_tokens,
    any(r.cost_usd) AS reported_cost_usd,
    countIf(t.counts = 1) AS counted_calls,
    sumIf(t.input_tokens, t.counts = 1) AS counted_input_tokens,
    sumIf(t.output_tokens, t.counts = 1) AS counted_output_tokens,
    sumIf(t.cost_usd, t.counts = 1) AS counted_cost_usd,
    toInt64(reported_input_tokens) - toInt64(counted_input_tokens) AS difference_input_tokens,
    toInt64(reported_output_tokens) - toInt64(counted_output_tokens) AS difference_output_tokens,
    reported_cost_usd - counted_cost_usd AS difference_cost_usd
FROM
(
    SELECT b.*, b.counts_usage + ifNull(c.change, 0) AS counts
    FROM below AS b
    LEFT JOIN settled AS c ON c.project_id = b.project_id AND c.trace_id = b.trace_id AND c.span_id = b.span_id AND c.batch_id = b.batch_id
) AS t
INNER JOIN {spans} AS r ON r.project_id = t.project_id AND r.trace_id = t.trace_id AND r.span_id = t.step_id AND r.batch_id = t.step_batch
WHERE r.day >= {first_day:Date} AND r.day <= {last_day:Date} AND ({trace_id:String} = '' OR lower(hex(r.trace_id)) = {trace_id:String})
GROUP BY t.project_id, t.trace_id, t.step_id, t.step_batch;
