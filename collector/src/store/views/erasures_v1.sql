-- Receipts of erasures: whose is said by a keyed hash only. traces are those still remembered; counts is JSON, '' while it is under way.
CREATE OR REPLACE VIEW {database}.erasures_v1 {on_cluster} AS
SELECT
    e.project_id AS project_id,
    e.erasure_id AS erasure_id,
    max(e.time) AS time,
    any(e.subject_kind) AS subject_kind,
    any(e.subject_hash) AS subject_hash,
    toUInt64(uniqExactArray(e.traces)) AS traces,
    max(e.counts) AS counts
FROM {erasures} AS e
GROUP BY e.project_id, e.erasure_id;
