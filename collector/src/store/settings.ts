// The ClickHouse settings of every statement, said out loud: defaults changed under us before (26.2: async inserts, deduplication).

export type Settings = Record<string, string | number>

/** What decides how values are read and shown. */
export const BASE_SETTINGS: Settings = {
  session_timezone: 'UTC',
  date_time_input_format: 'best_effort',
  date_time_output_format: 'simple',
  // Counts and tokens stay below 2^53; money must not become a float.
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  wait_end_of_query: 1,
}

export const READ_SETTINGS: Settings = {
  // 2, not 1: the limits themselves are settings.
  readonly: 2,
  result_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
}

/** Words are indexed as parts are merged, so that no insert waits for it; a part without the index is read. */
export const INDEXES_BUILT_BY_MERGES = ['input_words', 'output_words'] as const

/**
 * An insert that is all or nothing and, under its token, at most once in the table and in every rollup.
 * @param known settings that the server has; undefined = all
 */
export function insertSettings(token: string, known: ReadonlySet<string> | undefined): Settings {
  const settings: Settings = {
    async_insert: 0,
    wait_end_of_query: 1,
    insert_deduplicate: 1,
    deduplicate_insert: 'enable',
    deduplicate_blocks_in_dependent_materialized_views: 1,
    insert_deduplication_token: token,
    // A rollup that fails must fail the insert: the retry then fills it.
    materialized_views_ignore_errors: 0,
    // One block in, one block through every rollup: the token names blocks by their place, so they must not be cut anew.
    max_insert_block_size: '1000000000',
    max_block_size: '1000000000',
    min_insert_block_size_rows: 0,
    min_insert_block_size_bytes: 0,
    max_partitions_per_insert_block: 1,
    throw_on_max_partitions_per_insert_block: 1,
    // The same rows then come out of a rollup in the same order each time.
    max_threads: 1,
    max_insert_threads: 1,
    group_by_two_level_threshold: 0,
    group_by_two_level_threshold_bytes: 0,
    parallel_view_processing: 0,
    exclude_materialize_skip_indexes_on_insert: INDEXES_BUILT_BY_MERGES.join(', '),
    session_timezone: 'UTC',
  }
  if (known === undefined) return settings
  // wait_end_of_query is of the HTTP interface and is in no list.
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => known.has(name) || name === 'wait_end_of_query'),
  )
}
