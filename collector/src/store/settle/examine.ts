// Traces and responses in; what has to change for each call to count once, out.
import type { Store } from '../client.ts'
import { type Circle, newCircle, nextTraces, toExamined } from './circle.ts'
import type { ResponseRef } from './read-calls.ts'
import { readRows, type TraceRef } from './read-rows.ts'
import type { Watch } from './watch.ts'
import type { Change } from './write-settlements.ts'

export interface Examined {
  changes: Change[]
  /** Days of every row that was looked at, since 1970. */
  days: Set<number>
  traces: number
}

export interface Concerned {
  traces: TraceRef[]
  responses: ResponseRef[]
}

/** Traces that share calls are followed until so many rows are in hand; beyond, only the shared calls are decided. */
const MAX_FOLLOWED_ROWS = 50_000
const MAX_ROUNDS = 8

export async function examine(store: Store, watch: Watch, start: Concerned): Promise<Examined> {
  const circle: Circle = newCircle()
  let next: Concerned = start
  for (let round = 1; round <= MAX_ROUNDS && next.traces.length + next.responses.length > 0; round++) {
    for (const { key } of next.traces) circle.traces.add(key)
    const rows = await readRows(store, next.traces)
    for (const row of rows) circle.rows.push(row)
    if (round > 1 && circle.rows.length > MAX_FOLLOWED_ROWS) break
    const traces = await nextTraces(store, circle, { watch, rows, responses: next.responses })
    next = { traces, responses: [] }
  }
  return toExamined(circle)
}
