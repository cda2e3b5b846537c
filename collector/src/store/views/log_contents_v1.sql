-- What log records say of spans, one row a span: content that span_details_v1, which joins it, shows where the span itself has none. Read alone for the
-- spans of known traces. trace_key is the id as the primary key has it.
CREATE OR REPLACE VIEW {database}.log_contents_v1 {on_cluster} AS
SELECT
    l.project_id AS project_id,
    l.trace_id AS trace_key,
    lower(hex(l.trace_id)) AS trace_id,
    lower(hex(l.span_id)) AS span_id,
    argMaxIf(l.input, l.time, l.input != '') AS whole_input,
    argMaxIf(l.output, l.time, l.output != '') AS whole_output,
    argMaxIf(l.system_instructions, l.time, l.system_instructions != '') AS whole_system,
    argMaxIf(l.tool_definitions, l.time, l.tool_definitions != '') AS whole_tools,
    groupArrayIf((l.time, l.message), l.role_in_call = 'input' AND l.message != '') AS inputs,
    groupArrayIf((l.time, l.message), l.role_in_call = 'output' AND l.message != '') AS outputs,
    groupArrayIf((l.time, l.message), l.role_in_call = 'system' AND l.message != '') AS systems,
    if(empty(inputs), '', concat('[', arrayStringConcat(arrayMap(m -> m.2, arraySort(m -> m.1, inputs)), ','), ']')) AS input_messages,
    if(empty(outputs), '', concat('[', arrayStringConcat(arrayMap(m -> m.2, arraySort(m -> m.1, outputs)), ','), ']')) AS output_messages,
    arrayFlatten(arrayMap(m -> JSONExtractArrayRaw(m, 'parts'), JSONExtractArrayRaw(if(whole_output != '', whole_output, output_messages)))) AS output_parts,
    CAST(arrayDistinct(arrayMap(p -> JSONExtractString(p, 'name'), arrayFilter(p -> JSONExtractString(p, 'type') = 'tool_call', output_parts))), 'Array(LowCardinality(String))') AS called_tools,
    if(empty(systems), '', concat('[', arrayStringConcat(arrayMap(m -> m.2, arraySort(m -> m.1, systems)), ','), ']')) AS system_messages
FROM {log_events} AS l
GROUP BY l.project_id, l.trace_id, l.span_id;
