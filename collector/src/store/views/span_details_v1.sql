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
ANY LEFT JOIN {database}.log_contents_v1 AS e ON e.project_id = s.project_id AND e.trace_id = s.trace_id AND e.span_id = s.span_id;
