// A session as a conversation, lists as files, spans as they come, and answers that have not changed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRandomSpans } from './filter/random-spans.fixture.ts'
import { createTestApp, get, hex, insertSpans, NOW_MS, startTestStore, type TestStore } from './query.fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
let test: TestStore
let app: ReturnType<typeof createTestApp>

const turn = (n: number, agoMs: number) => [
  {
    trace: hex(n, 16),
    span: hex(n * 10, 8),
    agoMs,
    columns: { kind: 'agent', name: `turn ${n}`, session_id: 'talk', user_id: 'ann', counts_usage: 0 },
  },
  {
    trace: hex(n, 16),
    span: hex(n * 10 + 1, 8),
    parent: hex(n * 10, 8),
    agoMs: agoMs - 10,
    columns: { input: `question ${n}`, output: `thought ${n}`, cost_usd: '0.5' },
  },
  {
    trace: hex(n, 16),
    span: hex(n * 10 + 2, 8),
    parent: hex(n * 10, 8),
    agoMs: agoMs - 20,
    columns: { input: 'tool result', output: `answer ${n}` },
  },
]

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select, { selectFile: test.store.selectFile })
  await insertRandomSpans(test.store, 31, 10)
  const rooted = { kind: 'agent', session_id: 'talk', input: 'asked of the root', output: 'said by the root' }
  await insertSpans(test.store, [
    ...turn(1, 40_000),
    ...turn(2, 30_000),
    { trace: hex(3, 16), span: hex(30, 8), agoMs: 20_000, columns: rooted },
    {
      trace: hex(3, 16),
      span: hex(31, 8),
      parent: hex(30, 8),
      agoMs: 19_000,
      columns: { input: 'inner', output: 'inner' },
    },
    {
      trace: hex(4, 16),
      span: hex(40, 8),
      agoMs: 50_000,
      columns: { name: '=1+1', session_id: 'other', user_id: '-x', tags: ['a,b', 'c"d'] },
    },
  ])
})
afterAll(() => test.stop())

describe('a session', () => {
  it('is a conversation: a turn for each trace, with what was asked first and answered last, or of the root', async () => {
    const { status, body } = await get(app, '/api/v1/sessions/talk')
    expect(status).toBe(200)
    expect(body.session).toMatchObject({ session_id: 'talk', traces: 3, user_id: 'ann', cost_usd: '1' })
    expect(body.turns.map((row: Row) => [row.name, row.input, row.output, row.cost_usd])).toEqual([
      ['turn 1', 'question 1', 'answer 1', '0.5'],
      ['turn 2', 'question 2', 'answer 2', '0.5'],
      ['', 'asked of the root', 'said by the root', null].map((value) => value || null),
    ])
    expect([body.turns[0].input_span_id, body.turns[0].output_span_id]).toEqual([hex(11, 8), hex(12, 8)])
  })

  it('comes in pages, and is not there in another project', async () => {
    const first = (await get(app, '/api/v1/sessions/talk?limit=2')).body
    const rest = (await get(app, `/api/v1/sessions/talk?limit=2&cursor=${first.next_cursor}`)).body
    expect([...first.turns, ...rest.turns].map((row: Row) => row.trace_id)).toEqual([1, 2, 3].map((n) => hex(n, 16)))
    expect(rest.next_cursor).toBeNull()
    expect((await get(app, '/api/v1/sessions/talk', 'beta-key')).status).toBe(404)
    expect((await get(app, `/api/v1/sessions/other?cursor=${first.next_cursor}`)).status).toBe(400)
  })
})

const fileOf = async (path: string): Promise<Response> =>
  app.request(`/api/v1/export/${path}`, { headers: { 'x-api-key': 'alpha-key' } })

