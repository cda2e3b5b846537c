// Rows for the benchmark of reads, made in SQL: calls of agents over thirty days, with sessions, users, attributes and words to look for.
import type { Store } from '../collector/src/store/client.ts'
import { INDEXES_BUILT_BY_MERGES } from '../collector/src/store/settings.ts'

export const PROJECT = 'default'
export const DAYS = 30
export const SPANS_OF_TRACE = 4
/** Distinct values of the attribute that the benchmark looks for. */
export const ORDERS = 200_000
const ROWS_AT_ONCE = 250_000
const DAY_MS = 86_400_000

/** Midnight after the last row. */
export const END_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS
const startMs = (): number => END_MS - DAYS * DAY_MS

export const traceIdOf = (trace: number): string => `hex(cityHash64(${trace}, 1))`

/** `number` counts spans in order of time; four are a trace, ten traces a session. */
const fill = (from: number, rows: number, all: number): string => `
  INSERT INTO insights.spans (project_id, day, batch_id, received_time, retention_days, trace_id, span_id, parent_span_id, start_time, duration_ns,
    name, status_code, service_name, environment, scope_name, kind, dialect, operation, provider, request_model, response_id, session_id, user_id,
    agent_name, tool_name, prompt_name, prompt_version, tags, finish_reasons, counts_usage, usage_role, usage_rule, input_tokens, output_tokens,
    cache_read_tokens, cost_usd, input_cost_usd, output_cost_usd, cost_source, time_to_first_token_ns, error_type, error_class, error_message,
    error_fingerprint, input_preview, output_preview, input, output, attributes, resource_attributes)
  WITH intDiv(number, ${SPANS_OF_TRACE}) AS trace, number % ${SPANS_OF_TRACE} AS place, place = 0 AS is_root, place IN (1, 3) AS is_call,
    cityHash64(number) AS chance, chance % 100 < 3 AS failed,
    arrayStringConcat(arrayMap(i -> concat('w', toString(cityHash64(number, i) % 20000)), range(24)), ' ') AS words,
    toDateTime64(${startMs() / 1000}, 9, 'UTC') + toIntervalMicrosecond(toInt64(number * ${(DAYS * DAY_MS * 1000) / all})) AS started
  SELECT '${PROJECT}', toDate(started), toFixedString(unhex(leftPad(hex(intDiv(number, 20000)), 32, '0')), 16), now64(3), 400,
    toFixedString(unhex(leftPad(hex(cityHash64(trace, 1)), 32, '0')), 16), reinterpretAsFixedString(cityHash64(number, 2)),
    if(is_root, toFixedString('', 8), reinterpretAsFixedString(cityHash64(trace * ${SPANS_OF_TRACE}, 2))), started, 1000000 * (20 + chance % 4000),
    if(is_root, 'answer', if(is_call, 'chat', 'lookup')), if(failed, 2, 1), concat('svc', toString(trace % 5)), if(trace % 10 = 0, 'dev', 'prod'), 'app',
    if(is_root, 'agent', if(is_call, 'generation', 'tool')), 'otel-gen-ai', if(is_call, 'chat', ''), if(is_call, ['openai', 'anthropic'][1 + trace % 2], ''),
    if(is_call, if(trace % 2 = 0, ['gpt-4o-mini', 'gpt-4o', 'gpt-5'], ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5'])[1 + intDiv(trace, 2) % 3], ''),
    if(is_call, concat('resp-', hex(chance)), ''), if(is_root, concat('s', toString(intDiv(trace, 10))), ''), if(is_root, concat('u', toString(trace % 20000)), ''),
    if(is_root, 'support', ''), if(place = 2, ['search', 'orders', 'refund'][1 + chance % 3], ''), if(is_call, 'reply', ''), if(is_call, toString(1 + trace % 4), ''),
    if(is_root AND trace % 50 = 0, ['beta'], []), if(is_call, ['stop'], []), toUInt8(is_call), if(is_call, 'call', ''), if(is_call, 'declared_inclusive', ''),
    if(is_call, 100 + chance % 3000, NULL), if(is_call, chance % 400, NULL), if(is_call AND number % 3 = 0, chance % 100, NULL),
    if(is_call, toDecimal64(chance % 20000, 12) / 1000000, NULL), if(is_call, toDecimal64(chance % 10000, 12) / 1000000, NULL),
    if(is_call, toDecimal64(chance % 10000, 12) / 1000000, NULL), if(is_call, 'computed', ''), if(is_call, 200000000 + chance % 500000000, NULL),
    if(failed, ['rate_limit', 'timeout', 'server_error'][1 + chance % 3], ''), if(failed, ['rate_limit', 'timeout', 'server_error'][1 + chance % 3], ''),
    if(failed, concat('failed after ', toString(chance % 1000), ' ms'), ''), if(failed, 'failed after # ms', ''), substring(words, 1, 100), substring(words, 50, 100),
    if(place = 2, '', concat('[{"role":"user","parts":[{"type":"text","content":"', words, if(chance % 50000 = 7, ' quixotic', ''), '"}]}]')),
    if(place = 2, '', concat('[{"role":"assistant","parts":[{"type":"text","content":"', substring(words, 40), '"}]}]')),
    map('http.route', concat('/r/', toString(chance % 50)), 'order.id', concat('o', toString(cityHash64(trace, 9) % ${ORDERS})), 'app.tier', ['gold', 'free'][1 + trace % 2]),
    map('service.name', concat('svc', toString(trace % 5)), 'host.name', concat('h', toString(trace % 20)))
  FROM numbers(${from}, ${rows})`

const UNDEDUPLICATED = {
  insert_deduplicate: 0,
  async_insert: 0,
  exclude_materialize_skip_indexes_on_insert: INDEXES_BUILT_BY_MERGES.join(', '),
}

/** Rollups are filled by their views as in production; merges go on meanwhile. */
export async function fillRows(store: Store, rows: number, onPart: (done: number) => void): Promise<void> {
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    await store.command(fill(from, Math.min(ROWS_AT_ONCE, rows - from), rows), {}, UNDEDUPLICATED)
    onPart(Math.min(rows, from + ROWS_AT_ONCE))
  }
}

/** One more batch of the last day, as ingest writes them. */
export const fillMore = (store: Store, rows: number, all: number, batch: number): Promise<void> =>
  store.command(fill(all - rows - (batch % 30) * rows, rows, all), {}, UNDEDUPLICATED)

/** Days that are over, each into one part, as a running engine has it a day later. @returns days that were merged */
export async function mergeDays(store: Store): Promise<number> {
  const parts = await store.select<{ table: string; partition: string }>(
    `SELECT table, partition FROM system.parts WHERE active AND database = 'insights' AND table IN ('spans', 'traces') AND partition < toString(yesterday())
     GROUP BY table, partition HAVING count() > 1 ORDER BY table, partition`,
  )
  for (const { table, partition } of parts)
    await store.command(`OPTIMIZE TABLE insights.${table} PARTITION '${partition}' FINAL`)
  return parts.length
}
