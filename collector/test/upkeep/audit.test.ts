// What slipped through in a running collector: an insert that is gone, a span twice, a rollup that lost a day; found and repaired by the command.
import { expect, it } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { runCli } from '../run-cli.ts'
import { storedSpans } from '../stored.ts'

const collector = useCollector()

interface Audit {
  batches: number
  findings: { reason: string; count: number; repaired: boolean }[]
}

const spans = (name: string, count: number): Uint8Array =>
  request(
    ...Array.from({ length: count }, (_, n) =>
      span({ traceId: traceIdOf(name), spanId: spanIdOf(n + 1), name, startUnixNano: NOW_NANO }),
    ),
  )

const count = async (): Promise<unknown> => {
  const sums = ['traces', 'metrics_minute', 'metrics_hour'].map(
    (table) => `(SELECT sum(spans) FROM ${table}) AS ${table}`,
  )
  return (await collector().sql(`SELECT (SELECT count() FROM spans) AS spans, ${sums.join(', ')}`))[0]
}

const ledger = async (): Promise<number> => {
  const [row] = await collector().sql<{ stored: number }>('SELECT sum(stored) AS stored FROM ingest_ledger_v1')
  return row?.stored ?? 0
}
const storedInLedger = (records: number): Promise<boolean> =>
  eventually('the ledger', async () => (await ledger()) === records || undefined)

it('finds what slipped through with exit code 1, repairs it with 0, and finds nothing then', async () => {
  await collector().post(spans('gone', 7))
  await storedSpans(collector(), traceIdOf('gone'), 7)
  await collector().post(spans('kept', 5))
  await storedSpans(collector(), traceIdOf('kept'), 5)
  await storedInLedger(12)
  expect(await runCli<Audit>(collector(), 'audit')).toMatchObject({ code: 0, result: { findings: [] } })

  await collector().sql(`DELETE FROM insights.spans WHERE trace_id = unhex('${traceIdOf('gone')}')`)
  await collector().sql(
    `INSERT INTO insights.spans SELECT * REPLACE(toFixedString('another insert..', 16) AS batch_id) FROM insights.spans WHERE trace_id = unhex('${traceIdOf('kept')}')`,
  )
  await collector().sql('TRUNCATE TABLE insights.metrics_minute')

  const found = await runCli<Audit>(collector(), 'audit')
  expect(found.code).toBe(1)
  expect(found.result.findings).toMatchObject([
    { reason: 'duplicate_spans', count: 5, repaired: false },
    { reason: 'rollups_differ', repaired: false },
    { reason: 'missing_batches', count: 1, repaired: false },
  ])
  const repaired = await runCli<Audit>(collector(), 'audit', '--repair')
  expect(repaired.code).toBe(0)
  expect(repaired.result.findings.map(({ reason, count }) => [reason, count])).toEqual([
    ['duplicate_spans', 5],
    ['missing_batches', 1],
  ])
  expect(await count()).toEqual({ spans: 12, traces: 12, metrics_minute: 12, metrics_hour: 12 })
  expect(await storedSpans(collector(), traceIdOf('gone'), 7)).toHaveLength(7)
  expect(await runCli<Audit>(collector(), 'audit', '--repair')).toMatchObject({ code: 0, result: { findings: [] } })
  const metrics = await (await fetch(`${collector().doors.api}/metrics`)).text()
  expect(metrics).toContain('insights_audit_findings_total{reason="missing_batches",repaired="yes"} 1')
})

it('takes a partition that somebody dropped for a loss while the journal has it, and leaves it dropped from then on', async () => {
  const startUnixNano = NOW_NANO - 5n * 86_400_000_000_000n
  const day = new Date(Number(startUnixNano / 1_000_000n)).toISOString().slice(0, 10)
  const old = span({ traceId: traceIdOf('old'), spanId: spanIdOf(1), startUnixNano })
  const before = await ledger()
  await collector().post(request(old))
  await storedSpans(collector(), traceIdOf('old'), 1)
  await storedInLedger(before + 1)
  const drop = async (): Promise<void> => {
    for (const table of ['spans', 'traces', 'metrics_minute'])
      await collector().sql(`ALTER TABLE insights.${table} DROP PARTITION '${day}'`)
  }
  const repair = async () => (await runCli<Audit>(collector(), 'audit', '--repair')).result.findings
  const left = async (): Promise<number> => (await storedSpans(collector(), traceIdOf('old'), 0)).length

  await drop()
  expect(await repair()).toMatchObject([{ reason: 'missing_batches', count: 1, repaired: true }])
  expect(await left()).toBe(1)

  // An erasure lets the journal go at once, as ten minutes do.
  await runCli(collector(), 'erase', '--trace', traceIdOf('nobody'), '--yes')
  await drop()
  expect(await repair()).toEqual([])
  expect(await left()).toBe(0)
})
