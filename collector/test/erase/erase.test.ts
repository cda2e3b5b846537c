// The promise of erasure: after it no byte of a user is in a table, a part that no table has any more, the journal, its quarantine, the dead letters or
// the log, others are as they were, and nothing comes back: not by a resend, not by a kill, not out of the journal.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { ordersIn } from '../../src/app-erase-orders.ts'
import { ERASED_TABLES } from '../../src/store/erase/subject.ts'
import { COUNTS_OF_TRACES, ROLLUPS } from '../../src/store/rebuild.ts'
import { CollectorProcess, eventually, type RunningCollector, withDataDir } from '../collector-process.ts'
import { filesWith, tablesWith } from '../guard/data-files.ts'
import { columnFilesWith } from '../guard/engine-files.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { runCli } from '../run-cli.ts'
import { storedSpans } from '../stored.ts'

interface Receipt {
  erasure_id?: string
  subject_kind: string
  subject_hash: string
  traces: number
  counts: Record<string, { before: number; after: number }>
}

/** In every text of the user that goes, and of the one that stays. */
const GONE = 'canarygone7Q2x'
const KEPT = 'canarykept9Z4w'
const ENV = { INSIGHTS_LOG_LEVEL: 'debug', INSIGHTS_BATCH_MAX_DELAY_MS: '20' }
const YESTERDAY_NANO = NOW_NANO - 86_400_000_000_000n

const messages = (mark: string): string =>
  JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: `${mark} asks something` }] }])

/** Two spans today and one yesterday; only the first names the user. */
const traceOf = (mark: string, name: string): Uint8Array => {
  const traceId = traceIdOf(name)
  const call = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.input.messages': messages(mark),
    'gen_ai.output.messages': messages(mark),
    [`app.${mark}`]: mark,
  }
  return request(
    span({
      ...{ traceId, spanId: spanIdOf(1), name: `root ${mark}` },
      attributes: { 'user.id': `user-${mark}`, 'session.id': `session-${mark}` },
    }),
    span({ traceId, spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: `chat ${mark}`, attributes: call }),
    span({ traceId, spanId: spanIdOf(3), name: `old ${mark}`, startUnixNano: YESTERDAY_NANO, attributes: call }),
  )
}

const poisonOf = (mark: string): Uint8Array =>
  request(
    span({
      ...{ traceId: traceIdOf(`poison ${mark}`), spanId: spanIdOf(1), name: 'poison' },
      attributes: { 'user.id': `user-${mark}`, 'gen_ai.input.messages': messages(mark) },
    }),
  )

const text = (stringValue: string) => ({ stringValue })

/** One in a trace of the user, one that only names the user. */
const logsOf = (mark: string, name: string): string => {
  const record = (ids: object, attributes: object[]) => ({
    timeUnixNano: String(NOW_NANO),
    eventName: 'gen_ai.client.inference.operation.details',
    body: text(`body ${mark}`),
    attributes: [{ key: 'gen_ai.input.messages', value: text(messages(mark)) }, ...attributes],
    ...ids,
  })
  const logRecords = [
    record({ traceId: traceIdOf(name), spanId: spanIdOf(2) }, []),
    record({}, [{ key: 'user.id', value: text(`user-${mark}`) }]),
  ]
  return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })
}

const scoreOf = (mark: string, name: string): string =>
  `INSERT INTO insights.scores (project_id, score_id, version_time, time, trace_id, user_id, name, explanation)
   VALUES ('default', 'a-${mark}', now(), now(), unhex('${traceIdOf(name)}'), '', 'quality', '${mark}'),
          ('default', 'b-${mark}', now(), now(), unhex('${'0'.repeat(32)}'), 'user-${mark}', 'quality', '${mark}')`

