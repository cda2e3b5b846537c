-- Each project's own prices in force, as the JSON that PUT /api/v1/prices last gave; earlier ones stay in the table.
CREATE OR REPLACE VIEW {database}.prices_v1 {on_cluster} AS
SELECT
    p.project_id AS project_id,
    max(p.version) AS version,
    argMax(p.document, p.version) AS document,
    argMax(p.changed_time, p.version) AS changed_time
FROM {prices} AS p
GROUP BY p.project_id;
