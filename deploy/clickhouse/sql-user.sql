-- The user that reads for POST /api/v1/sql on a ClickHouse of yours: a second and a third wall behind the collector's parser.
-- Run it once as an administrator, after the collector has made its tables; then give the collector sql.username and sql.password.
--
-- The server must take settings that begin with SQL_ (<custom_settings_prefixes>SQL_</custom_settings_prefixes>, as its stock config.xml has).
-- In a cluster add ON CLUSTER to each statement, and repeat the policies for the tables …_distributed.

CREATE SETTINGS PROFILE IF NOT EXISTS insights_sql SETTINGS
    -- 2: the collector may lower limits and say which project; a query's text never carries settings, for the collector writes it itself
    readonly = 2,
    max_execution_time = 20 MIN 1 MAX 600,
    max_memory_usage = 536870912 MIN 1 MAX 4000000000,
    max_rows_to_read = 200000000 MIN 1 MAX 100000000000,
    max_threads = 1 MIN 1 MAX 8,
    max_result_rows = 10001 MIN 1 MAX 1000001,
    max_concurrent_queries_for_user = 8 CONST,
    allow_ddl = 0 CONST,
    allow_introspection_functions = 0 CONST,
    -- nobody's project, so that a policy has something to compare with when no project was named
    SQL_insights_project = '';

CREATE USER IF NOT EXISTS insights_sql IDENTIFIED WITH sha256_password BY 'change me' SETTINGS PROFILE 'insights_sql';

-- Views run with the rights of who asks, so their tables are granted too; the policies below hold both.
GRANT SELECT ON insights.spans TO insights_sql;
GRANT SELECT ON insights.log_events TO insights_sql;
GRANT SELECT ON insights.traces TO insights_sql;
GRANT SELECT ON insights.metrics_minute TO insights_sql;
GRANT SELECT ON insights.scores TO insights_sql;
GRANT SELECT ON insights.settlements TO insights_sql;
GRANT SELECT ON insights.redactions TO insights_sql;
GRANT SELECT ON insights.spans_v1 TO insights_sql;
GRANT SELECT ON insights.spans_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.span_details_v1 TO insights_sql;
GRANT SELECT ON insights.log_contents_v1 TO insights_sql;
GRANT SELECT ON insights.generations_v1 TO insights_sql;
GRANT SELECT ON insights.traces_v1 TO insights_sql;
GRANT SELECT ON insights.traces_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.sessions_v1 TO insights_sql;
GRANT SELECT ON insights.sessions_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.sessions_of_ids_v1 TO insights_sql;
GRANT SELECT ON insights.users_v1 TO insights_sql;
GRANT SELECT ON insights.users_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.users_of_ids_v1 TO insights_sql;
GRANT SELECT ON insights.scores_v1 TO insights_sql;
GRANT SELECT ON insights.feedback_v1 TO insights_sql;
GRANT SELECT ON insights.feedback_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.total_traces_v1 TO insights_sql;
GRANT SELECT ON insights.total_traces_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.latency_v1 TO insights_sql;
GRANT SELECT ON insights.latency_states_v1 TO insights_sql;
GRANT SELECT ON insights.token_usage_v1 TO insights_sql;
GRANT SELECT ON insights.cost_v1 TO insights_sql;
GRANT SELECT ON insights.error_rate_v1 TO insights_sql;
GRANT SELECT ON insights.span_counts_v1 TO insights_sql;
GRANT SELECT ON insights.cache_hit_rate_v1 TO insights_sql;
GRANT SELECT ON insights.redactions_v1 TO insights_sql;
GRANT SELECT ON insights.settlements_v1 TO insights_sql;
GRANT SELECT ON insights.trace_parts_v1 TO insights_sql;
GRANT SELECT ON insights.unpriced_v1 TO insights_sql;
GRANT SELECT ON insights.unmapped_attributes_v1 TO insights_sql;
GRANT SELECT ON insights.unmapped_attributes_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.reported_vs_counted_v1 TO insights_sql;
GRANT SELECT ON insights.reported_vs_counted_of_days_v1 TO insights_sql;
GRANT SELECT ON insights.reported_vs_counted_of_trace_v1 TO insights_sql;

-- Who has no policy goes on reading all rows: users_without_row_policies_can_read_rows, which is on unless switched off.
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.spans USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.log_events USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.traces USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.metrics_minute USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.scores USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.settlements USING project_id = getSetting('SQL_insights_project') TO insights_sql;
CREATE ROW POLICY IF NOT EXISTS insights_sql_project ON insights.redactions USING project_id = getSetting('SQL_insights_project') TO insights_sql;