async function sendAll(collector: RunningCollector, mark: string): Promise<void> {
  const name = `trace ${mark}`
  expect((await collector.post(traceOf(mark, name))).status).toBe(200)
  expect((await collector.post(logsOf(mark, name), { signal: 'logs' })).status).toBe(200)
  await collector.sql(scoreOf(mark, name))
  await collector.sql(`ALTER TABLE insights.spans ADD CONSTRAINT IF NOT EXISTS sober CHECK name != 'poison'`)
  expect((await collector.post(poisonOf(mark))).status).toBe(200)
  await storedSpans(collector, traceIdOf(name), 3)
  await eventually('log events', async () => {
    const [row] = await collector.sql<{ n: number }>(
      `SELECT count() AS n FROM insights.log_events WHERE position(body, '${mark}') > 0`,
    )
    return row?.n === 2 || undefined
  })
  await eventually(
    'a dead letter',
    async () => (await deadLetters(collector.process.dataDir)).includes(mark) || undefined,
  )
}

/** Rows of dead letters are blocks in base64. */
async function deadLetters(dataDir: string): Promise<string> {
  const directory = join(dataDir, 'dead-letter')
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.jsonl'))
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
  return [...texts.join('').matchAll(/"native":"([^"]*)"/g)]
    .map(([, native = '']) => Buffer.from(native, 'base64').toString('latin1'))
    .join('')
}

