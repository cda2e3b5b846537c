import { expect, it } from 'vitest'
import { Tally } from './tally.ts'

const MINUTE = 60_000

it('counts by project, minute of receipt, outcome and reason, in the order in which they came', () => {
  const tally = new Tally()
  const rejected = new Map([
    ['trace_id', 2],
    ['not_gen_ai', 3],
  ])
  tally.add({ project: 'a', receivedMs: 5 * MINUTE }, 'traces', { stored: 4, resent: 1, rejected: new Map() })
  tally.add({ project: 'b', receivedMs: 5 * MINUTE }, 'logs', { stored: 0, resent: 0, rejected })
  tally.add({ project: 'a', receivedMs: 6 * MINUTE - 1 }, 'traces', { stored: 6, resent: 0, rejected: new Map() })
  tally.add({ project: 'a', receivedMs: 6 * MINUTE }, 'traces', { stored: 1, resent: 0, rejected: new Map() })
  const a = { project: 'a', signal: 'traces' }
  const b = { project: 'b', signal: 'logs', minute: 5 }
  expect(tally.rows()).toEqual([
    { ...a, minute: 5, outcome: 'stored', reason: '', records: 10 },
    { ...a, minute: 5, outcome: 'deduplicated', reason: 'resent', records: 1 },
    { ...b, outcome: 'rejected', reason: 'trace_id', records: 2 },
    { ...b, outcome: 'filtered', reason: 'not_gen_ai', records: 3 },
    { ...a, minute: 6, outcome: 'stored', reason: '', records: 1 },
  ])
  tally.clear()
  expect(tally.rows()).toEqual([])
})
