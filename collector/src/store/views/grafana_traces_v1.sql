-- The column names that Grafana's ClickHouse data source expects of a trace: duration in milliseconds, tags as {key, value} pairs.
CREATE OR REPLACE VIEW {database}.grafana_traces_v1 {on_cluster} AS
SELECT
    s.project_id AS project_id,
    s.trace_id AS traceID,
    s.span_id AS spanID,
    s.parent_span_id AS parentSpanID,
    s.service_name AS serviceName,
    s.name AS operationName,
    s.start_time AS startTime,
    s.latency_ms AS duration,
    multiIf(s.status = 'ok', 1, s.status = 'error', 2, 0) AS statusCode,
    s.status_message AS statusMessage,
    arrayConcat(
        arrayFilter(tag -> tag['value'] NOT IN ('', '0'), [
            map('key', 'insights.kind', 'value', toString(s.kind)),
            map('key', 'gen_ai.provider.name', 'value', toString(s.provider)),
            map('key', 'gen_ai.response.model', 'value', toString(s.model)),
            map('key', 'gen_ai.usage.input_tokens', 'value', ifNull(toString(s.input_tokens), '')),
            map('key', 'gen_ai.usage.output_tokens', 'value', ifNull(toString(s.output_tokens), '')),
            map('key', 'insights.cost_usd', 'value', ifNull(toString(s.cost_usd), ''))]),
        arrayMap((key, value) -> map('key', toString(key), 'value', value), mapKeys(s.attributes), mapValues(s.attributes))
    ) AS tags,
    arrayMap((key, value) -> map('key', toString(key), 'value', value), mapKeys(s.resource_attributes), mapValues(s.resource_attributes)) AS serviceTags
FROM {database}.spans_v1 AS s;
