// The promise of redaction: what a rule names reaches no table, no journal, no dead letter and no log, whichever door and form it came by and
// whatever died in between.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { credentials, Metadata, makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { CollectorProcess, eventually, type RunningCollector, withDataDir } from '../collector-process.ts'
import { NOW_NANO, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { filesWith, tablesWith } from './data-files.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1

/** One of each rule, of a field that is dropped, hashed and masked, and of a pattern. None of their letters may be seen again. */
const CANARIES = {
  email: 'canary.person@example.com',
  phone: '+49 30 7654321',
  card: '4111 1111 1111 1111',
  iban: 'DE89 3704 0044 0532 0130 00',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlc2ln',
  secret: 'sk-proj-canary0123456789canary',
  pattern: 'CASE-424242',
  dropped: 'canary-dropped-text',
  hashed: 'canary-hashed-user',
  masked: 'canary-masked-text',
}
const TEXTS = [...Object.values(CANARIES), 'canary']

const POLICY = {
  '*': {
    rules: ['email', 'phone', 'card', 'iban', 'jwt', 'secret'],
    patterns: [{ name: 'case', match: '\\bCASE-\\d{6}\\b' }],
    fields: { 'app.dropped': 'drop', 'user.id': 'hash', 'app.masked': 'mask' },
  },
}
const ENV = { INSIGHTS_REDACT: JSON.stringify(POLICY), INSIGHTS_LOG_LEVEL: 'debug', INSIGHTS_BATCH_MAX_DELAY_MS: '20' }

const { dropped, hashed, masked, ...found } = CANARIES
const PROSE = Object.values(found).join(' and ')
/** As JSON in JSON, which escapes it once more. */
const DOCUMENT = JSON.stringify([
  { role: 'user', parts: [{ type: 'text', content: `"${PROSE}"\n${JSON.stringify({ PROSE })}` }] },
])
const text = (stringValue: string) => ({ stringValue })
const ATTRIBUTES = [
  { key: 'gen_ai.operation.name', value: text('chat') },
  { key: 'gen_ai.request.model', value: text('gpt-4o') },
  { key: 'gen_ai.input.messages', value: text(DOCUMENT) },
  { key: 'app.prose', value: text(PROSE) },
  { key: 'app.dropped', value: text(dropped) },
  { key: 'user.id', value: text(hashed) },
  { key: 'app.masked', value: { kvlistValue: { values: [{ key: masked, value: text(masked) }] } } },
  { key: 'app.bytes', value: { bytesValue: Buffer.from(PROSE) } },
  {
    key: 'app.list',
    value: {
      arrayValue: { values: [text(PROSE), { kvlistValue: { values: [{ key: found.email, value: text(PROSE) }] } }] },
    },
  },
]

const spanOf = (form: string) => ({
  traceId: traceIdOf(`redaction ${form}`),
  spanId: spanIdOf(1),
  name: `chat ${PROSE}`,
  startTimeUnixNano: String(NOW_NANO),
  endTimeUnixNano: String(NOW_NANO + 1_000_000n),
  attributes: ATTRIBUTES,
  events: [{ timeUnixNano: String(NOW_NANO), name: PROSE, attributes: ATTRIBUTES }],
  links: [{ traceId: traceIdOf('other'), spanId: spanIdOf(2), attributes: ATTRIBUTES }],
  status: { code: 2, message: PROSE },
})

const requestOf = (form: string) => ({
  resourceSpans: [
    {
      resource: { attributes: ATTRIBUTES },
      scopeSpans: [{ scope: { name: PROSE, attributes: ATTRIBUTES }, spans: [spanOf(form)] }],
    },
  ],
})

const logsOf = (form: string) => ({
  resourceLogs: [
    {
      resource: { attributes: ATTRIBUTES },
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: String(NOW_NANO),
              eventName: 'gen_ai.client.inference.operation.details',
              traceId: traceIdOf(`redaction ${form}`),
              spanId: spanIdOf(1),
              body: { kvlistValue: { values: [{ key: 'content', value: text(PROSE) }] } },
              attributes: ATTRIBUTES,
            },
          ],
        },
      ],
    },
  ],
})

/** JSON has ids in hex and bytes in base64, as the specification wants. */
const toJson = (request: object): string =>
  JSON.stringify(request, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
      ? Buffer.from(value.data as number[]).toString('base64')
      : value,
  )

