import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMetrics } from '../telemetry/metrics.ts'
import { createAccount } from './account.ts'
import type { DeadRecords, LedgerRow } from './types.ts'

function readBooks(metrics: ReturnType<typeof createMetrics>) {
  const text = metrics.render()
  return (name: string, labels = ''): number =>
    [...text.matchAll(new RegExp(`^insights_ledger_${name}(?:\\{([^}]*)\\})? (\\S+)$`, 'gm'))]
      .filter(([, found = '']) => found.includes(labels))
      .reduce((sum, [, , value]) => sum + Number(value), 0)
}

interface Sealed {
  rows: LedgerRow[]
  dead: DeadRecords[]
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('receive' as const),
    project: fc.constantFrom('a', 'b'),
    good: fc.nat(9),
    bad: fc.nat(3),
  }),
  fc.record({ kind: fc.constant('seal' as const), dead: fc.nat(4) }),
  fc.record({ kind: fc.constantFrom('settle' as const, 'fail' as const) }),
)

it('balances after every step, whatever is received, sealed, refused by the store or lost by the journal', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const metrics = createMetrics()
      const account = createAccount(metrics)
      let open: LedgerRow[] = []
      const sealed: Sealed[] = []
      let lost = 0
      for (const [minute, one] of steps.entries()) {
        if (one.kind === 'receive' && one.good + one.bad > 0) {
          const from = { project: one.project, receivedMs: minute * 60_000 }
          account.receive(from, 'traces', one.good + one.bad)
          const row = { project: one.project, minute, signal: 'traces' as const }
          if (one.good > 0) open.push({ ...row, outcome: 'stored', reason: '', records: one.good })
          if (one.bad > 0) open.push({ ...row, outcome: 'rejected', reason: 'trace_id', records: one.bad })
        } else if (one.kind === 'seal' && open.length > 0) {
          account.seal(open)
          const stored = open.find(({ outcome }) => outcome === 'stored')
          const records = Math.min(one.dead, stored?.records ?? 0)
          const dead = stored && records > 0 ? [{ ...stored, reason: 'TOO_WIDE', records }] : []
          sealed.push({ rows: open, dead })
          open = []
        } else if (one.kind === 'settle') {
          const next = sealed.shift()
          if (next) account.settle(next.rows, next.dead)
          lost += next?.dead.reduce((sum, { records }) => sum + records, 0) ?? 0
        } else if (one.kind === 'fail') {
          account.withdraw()
          open = []
        }
        const books = readBooks(metrics)
        const waiting = [...open, ...sealed.flatMap(({ rows }) => rows)].reduce((sum, { records }) => sum + records, 0)
        expect(books('pending_records')).toBe(waiting)
        expect(account.pending().reduce((sum, { records }) => sum + records, 0)).toBe(waiting)
        expect(books('records_total', 'dead_lettered')).toBe(lost)
        const settled = books('records_total')
        expect(books('received_records_total')).toBe(settled + waiting + books('withdrawn_records_total'))
      }
    }),
  )
})
