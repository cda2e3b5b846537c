// Traces in; those in which some row may count otherwise than it did on arrival, out: told by the store, since most are as they should be.
import type { Store } from '../client.ts'
import { chunksOf, HAS_USAGE, IDS_AT_ONCE, LARGE, MAY_COUNT, TRACE_KEY, timeOf, timeOfMs } from './read-arrivals.ts'
import { among, type TraceRef } from './read-rows.ts'

/**
 * Right as it arrived: every row that may count is of a span of its own; no call lies above anything but leaves that tell nothing; and a
 * summary is alone at the top of one tree in which a call knows its usage.
 */
const IS_CALM = `countIf(told) = uniqExactIf(span_id, told)
  AND (countIf(usage_role = 'log') = 0 OR (countIf(told) = 1 AND countIf(usage_role = 'log' AND counts_usage = 0) = 0))
  AND empty(arrayIntersect(groupArrayIf(span_id, usage_role = 'call'), groupArrayIf(parent_span_id, told OR is_parent)))
  AND (countIf(told AND usage_role = 'summary') = 0 OR (
    countIf(told AND usage_role = 'summary') = 1 AND countIf(told AND usage_role = 'summary' AND is_root) = 1 AND countIf(is_root) = 1
    AND countIf(used AND usage_role = 'call') > 0 AND countIf(NOT is_held) = 0))`

/** Keys of the traces among the rows that `where` finds that are not calm. A row is held when its parent is there, or when it has none. */
const restlessOf = (where: string): string => `
  WITH found AS (
    SELECT project_id, trace_id, span_id, parent_span_id, usage_role, counts_usage, ${MAY_COUNT} AS told, ${HAS_USAGE} AS used,
      parent_span_id = toFixedString('', 8) AS is_root
    FROM spans WHERE ${where})
  SELECT ${TRACE_KEY} AS key FROM (
    SELECT project_id, trace_id, span_id, parent_span_id, usage_role, counts_usage, told, used, is_root,
      (trace_id, span_id) IN (SELECT trace_id, parent_span_id FROM found) AS is_parent,
      is_root OR (trace_id, parent_span_id) IN (SELECT trace_id, span_id FROM found) AS is_held
    FROM found)
  GROUP BY project_id, trace_id HAVING NOT (${IS_CALM})`

/** Of traces that began after `stored`, as far as they came. */
export async function readRestlessSince(store: Store, stored: string): Promise<Set<number>> {
  const since = `stored_time >= ${timeOf(stored)}`
  const rows = await store.select<{ key: number }>(
    restlessOf(`${since} AND (project_id, trace_id) IN (
      SELECT project_id, trace_id FROM spans WHERE ${since} AND ${MAY_COUNT}
      GROUP BY project_id, trace_id HAVING count() > 1 OR countIf(counts_usage = 0) > 0)`),
    {},
    LARGE,
  )
  return new Set(rows.map(({ key }) => key))
}

/** Of these traces. @param traces with `sinceMs` */
export async function readRestless(store: Store, traces: readonly TraceRef[]): Promise<TraceRef[]> {
  const restless: TraceRef[] = []
  const sorted = [...traces].sort((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0))
  for (const chunk of chunksOf(sorted, IDS_AT_ONCE)) {
    const where = `stored_time >= ${timeOfMs('sinceMs')} AND ${among(chunk)}`
    const rows = await store.select<{ key: number }>(restlessOf(where), { sinceMs: chunk[0]?.sinceMs ?? 0 }, LARGE)
    const keys = new Set(rows.map(({ key }) => key))
    restless.push(...chunk.filter(({ key }) => keys.has(key)))
  }
  return restless
}