const withIds = (request: object): object =>
  JSON.parse(JSON.stringify(request), (key, value: unknown) =>
    /^(traceId|spanId)$/.test(key) ? Buffer.from(value as string, 'hex').toString('base64') : value,
  )
const revived = (request: object): object => JSON.parse(toJson(withIds(request)))
const traceBytes = (form: string): Uint8Array =>
  ExportTraceServiceRequest.encode(ExportTraceServiceRequest.fromObject(revived(requestOf(form)))).finish()
const logBytes = (form: string): Uint8Array =>
  ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(revived(logsOf(form)))).finish()

const FORMS = ['http', 'http gzip', 'json', 'json gzip', 'grpc', 'grpc gzip', 'events', 'events gzip'] as const

async function send(collector: RunningCollector, form: (typeof FORMS)[number], run: string): Promise<void> {
  const name = `${run} ${form}`
  if (form.startsWith('events')) return await sendEvents(collector, name)
  const [traces, logs] = form.startsWith('json')
    ? [toJson(requestOf(name)), toJson(logsOf(name))]
    : [traceBytes(name), logBytes(name)]
  if (form.startsWith('grpc')) return await sendGrpc(collector, traces as Uint8Array, form.endsWith('gzip'))
  for (const [signal, body] of [['traces', traces] as const, ['logs', logs] as const]) {
    const gzip = form.endsWith('gzip')
    const type = form.startsWith('json') ? 'application/json' : 'application/x-protobuf'
    const headers = { 'content-type': type, ...(gzip ? { 'content-encoding': 'gzip' } : {}) }
    const response = await collector.post(gzip ? gzipSync(body) : body, { signal, headers })
    expect([form, signal, response.status]).toEqual([form, signal, 200])
    expect(await response.text()).not.toContain('canary')
  }
}

