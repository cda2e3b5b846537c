// What `insights explain` says of spans that were really sent: the rules run over a stored row come to that row again, and a pasted request is
// explained as the rows that it would become. Recorded payloads of instrumentations, and one of each dialect.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAYLOADS } from '../../../semconv/test/conformance/all.ts'
import { createTestCli } from '../../src/cli/test-context.ts'
import type { ExplainedSpan } from '../../src/explain/explained.ts'
import { useCollector } from '../collector-process.ts'
import { drained } from '../drained.ts'
import { toRequest } from './payload-request.ts'

interface Sent {
  name: string
  project: string
  requests: { signal: 'traces' | 'logs'; body: string }[]
}

const LIVE = join(import.meta.dirname, '..', 'fixtures', 'live')
const START_MS = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
const SENT: Sent[] = [
  ...readdirSync(LIVE).map((name) => ({
    name,
    project: name.replaceAll('.', '-'),
    requests: readdirSync(join(LIVE, name))
      .filter((file) => /^\d+-(traces|logs)\.json$/.test(file))
      .map((file) => ({
        signal: file.includes('logs') ? ('logs' as const) : ('traces' as const),
        body: readFileSync(join(LIVE, name, file), 'utf8'),
      })),
  })),
  ...PAYLOADS.map((payload, i) => ({
    name: `${payload.dialect}, ${payload.source}`,
    project: `payload-${i}`,
    requests: [{ signal: 'traces' as const, body: JSON.stringify(toRequest(payload, `explained-${i}`, START_MS)) }],
  })),
]

const collector = useCollector({
  INSIGHTS_API_KEYS: SENT.map(({ project }) => `${project}:key-of-${project}`).join(','),
})
const headersOf = (project: string) => ({ 'x-api-key': `key-of-${project}`, 'content-type': 'application/json' })

beforeAll(async () => {
  for (const { project, requests } of SENT) {
    for (const { signal, body } of requests) {
      const response = await collector().post(body, { signal, headers: headersOf(project) })
      expect([project, response.status]).toEqual([project, 200])
    }
  }
  await drained(collector())
}, 240_000)

const AT_ONCE = 8

/** By span id; of a span that was stored twice once. */
async function explained(project: string): Promise<Map<string, ExplainedSpan>> {
  const ids = await collector().sql<{ trace_id: string; span_id: string }>(
    'SELECT DISTINCT trace_id, span_id FROM spans_v1 WHERE project_id = {project:String}',
    { project },
  )
  const spans = new Map<string, ExplainedSpan>()
  const explainOne = async ({ trace_id, span_id }: (typeof ids)[number]): Promise<void> => {
    const span = await collector().api<ExplainedSpan>(`/api/v1/explain/${trace_id}/${span_id}`, headersOf(project))
    expect(span).toMatchObject({ trace_id, span_id })
    spans.set(span_id, span)
  }
  for (let i = 0; i < ids.length; i += AT_ONCE) await Promise.all(ids.slice(i, i + AT_ONCE).map(explainOne))
  return spans
}

async function paste(project: string, body: string): Promise<ExplainedSpan[]> {
  const init = { method: 'POST', headers: headersOf(project), body }
  const response = await fetch(`${collector().doors.api}/api/v1/explain`, init)
  const { data } = (await response.json()) as { data: ExplainedSpan[] }
  return data
}

/** Told by a part of content that the row keeps in another form: shown as stored, without a key. By dialect, and how often. */
const NOT_AGAIN: Readonly<Record<string, number>> = { logfire: 2, haystack: 4 }

const isOther = ({ now }: { now?: unknown }): boolean => now !== undefined
const isGone = ({ note = '' }: { note?: string }): boolean => note.startsWith('as stored')

