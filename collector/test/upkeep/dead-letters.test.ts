// Rows that the table will not take: found by trace, listed, loaded again exactly once, dropped; and the ledger follows each step.
import { expect, it } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { runCli } from '../run-cli.ts'
import { storedSpans } from '../stored.ts'

const collector = useCollector()

interface Where {
  spans: number
  stored: { table: string; day: string; rows: number; batch_id: string }[]
  pending: { requests: number; complete: boolean } | null
  dead_letters: { file: string; error: string; row: number }[]
}

const mixed = (traceId: string, poison: number): Uint8Array =>
  request(
    ...[1, 2, 3, 4].map((n) =>
      span({
        traceId,
        spanId: spanIdOf(n),
        name: n <= poison ? 'poison' : 'good',
        startUnixNano: NOW_NANO,
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': 'secret words' },
      }),
    ),
  )

async function refuse(traceId: string, poison: number): Promise<string> {
  await collector().sql(`ALTER TABLE insights.spans ADD CONSTRAINT sober CHECK name != 'poison'`)
  expect((await collector().post(mixed(traceId, poison))).status).toBe(200)
  const found = await eventually('a dead letter', async () => {
    const { dead_letters } = await collector().api<Where>(`/api/v1/where/${traceId}`)
    return dead_letters.length === poison ? dead_letters : undefined
  })
  expect(new Set(found.map(({ error }) => error))).toEqual(new Set(['VIOLATED_CONSTRAINT']))
  return found[0]?.file ?? ''
}

const heal = (): Promise<unknown> => collector().sql('ALTER TABLE insights.spans DROP CONSTRAINT sober')

const ledger = async (): Promise<unknown> => {
  const [row] = await collector().sql(
    'SELECT sum(received) AS received, sum(stored) AS stored, sum(dead_lettered) AS dead_lettered FROM ingest_ledger_v1',
  )
  return row
}

it('replays dead letters once, however often it is asked, and says where they are meanwhile', async () => {
  const traceId = traceIdOf('replayed')
  const file = await refuse(traceId, 2)
  await eventually(
    'the ledger',
    async () => (await collector().sql('SELECT 1 FROM ingest_ledger LIMIT 3')).length > 2 || undefined,
  )
  expect(await ledger()).toEqual({ received: 4, stored: 2, dead_lettered: 2 })
  const where = await runCli<Where>(collector(), 'where', traceId)
  expect(where).toMatchObject({ code: 0, result: { spans: 2, pending: { requests: 0, complete: true } } })
  expect(where.result.stored).toMatchObject([{ table: 'spans', rows: 2 }])

  const list = await runCli<object[]>(collector(), 'deadletter', 'list')
  expect(list).toMatchObject({ code: 0, result: [{ file, rows: 2, errors: { VIOLATED_CONSTRAINT: 2 } }] })
  const show = await runCli<object[]>(collector(), 'deadletter', 'show', file)
  expect(show).toMatchObject({ code: 0, result: [{ error: 'VIOLATED_CONSTRAINT' }, { error: 'VIOLATED_CONSTRAINT' }] })
  expect(JSON.stringify(show)).not.toContain('secret')

  const refusedAgain = await runCli<object[]>(collector(), 'deadletter', 'replay', file)
  expect(refusedAgain).toMatchObject({ code: 1, result: [{ replayed: 0, refused: 2 }] })
  await heal()
  const replayed = await runCli<object[]>(collector(), 'deadletter', 'replay', '--all')
  expect(replayed).toMatchObject({ code: 0, result: [{ file, replayed: 2, refused: 0 }] })
  expect(await storedSpans(collector(), traceId, 4)).toHaveLength(4)
  expect(await collector().sql('SELECT sum(spans) AS spans FROM metrics_minute')).toEqual([{ spans: 4 }])
  expect(await ledger()).toEqual({ received: 4, stored: 4, dead_lettered: 0 })

  expect(await runCli(collector(), 'deadletter', 'replay', file)).toMatchObject({ code: 1 })
  expect(await runCli(collector(), 'deadletter', 'list')).toMatchObject({ code: 0, result: [] })
  const answer = await collector().api<{ data: { received: number }[]; pending: unknown[] }>('/api/v1/ledger')
  expect(answer.data.reduce((sum, { received }) => sum + received, 0)).toBe(4)
  expect(answer.pending).toEqual([])
})

it('drops dead letters only when that is said to be meant', async () => {
  const file = await refuse(traceIdOf('dropped'), 1)
  await heal()
  const asked = await runCli(collector(), 'deadletter', 'drop', file)
  expect(asked.code).toBe(1)
  expect(asked.err).toContain('--yes')
  expect(await runCli(collector(), 'deadletter', 'drop', file, '--yes')).toMatchObject({
    code: 0,
    result: { dropped: 1 },
  })
  expect(await runCli(collector(), 'where', traceIdOf('dropped'))).toMatchObject({
    result: { spans: 3, dead_letters: [] },
  })
})

it('lets nobody at the dead letters who does not have the key of the operator', async () => {
  for (const path of ['/operator/deadletters', '/operator/deadletters/spans-x.jsonl']) {
    expect((await fetch(collector().doors.api + path)).status).toBe(401)
  }
})

it('says of a trace that nobody knows that it is nowhere', async () => {
  const nowhere = await runCli<Where>(collector(), 'where', traceIdOf('nowhere'))
  expect(nowhere).toMatchObject({
    code: 1,
    result: { spans: 0, stored: [], dead_letters: [], pending: { requests: 0 } },
  })
  expect((await runCli(collector(), 'where', 'abc')).err).toContain('trace_id')
})