/** A call and feedback of the Insights wire. */
async function sendEvents(collector: RunningCollector, name: string): Promise<void> {
  const trace = `redaction ${name}`
  const own = { 'app.prose': PROSE, 'app.dropped': dropped, 'app.masked': { [masked]: masked }, $user_id: hashed }
  const call = {
    ...own,
    $ai_trace_id: trace,
    $ai_span_name: `chat ${PROSE}`,
    $ai_model: 'gpt-4o',
    $ai_input: JSON.parse(DOCUMENT) as unknown,
    $ai_error: { message: PROSE },
    $ai_is_error: true,
  }
  const feedback = { ...own, trace_id: trace, rating: PROSE, comment: PROSE }
  const batch = [
    { event: '$ai_generation', distinct_id: hashed, timestamp: new Date().toISOString(), properties: call },
    { event: 'llm_feedback', distinct_id: hashed, timestamp: new Date().toISOString(), properties: feedback },
  ]
  const body = JSON.stringify({ api_key: 'any', batch })
  const response = await fetch(`${collector.doors.http}/batch/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: name.endsWith('gzip') ? gzipSync(body) : body,
  })
  expect([name, response.status, await response.text()]).toEqual([name, 200, '{"status":1}'])
}

const SERVICE: ServiceDefinition = {
  export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
}

async function sendGrpc(collector: RunningCollector, bytes: Uint8Array, gzip: boolean): Promise<void> {
  const Client = makeGenericClientConstructor(SERVICE, 'TraceService')
  const client = new Client(collector.doors.grpc, credentials.createInsecure(), {
    'grpc.default_compression_algorithm': gzip ? 2 : 0,
  })
  try {
    await new Promise<void>((resolve, reject) => {
      const call = client['export']?.bind(client) as (
        body: Buffer,
        metadata: Metadata,
        done: (error: Error | null) => void,
      ) => void
      call(Buffer.from(bytes), new Metadata(), (error) => (error ? reject(error) : resolve()))
    })
  } finally {
    client.close()
  }
}

/** What is no request, and what is refused in part: their bytes must not be told or kept either. */
async function sendBroken(collector: RunningCollector): Promise<void> {
  const broken = [
    toJson(requestOf('broken')).slice(0, -20),
    toJson({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...spanOf('bad'), traceId: CANARIES.email }] }] }] }),
    toJson({ resourceSpans: PROSE }),
  ]
  for (const body of broken) {
    const response = await collector.post(body)
    expect(await response.text()).not.toContain('canary')
  }
  await collector.post(Buffer.from(PROSE))
  await collector.post(
    Buffer.concat([traceBytes('unknown field'), Buffer.from([0xfa, 0x3e, PROSE.length]), Buffer.from(PROSE)]),
  )
}

/** A row that the table never takes. */
async function sendPoison(collector: RunningCollector): Promise<void> {
  await collector.sql("ALTER TABLE insights.spans ADD CONSTRAINT no_poison CHECK environment != 'poison'")
  const attributes = [...ATTRIBUTES, { key: 'deployment.environment.name', value: text('poison') }]
  const spans = [{ ...spanOf('poison'), attributes }]
  expect(
    (await collector.post(toJson({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }))).status,
  ).toBe(200)
}

/** Their rows, which are Native blocks in base64, as text. */
async function readDeadLetters(dataDir: string): Promise<string | undefined> {
  const directory = join(dataDir, 'dead-letter')
  const files = (await readdir(directory)).filter((name) => name.endsWith('.jsonl'))
  const texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')))
  const natives = [...texts.join('').matchAll(/"native":"([^"]*)"/g)].map(([, native = '']) =>
    Buffer.from(native, 'base64'),
  )
  return natives.length === 0 ? undefined : `${texts.join('')}${Buffer.concat(natives).toString('latin1')}`
}

const stderrOf = (collectors: readonly CollectorProcess[]): string => collectors.map(({ stderr }) => stderr).join('\n')

test(
  'canaries sent through every door, with a kill -9 in between, are in no table, journal, dead letter or log',
  () =>
    withDataDir(async (dataDir) => {
      const lives: CollectorProcess[] = []
      const start = async (): Promise<RunningCollector> => {
        const life = CollectorProcess.spawn({ dataDir, env: ENV })
        lives.push(life)
        return await life.ready()
      }
      const first = await start()
      await sendBroken(first)
      for (const form of FORMS) await send(first, form, 'first')
      // Acknowledged, and hardly on its way to the store.
      await first.process.kill()
      expect(await filesWith(dataDir, TEXTS)).toEqual([])
      const second = await start()
      for (const form of FORMS) await send(second, form, 'second')
      const expected = 2 * FORMS.length
      const rows = await eventually('the spans of both lives', async () => {
        const spans = await second.sql<Record<string, unknown>>("SELECT * FROM spans_v1 WHERE kind = 'generation'")
        return spans.length >= expected ? spans : undefined
      })
      await sendPoison(second)
      const letters = await eventually('a dead letter', () => readDeadLetters(dataDir))
      expect(letters).toContain('[email]')
      for (const canary of TEXTS) expect(letters).not.toContain(canary)
      expect(await tablesWith(second, TEXTS)).toEqual([])
      expect(await filesWith(dataDir, TEXTS)).toEqual([])
      // What is left tells what was there.
      for (const row of rows) {
        expect(row['name']).toBe('chat [email] and [phone] and [card] and [iban] and [jwt] and [secret] and [case]')
        expect(row['user_id']).toMatch(/^[0-9a-f]{32}$/)
        expect(row['input']).toContain('[email] and [phone]')
        expect(row['attributes']).toMatchObject({ 'app.masked': '[masked]' })
        expect(row['attributes']).not.toHaveProperty(['app.dropped'])
        JSON.parse(String(row['input']))
      }
      expect(new Set(rows.map((row) => row['user_id'])).size).toBe(1)
      const metrics = await (await fetch(`${second.doors.api}/metrics`)).text()
      expect(metrics).toMatch(/insights_redact_replaced_total\{rule="email"\} [1-9]/)
      expect(metrics).not.toContain('canary')
      await second.process.stop()
      expect(await filesWith(dataDir, TEXTS)).toEqual([])
      expect(stderrOf(lives)).not.toContain('canary')
      const third = await start()
      const counts = await third.sql<{ rule: string; replaced: number }>(
        'SELECT rule, sum(replaced) AS replaced FROM redactions_v1 GROUP BY rule ORDER BY rule',
      )
      expect(counts.map(({ rule }) => rule)).toEqual([
        'card',
        'case',
        'email',
        'field:drop',
        'field:hash',
        'field:mask',
        'iban',
        'jwt',
        'phone',
        'secret',
      ])
      await third.process.stop()
    }),
  180_000,
)