/** What the rules say of a row today that it does not say itself. */
const differencesOf = ({ name: span, fields, usage, cost }: ExplainedSpan): object[] => [
  ...fields.filter(isOther).map(({ field, value, now, note }) => ({ span, field, value, now, note })),
  ...usage.counts.filter(isOther).map(({ count, value, now, note }) => ({ span, count, value, now, note })),
  ...(usage.rule_now === undefined ? [] : [{ span, rule: usage.rule, now: usage.rule_now }]),
  ...(usage.role_now === undefined ? [] : [{ span, role: usage.role, now: usage.role_now }]),
  ...(cost.differs === undefined ? [] : [{ span, cost: cost.differs }]),
]

const gone = new Map<string, number>()
afterAll(() => expect(Object.fromEntries(gone)).toEqual(NOT_AGAIN))

describe.each(SENT)('$name', ({ project, requests }) => {
  test('rows are explained as they are stored, and pasted spans as their rows', async () => {
    const stored = await explained(project)
    expect(stored.size).toBeGreaterThan(0)
    expect([...stored.values()].flatMap(differencesOf)).toEqual([])
    const untold = new Set<string>()
    for (const { span_id, dialect, fields, usage } of stored.values()) {
      const count = [...fields, ...usage.counts].filter(isGone).length
      if (count > 0) gone.set(dialect ?? '', (gone.get(dialect ?? '') ?? 0) + count)
      if (count > 0) untold.add(span_id)
    }
    for (const { signal, body } of requests) {
      if (signal !== 'traces') continue
      const pasted = await paste(project, body)
      expect(pasted.length).toBeGreaterThan(0)
      for (const sent of pasted.filter(({ span_id }) => !untold.has(span_id))) {
        const row = stored.get(sent.span_id)
        // What a row has besides: its time to the nanosecond, and what was settled about it.
        const { start_time, usage: { role_text, counts_usage } = sent.usage } = row ?? sent
        expect({ ...sent, stored: true, start_time, usage: { ...sent.usage, role_text, counts_usage } }).toEqual(row)
      }
    }
  })
})

describe('the command', () => {
  const [{ project, requests }] = SENT as [Sent]
  const insights = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
    const cli = createTestCli({
      cwd: LIVE,
      env: { INSIGHTS_API_LISTEN: collector().doors.api.replace('http://', ''), INSIGHTS_API_KEY: `key-of-${project}` },
      async *stdin() {
        yield Buffer.from(requests.find(({ signal }) => signal === 'traces')?.body ?? '')
      },
    })
    const code = await cli.run('explain', ...argv)
    return { code, out: cli.out(), err: cli.err() }
  }

  test('asks the running collector for a stored span, and for pasted ones', async () => {
    const [[id, span]] = [...(await explained(project))] as [[string, ExplainedSpan]]
    const told = await insights(`${span.trace_id}/${id}`)
    expect([told.code, told.err]).toEqual([0, ''])
    expect(told.out).toContain(`${span.name}  ${span.trace_id}/${id}`)
    expect(told.out).toMatch(/^service_name +\S+ +resource +service\.name$/m)
    expect(JSON.parse((await insights(`${span.trace_id}/${id}`, '--json')).out)).toEqual(span)
    const missing = await insights(`${span.trace_id}/${'f'.repeat(16)}`)
    expect([missing.code, missing.err]).toEqual([1, expect.stringMatching(/cannot find this span/)])
    expect((await insights('--file', '-')).out).toContain('not stored')
  })

  test('lists the keys that no rule knows, as the spans name them', async () => {
    const { project: owner } = SENT.find(({ name }) => name.startsWith('mlflow')) ?? SENT[0]!
    const named = [...(await explained(owner)).values()].flatMap(({ unmapped }) => unmapped)
    expect(named.length).toBeGreaterThan(0)
    const list = await insights('--unmapped', '--json', '--api-key', `key-of-${owner}`)
    const keys: string[] = JSON.parse(list.out).map(({ key }: { key: string }) => key)
    expect(keys.sort()).toEqual([...new Set(named)].sort())
    const { out } = await insights('--unmapped', '--api-key', `key-of-${owner}`)
    expect(out).toMatch(/^KEY +SPANS +DIALECTS +SERVICE +LATEST SPAN\n/)
  })
})
