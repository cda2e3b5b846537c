-- One row a score or evaluation: those sent as log records (gen_ai.evaluation.result) or borne by spans, and those given through the API, newest
-- version of each. A score that an evaluator's span bears is one of its parent.
-- value and label are what was given; a score of a whole trace has no span_id.
CREATE OR REPLACE VIEW {database}.scores_v1 {on_cluster} AS
SELECT
    l.project_id AS project_id,
    lower(hex(sipHash128(l.trace_id, l.span_id, l.time, l.evaluation_name))) AS score_id,
    if(l.trace_id = toFixedString('', 16), '', lower(hex(l.trace_id))) AS trace_id,
    if(l.span_id = toFixedString('', 8), '', lower(hex(l.span_id))) AS span_id,
    l.time AS time,
    l.evaluation_name AS name,
    l.score_value AS value,
    l.score_label AS label,
    l.explanation AS explanation,
    CAST('log', 'LowCardinality(String)') AS source,
    '' AS author,
    '' AS session_id,
    '' AS user_id,
    l.environment AS environment,
    l.response_id AS response_id,
    l.error_type AS error_type,
    l.attributes AS attributes
FROM {log_events} AS l
WHERE l.evaluation_name != ''
UNION ALL
SELECT
    s.project_id AS project_id,
    lower(hex(sipHash128(s.trace_id, s.span_id, score))) AS score_id,
    lower(hex(s.trace_id)) AS trace_id,
    lower(hex(if(s.kind = 'evaluator' AND s.parent_span_id != toFixedString('', 8), s.parent_span_id, s.span_id))) AS span_id,
    s.start_time AS time,
    CAST(JSONExtractString(score, 'name'), 'LowCardinality(String)') AS name,
    JSONExtract(score, 'value', 'Nullable(Float64)') AS value,
    CAST(JSONExtractString(score, 'label'), 'LowCardinality(String)') AS label,
    JSONExtractString(score, 'explanation') AS explanation,
    CAST('span', 'LowCardinality(String)') AS source,
    '' AS author,
    s.session_id AS session_id,
    s.user_id AS user_id,
    s.environment AS environment,
    '' AS response_id,
    s.error_type AS error_type,
    s.attributes AS attributes
FROM {spans} AS s
ARRAY JOIN s.scores AS score
UNION ALL
SELECT
    c.project_id AS project_id,
    c.score_id AS score_id,
    if(c.trace_id = toFixedString('', 16), '', lower(hex(c.trace_id))) AS trace_id,
    if(c.span_id = toFixedString('', 8), '', lower(hex(c.span_id))) AS span_id,
    max((c.version_time, c.time)).2 AS time,
    argMax(c.name, c.version_time) AS name,
    -- a tuple, because argMax alone would pass over a NULL and give the older value
    argMax(tuple(c.value), c.version_time).1 AS value,
    argMax(c.label, c.version_time) AS label,
    argMax(c.explanation, c.version_time) AS explanation,
    argMax(c.source, c.version_time) AS source,
    argMax(c.author, c.version_time) AS author,
    argMax(c.session_id, c.version_time) AS session_id,
    argMax(c.user_id, c.version_time) AS user_id,
    argMax(c.environment, c.version_time) AS environment,
    '' AS response_id,
    '' AS error_type,
    argMax(c.attributes, c.version_time) AS attributes
FROM {scores} AS c
GROUP BY c.project_id, c.trace_id, c.span_id, c.score_id
HAVING argMax(c.deleted, c.version_time) = 0;
