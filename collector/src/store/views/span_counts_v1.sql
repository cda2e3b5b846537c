-- All spans by minute and group with every figure of the rollup: what values there are, how often, and a list of models or services with what each
-- took, without a look at the spans. All may be summed; states are merged, as in latency_states_v1. Usage is of calls that count.
CREATE OR REPLACE VIEW {database}.span_counts_v1 {on_cluster} AS
SELECT
    m.project_id AS project_id,
    m.minute AS time,
    m.kind AS kind,
    m.operation AS operation,
    m.provider AS provider,
    m.model AS model,
    m.environment AS environment,
    m.service_name AS service_name,
    m.error_type AS error_type,
    m.error_class AS error_class,
    m.spans AS spans,
    m.errors AS errors,
    m.latency_ms AS latency_state,
    m.first_token_spans AS first_token_spans,
    m.first_token_ms AS first_token_state,
    m.calls AS calls,
    m.input_tokens AS input_tokens,
    m.output_tokens AS output_tokens,
    m.cache_read_tokens AS cache_read_tokens,
    m.priced_calls AS priced_calls,
    m.cost_usd AS cost_usd
FROM {metrics_minute} AS m;
