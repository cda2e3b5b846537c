-- Every span with its content wherever it travelled: input, output, system_instructions, tool_definitions and tool_names come from the span, or else from
-- its log records (a details event carries whole arrays; single messages are put together in order of time).
-- Joined on the hex ids, so that a filter on trace_id reaches both sides. It looks at the keys of the log records, even where no content is asked for:
-- right for one trace or a page of spans; lists and sums read spans_v1.
CREATE OR REPLACE VIEW {database}.span_details_v1 {on_cluster} AS
SELECT
    s.* EXCEPT (counted_at_arrival) REPLACE (
        if(s.input != '', s.input, if(e.whole_input != '', e.whole_input, e.input_messages)) AS input,
        if(s.output != '', s.output, if(e.whole_output != '', e.whole_output, e.output_messages)) AS output,
        if(s.system_instructions != '', s.system_instructions, if(e.whole_system != '', e.whole_system, e.system_messages)) AS system_instructions,
        if(s.tool_definitions != '', s.tool_definitions, e.whole_tools) AS tool_definitions,
        if(notEmpty(s.tool_names) OR s.output != '', s.tool_names, e.called_tools) AS tool_names
    )
FROM {database}.spans_v1 AS s
ANY LEFT JOIN
(
    SELECT
        l.project_id AS project_id,
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
    GROUP BY l.project_id, l.trace_id, l.span_id
) AS e ON e.project_id = s.project_id AND e.trace_id = s.trace_id AND e.span_id = s.span_id;
