-- The same over all days; filter on project_id and day.
CREATE OR REPLACE VIEW {database}.unmapped_attributes_v1 {on_cluster} AS
SELECT * FROM {database}.unmapped_attributes_of_days_v1(first_day = '1970-01-01', last_day = '2149-06-06');
