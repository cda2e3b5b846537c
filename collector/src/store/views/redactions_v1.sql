-- What was taken out of telemetry before it was written: how many places, by project, rule and minute.
CREATE OR REPLACE VIEW {database}.redactions_v1 {on_cluster} AS
SELECT
    r.project_id AS project_id,
    toStartOfMinute(r.time) AS time,
    r.rule AS rule,
    sum(r.replaced) AS replaced
FROM {redactions} AS r
GROUP BY project_id, time, rule;
