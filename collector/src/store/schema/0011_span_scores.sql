-- Judgements that a span bears: an annotation span, an evaluator's result, evaluation events. Each is a JSON object of name, value, label, explanation.
ALTER TABLE {database}.spans {on_cluster}
    ADD COLUMN IF NOT EXISTS scores Array(String) CODEC(ZSTD(1)) AFTER content_keys;
