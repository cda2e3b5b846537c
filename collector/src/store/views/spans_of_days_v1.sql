-- spans_v1 of the days first_day … last_day, with the session, user and tags that a span has none of by itself and its trace has. It adds up the
-- traces of those days: for groups by these columns; where a span's own values will do, spans_v1 costs less.
CREATE OR REPLACE VIEW {database}.spans_of_days_v1 {on_cluster} AS
SELECT
    s.* REPLACE (
        if(s.session_id != '', s.session_id, t.session_id) AS session_id,
        if(s.user_id != '', s.user_id, t.user_id) AS user_id,
        if(notEmpty(s.tags), CAST(s.tags, 'Array(String)'), t.tags) AS tags
    )
FROM {database}.spans_v1 AS s
ANY LEFT JOIN
(
    SELECT d.project_id AS project_id, d.trace_id AS trace_id, d.session_id AS session_id, d.user_id AS user_id, d.tags AS tags
    FROM {database}.traces_of_days_v1(first_day = {first_day:Date}, last_day = {last_day:Date}) AS d
    WHERE d.session_id != '' OR d.user_id != '' OR notEmpty(d.tags)
) AS t ON t.project_id = s.project_id AND t.trace_id = s.trace_id
WHERE toDate(s.start_time) >= {first_day:Date} AND toDate(s.start_time) <= {last_day:Date};
