-- One row a score or evaluation, in its newest version: given through the API or the event wire (source 'human', 'evaluator', 'api'), sent as a log
-- record (gen_ai.evaluation.result, 'log'), or borne by a span ('span'; one that an evaluator's span bears is one of its parent).
-- value and label are what was given; a score of a whole trace has no span_id, one of a session no trace_id.
CREATE OR REPLACE VIEW {database}.scores_v1 {on_cluster} AS
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
    -- of a person who is the user themself, the user
    argMax(if(c.author = '' AND c.source = 'human', c.user_id, toString(c.author)), c.version_time) AS author,
    argMax(c.session_id, c.version_time) AS session_id,
    argMax(c.user_id, c.version_time) AS user_id,
    argMax(c.environment, c.version_time) AS environment,
    argMax(c.response_id, c.version_time) AS response_id,
    argMax(c.error_type, c.version_time) AS error_type,
    argMax(c.attributes, c.version_time) AS attributes,
    argMax(c.type, c.version_time) AS type
FROM {scores} AS c
GROUP BY c.project_id, c.trace_id, c.span_id, c.score_id
HAVING argMax(c.deleted, c.version_time) = 0;