/** Where the text is, by kind of place. */
async function placesOf(collector: RunningCollector, mark: string): Promise<Record<string, boolean>> {
  const { dataDir } = collector.process
  const tables = await tablesWith(collector, [mark])
  const files = await filesWith(dataDir, [mark])
  const columns = await columnFilesWith(join(dataDir, 'engine'), [mark])
  expect(columns.blocks).toBeGreaterThan(100)
  const inFiles = (part: string): boolean => files.some((file) => file.startsWith(part))
  const plain = files.filter((file) => !/^(journal|dead-letter)\//.test(file))
  return {
    ...Object.fromEntries(
      ['spans', 'log_events', 'scores', 'traces'].map((name) => [name, tables.includes(`${name}: ${mark}`)]),
    ),
    'other tables': tables.length > 4,
    journal: files.some((file) => /^journal\/\d+\.wal/.test(file)),
    quarantine: inFiles('journal/quarantine'),
    'request copies': inFiles('dead-letter/request-'),
    'dead letters': (await deadLetters(dataDir)).includes(mark),
    'column files': columns.found.length > 0,
    // Small columns and their index may hold a text as it is.
    'other files': plain.some((file) => !/\.(bin|cidx|idx2?):/.test(file)),
    log: collector.process.stderr.includes(mark),
  }
}

const EVERYWHERE = {
  ...{ spans: true, log_events: true, scores: true, traces: true, 'other tables': false },
  ...{ journal: true, quarantine: true, 'request copies': true, 'dead letters': true, 'column files': true },
  ...{ 'other files': false, log: false },
}
const NOWHERE = Object.fromEntries(Object.keys(EVERYWHERE).map((place) => [place, false]))

/** What a damaged journal, or a request on which our own code throws, leaves for a person to look at. */
async function leaveCopies(dataDir: string, mark: string): Promise<void> {
  const journal = join(dataDir, 'journal')
  await mkdir(join(journal, 'quarantine'), { recursive: true })
  for (const name of await readdir(journal))
    if (name.endsWith('.wal')) await copyFile(join(journal, name), join(journal, 'quarantine', `${name}-64-9999`))
  await writeFile(join(dataDir, 'dead-letter', `request-x-${mark}.otlp`), traceOf(mark, `trace ${mark}`))
}

/** Tables that can say whose a row is, and that no erasure would look into: a new one has to be thought of. */
async function unknownTables(collector: RunningCollector): Promise<string[]> {
  const rows = await collector.sql<{ table: string }>(
    `SELECT DISTINCT table FROM system.columns WHERE database = 'insights' AND name IN ('trace_id', 'user_id', 'session_id')
     AND table IN (SELECT name FROM system.tables WHERE database = 'insights' AND engine LIKE '%MergeTree')`,
  )
  const known = new Set<string>([...Object.keys(ERASED_TABLES), ...ROLLUPS, COUNTS_OF_TRACES])
  return rows.map(({ table }) => table).filter((table) => !known.has(table))
}

/** A rollup has a row a moment after its base has. */
const expectFigures = async (collector: RunningCollector, expected: object): Promise<void> => {
  const same = async (): Promise<true | undefined> => isDeepStrictEqual(await figures(collector), expected) || undefined
  await eventually(`figures ${JSON.stringify(expected)}`, same)
}

const figures = async (collector: RunningCollector): Promise<unknown> => {
  const [row] = await collector.sql(
    `SELECT (SELECT sum(spans) FROM traces) AS traces, (SELECT sum(spans) FROM metrics_minute) AS minutes,
       (SELECT toInt64(sum(input_tokens)) FROM metrics_minute) AS tokens, (SELECT count() FROM spans) AS spans`,
  )
  return row
}

const ledger = async (collector: RunningCollector): Promise<Record<string, number>> => {
  const rows = await collector.sql<{ key: string; n: number }>(
    "SELECT trim(concat(outcome, ' ', reason)) AS key, sum(records) AS n FROM ingest_ledger GROUP BY key HAVING n != 0 ORDER BY key",
  )
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}

test(
  'a user is gone from everywhere, for good, and nobody else is',
  () =>
    withDataDir(async (dataDir) => {
      const first = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
      await sendAll(first, KEPT)
      await sendAll(first, GONE)
      await leaveCopies(dataDir, GONE)
      await writeFile(join(dataDir, 'dead-letter', 'request-x-kept.otlp'), traceOf(KEPT, `trace ${KEPT}`))
      expect(await placesOf(first, GONE)).toEqual(EVERYWHERE)

      const dry = await runCli<Receipt>(first, 'erase', '--user', `user-${GONE}`, '--dry-run')
      expect(dry).toMatchObject({ code: 0, result: { traces: 1, counts: { spans: { before: 3, after: 3 } } } })
      expect(dry.result).not.toHaveProperty('erasure_id')
      expect(await placesOf(first, GONE)).toEqual(EVERYWHERE)
      const unsaid = await runCli(first, 'erase', '--user', `user-${GONE}`)
      expect([unsaid.code, unsaid.err.includes('--yes')]).toEqual([1, true])

      const erased = await runCli<Receipt>(first, 'erase', '--user', `user-${GONE}`, '--yes')
      expect(erased).toMatchObject({ code: 0, result: { subject_kind: 'user', traces: 1 } })
      expect(erased.result.counts).toEqual({
        spans: { before: 3, after: 0 },
        log_events: { before: 2, after: 0 },
        settlements: { before: 0, after: 0 },
        scores: { before: 2, after: 0 },
        traces: { before: expect.any(Number), after: 0 },
        old_parts: { before: expect.any(Number), after: 0 },
        dead_letters: { before: 1, after: 0 },
        copies: { before: expect.any(Number), after: 0 },
        // The trace, its logs, and the poison.
        journal: { before: 3, after: 0 },
      })
      expect(await placesOf(first, GONE)).toEqual(NOWHERE)
      expect(JSON.stringify(erased.result)).not.toContain(GONE)
      const [receipt] = await first.sql<{ counts: string }>('SELECT * FROM erasures_v1')
      expect(receipt).toMatchObject({ erasure_id: erased.result.erasure_id, subject_hash: erased.result.subject_hash })
      expect(JSON.parse(receipt?.counts ?? '')).toEqual(erased.result.counts)
      expect(await unknownTables(first)).toEqual([])
      const pending = await first.sql("SELECT * FROM system.mutations WHERE database = 'insights' AND NOT is_done")
      expect(pending).toEqual([])

      // The other one is as before; rollups equal their base; the books balance.
      expect(await storedSpans(first, traceIdOf(`trace ${KEPT}`), 3)).toHaveLength(3)
      expect(await placesOf(first, KEPT)).toMatchObject({
        ...{ spans: true, log_events: true, scores: true, traces: true, 'dead letters': true, 'request copies': true },
      })
      await expectFigures(first, { traces: 3, minutes: 3, tokens: 20, spans: 3 })
      expect(await runCli(first, 'audit')).toMatchObject({ code: 0, result: { findings: [] } })
      expect(await ledger(first)).toEqual({ stored: 5, 'filtered erased': 5, 'dead_lettered VIOLATED_CONSTRAINT': 2 })

      // A sender that missed the answer sends again; then everything dies, and it sends once more.
      expect((await first.post(traceOf(GONE, `trace ${GONE}`))).status).toBe(200)
      await first.process.kill()
      const second = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
      expect((await second.post(traceOf(GONE, `trace ${GONE}`))).status).toBe(200)
      expect((await second.post(traceOf(KEPT, 'later'))).status).toBe(200)
      await storedSpans(second, traceIdOf('later'), 3)
      await expectFigures(second, { traces: 6, minutes: 6, tokens: 40, spans: 6 })
      expect(await placesOf(second, GONE)).toMatchObject({
        spans: false,
        log_events: false,
        traces: false,
        'column files': false,
      })
      // Each has a place in the journal until that is let go of; another erasure does it at once.
      expect(await runCli(second, 'erase', '--trace', traceIdOf(`trace ${GONE}`), '--yes')).toMatchObject({ code: 0 })
      expect(await placesOf(second, GONE)).toEqual(NOWHERE)
      await second.process.stop()
    }),
  180_000,
)

test(
  'an erasure that a kill interrupts is finished by the next start, with what the journal still held',
  () =>
    withDataDir(async (dataDir) => {
      const first = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
      expect((await first.post(traceOf(KEPT, 'kept'))).status).toBe(200)
      expect((await first.post(traceOf(GONE, 'stored'))).status).toBe(200)
      await storedSpans(first, traceIdOf('kept'), 3)
      await storedSpans(first, traceIdOf('stored'), 3)
      await first.process.kill()
      // Batches stay open: what is sent now is in the journal alone.
      const second = await CollectorProcess.spawn({
        dataDir,
        env: { ...ENV, INSIGHTS_BATCH_MAX_DELAY_MS: '60000' },
      }).ready()
      expect((await second.post(traceOf(GONE, 'pending'))).status).toBe(200)
      await second.process.kill()
      expect((await filesWith(dataDir, [GONE])).some((file) => file.startsWith('journal/'))).toBe(true)
      const subject = { kind: 'user', value: `user-${GONE}` } as const
      await ordersIn(dataDir).keep({ id: 'ab'.repeat(16), project: 'default', subject })

      const third = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
      const receipt = await eventually(
        'the receipt',
        async () => {
          const [row] = await third.sql<{ counts: string; traces: number }>(
            "SELECT * FROM erasures_v1 WHERE counts != ''",
          )
          return row
        },
        90_000,
      )
      expect(receipt.traces).toBe(2)
      expect(JSON.parse(receipt.counts)).toMatchObject({ spans: { before: 6, after: 0 }, journal: { after: 0 } })
      await eventually('no order', async () => (await ordersIn(dataDir).list()).length === 0 || undefined)
      expect(await placesOf(third, GONE)).toEqual(NOWHERE)
      await expectFigures(third, { traces: 3, minutes: 3, tokens: 20, spans: 3 })
      await third.process.stop()

      // Without a collector the command works on the store and the journal of the directory.
      const gone = await runCli<Receipt>(third, 'erase', '--session', `session-${KEPT}`, '--yes')
      expect(gone).toMatchObject({
        code: 0,
        result: { counts: { spans: { before: 3, after: 0 }, journal: { after: 0 } } },
      })
      expect(await filesWith(dataDir, [KEPT])).toEqual([])
      expect((await columnFilesWith(join(dataDir, 'engine'), [KEPT])).found).toEqual([])
    }),
  180_000,
)
