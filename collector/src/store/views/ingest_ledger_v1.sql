-- What became of what was received, one row a project, minute of receipt, signal and reason: received = stored + rejected + filtered + deduplicated
-- + dead_lettered. What the collector still has to store (pending) is not in here: it tells of that itself, in its metrics.
CREATE OR REPLACE VIEW {database}.ingest_ledger_v1 {on_cluster} AS
SELECT
    l.project_id AS project_id,
    l.minute AS minute,
    l.signal AS signal,
    l.reason AS reason,
    sum(l.records) AS received,
    sumIf(l.records, l.outcome = 'stored') AS stored,
    sumIf(l.records, l.outcome = 'rejected') AS rejected,
    sumIf(l.records, l.outcome = 'filtered') AS filtered,
    sumIf(l.records, l.outcome = 'deduplicated') AS deduplicated,
    sumIf(l.records, l.outcome = 'dead_lettered') AS dead_lettered
FROM {ingest_ledger} AS l
GROUP BY project_id, minute, signal, reason;
