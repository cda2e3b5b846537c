-- since 26.2: index of words; full-text search reads the content of every span in the range
-- Which rows have which word in their content, exactly. The text is that of `searchable` in query/text-search.ts, letter for letter: only then is the
-- index found, and a part without it is read instead, with the same answer. Built as parts are merged (settings.ts).
ALTER TABLE {database}.spans {on_cluster}
    ADD INDEX IF NOT EXISTS input_words lower(replaceAll(input, '\\n', '  ')) TYPE text(tokenizer = splitByNonAlpha),
    ADD INDEX IF NOT EXISTS output_words lower(replaceAll(output, '\\n', '  ')) TYPE text(tokenizer = splitByNonAlpha);
-- Of what is there already: it goes on while spans come in.
ALTER TABLE {database}.spans {on_cluster} MATERIALIZE INDEX input_words, MATERIALIZE INDEX output_words;
