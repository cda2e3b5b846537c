-- Scores by day, name and what they are about: one row for each model and prompt version. A score of a span is about that span; one of a trace, about
-- each model and prompt version that was called in it, and counts for each of them. A score of a session alone, or of a trace that is not there
-- (yet, or no longer), stands with an empty model. Reads the scores of first_day … last_day, and spans from 30 days before.
CREATE OR REPLACE VIEW {database}.feedback_of_days_v1 {on_cluster} AS
SELECT
    f.project_id AS project_id,
    toDate(f.time) AS day,
    f.name AS name,
    f.source AS source,
    g.provider AS provider,
    g.model AS model,
    g.prompt_name AS prompt_name,
    g.prompt_version AS prompt_version,
    f.environment AS environment,
    count() AS scores,
    avg(f.value) AS mean_value,
    countIf(f.type = 'boolean' AND f.value = 1) AS positive,
    countIf(f.type = 'boolean' AND f.value = 0) AS negative,
    -- by category or word, how many
    sumMap(if(f.label = '', map(), map(toString(f.label), toUInt64(1)))) AS labels,
    countIf(f.explanation != '') AS comments
FROM
(
    SELECT project_id, score_id, trace_id, span_id, time, name, source, environment, value, label, type, explanation
    FROM {database}.scores_v1
    WHERE time >= toDateTime64({first_day:Date}, 9, 'UTC') AND time < toDateTime64({last_day:Date} + 1, 9, 'UTC')
) AS f
LEFT JOIN
(
    SELECT DISTINCT
        s.project_id AS project_id,
        lower(hex(s.trace_id)) AS trace_id,
        about AS span_id,
        s.provider AS provider,
        if(s.response_model != '', s.response_model, s.request_model) AS model,
        s.prompt_name AS prompt_name,
        s.prompt_version AS prompt_version
    FROM {spans} AS s
    -- a call is what its trace is about, any span what is said of itself
    ARRAY JOIN if(s.kind IN ('generation', 'embedding'), ['', lower(hex(s.span_id))], [lower(hex(s.span_id))]) AS about
    WHERE s.day >= {first_day:Date} - 30 AND s.day <= {last_day:Date} + 1
        AND (s.project_id, s.trace_id) IN (SELECT c.project_id, c.trace_id FROM {scores} AS c WHERE c.trace_id != toFixedString('', 16))
) AS g ON g.project_id = f.project_id AND g.trace_id = f.trace_id AND g.span_id = f.span_id
GROUP BY f.project_id, day, f.name, f.source, g.provider, g.model, g.prompt_name, g.prompt_version, f.environment;
