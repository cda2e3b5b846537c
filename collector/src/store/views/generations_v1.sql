-- One row an LLM call: spans of kind 'generation' or 'embedding', with content from log records where the span has none.
-- Sum tokens and cost only where counts_usage = 1; for sums over much data read cost_v1, token_usage_v1 or spans_v1, which join nothing.
CREATE OR REPLACE VIEW {database}.generations_v1 {on_cluster} AS
SELECT * FROM {database}.span_details_v1 WHERE kind IN ('generation', 'embedding');
