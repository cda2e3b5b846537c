// Limits -> the engine's server configuration (XML) and each statement's default settings.

/** What the engine may use; bytes. */
export interface EngineLimits {
  memoryLimitBytes: number
  maxThreads: number
}

const MIB = 2 ** 20

/** Applied to every statement under what the request asks for. The time limit is there because nobody may be waiting any more. */
export function defaultSettings(limits: EngineLimits): [string, string][] {
  return [
    ['implicit_select', '0'],
    ['max_execution_time', '60'],
    ['max_threads', String(limits.maxThreads)],
    ['max_memory_usage', String(Math.floor(limits.memoryLimitBytes * 0.6))],
    // Results are buffered whole: chDB's streaming runs part of the query on the event loop and breaks JSON into several documents.
    ['max_result_bytes', String(Math.min(256 * MIB, Math.floor(limits.memoryLimitBytes * 0.15)))],
    ['result_overflow_mode', 'throw'],
  ]
}

/** Small pools and caches: the stock server is sized for a machine of its own, this one shares two cores with the collector. */
export function serverConfigXml(limits: EngineLimits): string {
  const cacheBytes = Math.min(128 * MIB, Math.floor(limits.memoryLimitBytes * 0.05))
  const server = {
    max_server_memory_usage: limits.memoryLimitBytes,
    mark_cache_size: cacheBytes,
    primary_index_cache_size: cacheBytes,
    index_mark_cache_size: 8 * MIB,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    query_condition_cache_size: 8 * MIB,
    compiled_expression_cache_size: 16 * MIB,
    background_pool_size: 2,
    background_merges_mutations_concurrency_ratio: 2,
    background_schedule_pool_size: 4,
    background_common_pool_size: 2,
    background_move_pool_size: 1,
    background_fetches_pool_size: 1,
    max_thread_pool_size: 400,
    max_thread_pool_free_size: 8,
  }
  // A table refuses to load when these exceed the number of merge slots (2 x 2).
  const mergeTree = {
    number_of_free_entries_in_pool_to_execute_mutation: 1,
    number_of_free_entries_in_pool_to_lower_max_size_of_merge: 1,
    number_of_free_entries_in_pool_to_execute_optimize_entire_partition: 1,
    // Seconds: an erasure waits until what it took out is off the disk.
    cleanup_delay_period: 1,
    cleanup_delay_period_random_add: 0,
    max_cleanup_delay_period: 2,
  }
  return `<clickhouse>${elements(server)}<merge_tree>${elements(mergeTree)}</merge_tree></clickhouse>\n`
}

const elements = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')