describe('a list as a file', () => {
  it('has the rows of the list, over as many pages as it takes', async () => {
    const { body } = await get(app, '/api/v1/spans?limit=1000')
    const response = await fileOf('spans?limit=1000')
    expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      'application/x-ndjson',
      'attachment; filename="spans.ndjson"',
    ])
    const rows = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toEqual(body.data)
    expect((await (await fileOf('traces?limit=3&q=has:error')).text()).trimEnd().split('\n')).toHaveLength(3)
  })

  it('is CSV that no spreadsheet takes for formulas', async () => {
    const text = await (await fileOf('spans?format=csv&fields=name,user_id,tags,total_tokens&q=session:other')).text()
    // columns come in the order of the view
    expect(text).toBe(`name,total_tokens,user_id,tags\r\n'=1+1,,'-x,"[""a,b"",""c\\""d""]"\r\n`)
  })

  it('is Parquet as the engine writes it, which reads it back', async () => {
    const response = await fileOf('traces?format=parquet&fields=trace_id,cost_usd,spans&limit=100')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(Buffer.from(bytes.slice(0, 4)).toString()).toBe('PAR1')
    expect(Buffer.from(bytes.slice(-4)).toString()).toBe('PAR1')
    const folder = await mkdtemp(join(tmpdir(), 'insights-parquet-'))
    await writeFile(join(folder, 'traces.parquet'), bytes)
    const rows = await test.store.select<Row>(`SELECT * FROM file('${folder}/traces.parquet', 'Parquet')`)
    await rm(folder, { recursive: true })
    const { body } = await get(app, '/api/v1/traces?limit=100&fields=trace_id,cost_usd,spans')
    expect(rows.map((row) => [row.trace_id, row.spans, row.cost_usd === null ? null : Number(row.cost_usd)])).toEqual(
      body.data.map((row: Row) => [row.trace_id, row.spans, row.cost_usd === null ? null : Number(row.cost_usd)]),
    )
  })

  it('is refused as a problem while nothing of it is sent', async () => {
    for (const [path, parameter] of [
      ['spans?q=modle:x', 'q'],
      ['spans?limit=1000000', 'limit'],
      ['keys', 'list'],
      ['spans?format=xml', 'format'],
    ]) {
      const response = await fileOf(path ?? '')
      expect([path, response.status, ((await response.json()) as Row).parameter]).toEqual([path, 400, parameter])
    }
  })
})

describe('the tail', () => {
  it('tells of spans that the filter takes once, those of before first, and ends when the listener leaves', async () => {
    const received = { received_time: new Date(NOW_MS - 1_000).toISOString().slice(0, 23).replace('T', ' ') }
    await insertSpans(test.store, [
      {
        trace: hex(50, 16),
        span: hex(50, 8),
        agoMs: 2_000,
        columns: { ...received, name: 'first', environment: 'tail' },
      },
      { trace: hex(50, 16), span: hex(51, 8), agoMs: 2_000, columns: { ...received, name: 'not asked for' } },
    ])
    const leave = new AbortController()
    const response = await app.request('/api/v1/tail?q=env:tail&fields=name', {
      headers: { 'x-api-key': 'alpha-key' },
      signal: leave.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const heard = async (): Promise<string | undefined> => (await reader?.read())?.value
    expect(await heard()).toBe('event: span\ndata: {"name":"first"}\n\n')
    await insertSpans(test.store, [
      {
        trace: hex(50, 16),
        span: hex(52, 8),
        agoMs: 1_000,
        columns: { ...received, name: 'second', environment: 'tail' },
      },
    ])
    expect(await heard()).toBe('event: span\ndata: {"name":"second"}\n\n')
    await reader?.cancel()
    leave.abort()
    expect((await get(app, '/api/v1/tail?q=modle:x')).body.parameter).toBe('q')
  })
})

it('answers 304 to who has it already, and anew when it has changed', async () => {
  const ask = (known?: string) =>
    app.request('/api/v1/metrics/cost', {
      headers: { 'x-api-key': 'alpha-key', ...(known === undefined ? {} : { 'if-none-match': known }) },
    })
  const first = await ask()
  const etag = first.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[\w-]{27}"$/)
  const again = await ask(etag)
  expect([again.status, await again.text(), again.headers.get('x-content-type-options')]).toEqual([304, '', 'nosniff'])
  await insertSpans(test.store, [{ trace: hex(60, 16), span: hex(60, 8), agoMs: 1_000, columns: { cost_usd: '7' } }])
  expect((await ask(etag)).status).toBe(200)
})
