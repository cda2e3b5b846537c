import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceArrival } from './read-arrivals.ts'
import { createRecall } from './recall.ts'
import { createWatch } from './watch.ts'

const HOUR_MS = 3_600_000
const NOW_MS = 1_795_000_000_000

const arrival = (key: number, over: Partial<TraceArrival> = {}): TraceArrival => ({
  project: 'shop',
  trace: `t${key}`,
  key,
  busy: false,
  storedMs: NOW_MS,
  startMs: NOW_MS,
  told: 0,
  summaries: 0,
  logs: 0,
  responses: [],
  sessions: [],
  ...over,
})

/** What a watch that has run for an hour says of arrivals in turn. */
const concerns = (...arrivals: TraceArrival[]): (string | undefined)[] => {
  const watch = createWatch(NOW_MS - HOUR_MS)
  return arrivals.map((it) => {
    const { trace, concern } = watch.note(it, NOW_MS)
    return trace && concern
  })
}

describe('traces', () => {
  it('concern nobody with one call, and a look with more or with a summary', () => {
    expect(concerns(arrival(1), arrival(2, { told: 1 }))).toEqual([undefined, undefined])
    expect(concerns(arrival(1, { told: 2 }), arrival(2, { told: 1, summaries: 1 }))).toEqual(['new', 'new'])
  })

  it('are remembered: one call and then another make two', () => {
    expect(concerns(arrival(1, { told: 1 }), arrival(1), arrival(1, { told: 1 }), arrival(1))).toEqual([
      undefined,
      undefined,
      'known',
      'known',
    ])
  })

  it('are looked up when they began before anything is remembered', () => {
    const watch = createWatch(NOW_MS)
    const { trace, concern } = watch.note(arrival(1, { startMs: NOW_MS - 1 }), NOW_MS)
    expect([trace?.sinceMs, concern]).toEqual([undefined, 'sure'])
    // Also later, when the trace is known: what came before the start is not.
    expect(watch.note(arrival(1), NOW_MS).concern).toBe('sure')
    expect(watch.sinceMs(1)).toBeUndefined()
  })

  it('are sure to concern once something of them was settled', () => {
    const watch = createWatch(NOW_MS - HOUR_MS)
    watch.note(arrival(1, { told: 1 }), NOW_MS)
    watch.noteSettled(1, NOW_MS)
    expect(watch.note(arrival(1), NOW_MS).concern).toBe('sure')
    expect(watch.sinceMs(1)).toBe(NOW_MS)
  })

  it('are sure to concern when an earlier process settled something of them', () => {
    const watch = createWatch(NOW_MS - HOUR_MS, { settled: new Set([1]) })
    expect([1, 2].map((key) => watch.note(arrival(key, { told: 2 }), NOW_MS).concern)).toEqual(['sure', 'new'])
  })

  it('of a project with logs and spans of calls are sure to concern', () => {
    const logs = arrival(1, { told: 1, logs: 1, sessions: [9] })
    expect(concerns(logs, arrival(2, { sessions: [9] }), arrival(3, { told: 1 }))).toEqual([undefined, 'sure', 'sure'])
    expect(concerns(logs, arrival(2, { sessions: [8] }), arrival(3, { told: 1, project: 'lab' }))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('responses', () => {
  it('are asked for from the second row on, as long as they can name a call', () => {
    const watch = createWatch(NOW_MS - HOUR_MS)
    const asked = Array.from(
      { length: 70 },
      (_, i) => watch.note(arrival(i, { responses: [5] }), NOW_MS).responses.length,
    )
    expect(asked).toEqual([0, ...new Array(64).fill(1), ...new Array(5).fill(0)])
    expect(watch.response(5)).toEqual({ rows: 70, sinceMs: NOW_MS })
    expect(watch.response(6)).toBeUndefined()
  })

  it('of which older rows are known are looked for around their start', () => {
    const watch = createWatch(NOW_MS - HOUR_MS)
    watch.note(arrival(1, { responses: [5] }), NOW_MS)
    watch.noteOld(5, NOW_MS)
    expect(watch.response(5)).toEqual({ rows: 2, sinceMs: undefined })
  })
})

describe('recall', () => {
  it('forgets the oldest, never holds more than two generations, and says since when it is complete', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (keys) => {
        const capacity = 8
        const recall = createRecall(0, capacity)
        const last = new Map<number, number>()
        keys.forEach((key, i) => {
          const atMs = 1000 + i
          const before = recall.get(key)
          recall.set(key, { sinceMs: before?.sinceMs ?? atMs, tally: (before?.tally ?? 0) + 1 }, atMs)
          last.set(key, atMs)
          const held = [...last.keys()].filter((it) => recall.get(it) !== undefined)
          expect(held.length).toBeLessThanOrEqual(2 * capacity)
          // Whoever came since then is there.
          for (const [it, seenMs] of last) {
            if (seenMs >= recall.completeSinceMs()) expect([it, recall.get(it) !== undefined]).toEqual([it, true])
          }
        })
      }),
    )
  })
})
