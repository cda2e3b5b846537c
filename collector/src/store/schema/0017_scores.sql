-- Every score stands in `scores`, however it came: given through the event wire or the API (a log record with insights.score.id), as an
-- evaluation of the conventions (a log record without), or borne by a span. Each row is made of one record's own values, so that an insert that
-- is repeated, or a day that is filled again, adds nothing: of a key (project, trace, span, id) the newest version counts.
ALTER TABLE {database}.scores {on_cluster}
    -- 'numeric', 'boolean', 'categorical', or 'text' for words without a verdict
    ADD COLUMN IF NOT EXISTS type           LowCardinality(String) AFTER label,
    ADD COLUMN IF NOT EXISTS response_id    String                 CODEC(ZSTD(1)) AFTER author,
    ADD COLUMN IF NOT EXISTS error_type     LowCardinality(String) AFTER response_id,
    -- of the record that it came in
    ADD COLUMN IF NOT EXISTS day            Date DEFAULT toDate(time) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS retention_days UInt16 DEFAULT 3650       CODEC(ZSTD(1));
ALTER TABLE {database}.scores {on_cluster} MODIFY TTL day + toIntervalDay(retention_days);
ALTER TABLE {database}.scores {on_cluster} ADD INDEX IF NOT EXISTS time_bounds time TYPE minmax GRANULARITY 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.scores_of_logs_mv {on_cluster} TO {database}.scores AS
SELECT
    l.project_id AS project_id,
    if(l.attributes['insights.score.id'] != '', l.attributes['insights.score.id'], lower(hex(sipHash128(l.trace_id, l.span_id, l.time, l.evaluation_name)))) AS score_id,
    -- a clock that is ahead does not outlive what is decided later
    least(toDateTime64(l.time, 6, 'UTC'), toDateTime64(l.received_time, 6, 'UTC')) AS version_time,
    toUInt8(l.attributes['insights.score.deleted'] = 'true') AS deleted,
    l.time AS time,
    l.trace_id AS trace_id,
    l.span_id AS span_id,
    if(l.attributes['session.id'] != '', l.attributes['session.id'], l.attributes['gen_ai.conversation.id']) AS session_id,
    l.attributes['user.id'] AS user_id,
    l.environment AS environment,
    l.evaluation_name AS name,
    l.score_value AS value,
    l.score_label AS label,
    if(l.attributes['insights.score.type'] != '', l.attributes['insights.score.type'], multiIf(l.score_value IS NOT NULL, 'numeric', l.score_label != '', 'categorical', 'text')) AS type,
    l.explanation AS explanation,
    multiIf(l.attributes['insights.score.source'] != '', l.attributes['insights.score.source'], l.attributes['insights.score.id'] != '', 'api', 'log') AS source,
    l.attributes['insights.score.author'] AS author,
    l.response_id AS response_id,
    l.error_type AS error_type,
    CAST(mapFilter((k, v) -> NOT startsWith(k, 'insights.score.'), l.attributes), 'Map(LowCardinality(String), String)') AS attributes,
    l.day AS day,
    l.retention_days AS retention_days
FROM {database}.log_events AS l
WHERE l.evaluation_name != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.scores_of_spans_mv {on_cluster} TO {database}.scores AS
SELECT
    s.project_id AS project_id,
    lower(hex(sipHash128(s.trace_id, s.span_id, score))) AS score_id,
    toDateTime64(s.received_time, 6, 'UTC') AS version_time,
    toUInt8(0) AS deleted,
    s.start_time AS time,
    s.trace_id AS trace_id,
    -- what an evaluator's span bears is a score of its parent
    if(s.kind = 'evaluator' AND s.parent_span_id != toFixedString('', 8), s.parent_span_id, s.span_id) AS span_id,
    s.session_id AS session_id,
    s.user_id AS user_id,
    s.environment AS environment,
    JSONExtractString(score, 'name') AS name,
    JSONExtract(score, 'value', 'Nullable(Float64)') AS value,
    JSONExtractString(score, 'label') AS label,
    multiIf(JSONExtract(score, 'value', 'Nullable(Float64)') IS NOT NULL, 'numeric', JSONExtractString(score, 'label') != '', 'categorical', 'text') AS type,
    JSONExtractString(score, 'explanation') AS explanation,
    'span' AS source,
    '' AS author,
    '' AS response_id,
    s.error_type AS error_type,
    s.attributes AS attributes,
    s.day AS day,
    s.retention_days AS retention_days
FROM {database}.spans AS s
ARRAY JOIN s.scores AS score;

-- What came before. Twice does no harm.
INSERT INTO {database}.scores (project_id, score_id, version_time, deleted, time, trace_id, span_id, session_id, user_id, environment, name, value, label, type, explanation, source, author, response_id, error_type, attributes, day, retention_days)
SELECT
    l.project_id,
    if(l.attributes['insights.score.id'] != '', l.attributes['insights.score.id'], lower(hex(sipHash128(l.trace_id, l.span_id, l.time, l.evaluation_name)))),
    least(toDateTime64(l.time, 6, 'UTC'), toDateTime64(l.received_time, 6, 'UTC')),
    toUInt8(l.attributes['insights.score.deleted'] = 'true'),
    l.time,
    l.trace_id,
    l.span_id,
    if(l.attributes['session.id'] != '', l.attributes['session.id'], l.attributes['gen_ai.conversation.id']),
    l.attributes['user.id'],
    l.environment,
    l.evaluation_name,
    l.score_value,
    l.score_label,
    if(l.attributes['insights.score.type'] != '', l.attributes['insights.score.type'], multiIf(l.score_value IS NOT NULL, 'numeric', l.score_label != '', 'categorical', 'text')),
    l.explanation,
    multiIf(l.attributes['insights.score.source'] != '', l.attributes['insights.score.source'], l.attributes['insights.score.id'] != '', 'api', 'log'),
    l.attributes['insights.score.author'],
    l.response_id,
    l.error_type,
    CAST(mapFilter((k, v) -> NOT startsWith(k, 'insights.score.'), l.attributes), 'Map(LowCardinality(String), String)'),
    l.day,
    l.retention_days
FROM {database}.log_events AS l
WHERE l.evaluation_name != '';

INSERT INTO {database}.scores (project_id, score_id, version_time, deleted, time, trace_id, span_id, session_id, user_id, environment, name, value, label, type, explanation, source, author, response_id, error_type, attributes, day, retention_days)
SELECT
    s.project_id,
    lower(hex(sipHash128(s.trace_id, s.span_id, score))),
    toDateTime64(s.received_time, 6, 'UTC'),
    toUInt8(0),
    s.start_time,
    s.trace_id,
    if(s.kind = 'evaluator' AND s.parent_span_id != toFixedString('', 8), s.parent_span_id, s.span_id),
    s.session_id,
    s.user_id,
    s.environment,
    JSONExtractString(score, 'name'),
    JSONExtract(score, 'value', 'Nullable(Float64)'),
    JSONExtractString(score, 'label'),
    multiIf(JSONExtract(score, 'value', 'Nullable(Float64)') IS NOT NULL, 'numeric', JSONExtractString(score, 'label') != '', 'categorical', 'text'),
    JSONExtractString(score, 'explanation'),
    'span',
    '',
    '',
    s.error_type,
    s.attributes,
    s.day,
    s.retention_days
FROM {database}.spans AS s
ARRAY JOIN s.scores AS score;
