-- Scores by day, name, model and prompt version, over all days. For a range of time over much data use feedback_of_days_v1.
CREATE OR REPLACE VIEW {database}.feedback_v1 {on_cluster} AS
SELECT * FROM {database}.feedback_of_days_v1(first_day = '1970-02-01', last_day = '2149-06-05');
