// Recorded payloads in any order, cut up or sent twice: a project's totals are what its provider answered, each call counted once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import { drained } from '../drained.ts'

const LIVE = join(import.meta.dirname, '..', 'fixtures', 'live')

interface Truth {
  calls: number
  inputTokens?: number
  outputTokens?: number
  cacheReadTokens?: number
  cacheCreationTokens?: number
  reasoningTokens?: number
}

interface Request {
  signal: 'traces' | 'logs' | 'metrics'
  body: string
}

interface Totals {
  calls: number
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  reasoning: number
}

/** What the telemetry tells otherwise than the provider: failed calls that it shows (they count, with no usage), and what it leaves out. */
const TOLD: Readonly<Record<string, Partial<Totals>>> = {
  'genkit-1.42': { calls: +1 },
  // The streamed chat and the embedding have no counts; one of the failed calls is not exported.
  'openinference-js': { calls: +1, input: -1216, output: -85, cacheRead: -1024, reasoning: -64 },
  'openlit-js-1.15': { calls: +1, reasoning: -256 },
  'otel-js-openai-0.21': { calls: +1, cacheRead: -6144, reasoning: -384 },
  'strands-ts-1.19': { reasoning: -128 },
  // Responses and embeddings are not instrumented, and of Anthropic's input only what was not cached is told.
  'traceloop-js-0.12': {
    calls: -2,
    input: -14_136,
    output: -315,
    cacheRead: -15_144,
    cacheWrite: -1500,
    reasoning: -384,
  },
  'traceloop-js-sdk-0.27': { cacheRead: -1024, reasoning: -64 },
  'vercel-ai-v4': { calls: +1 },
  // generateObject tells no more than input and output.
  'vercel-ai-v6': { calls: +1, cacheRead: -1024, reasoning: -64 },
  'vercel-ai-v7-genai-supplemental': { calls: +1 },
  // The last of two steps.
  'voltagent-2.10': { calls: -1, input: -1200, output: -85, cacheRead: -1024, reasoning: -64 },
}

const fixtures = readdirSync(LIVE)
const truthOf = (name: string): Truth =>
  (JSON.parse(readFileSync(join(LIVE, name, 'expected.json'), 'utf8')) as { providerTruth: { total: Truth } })
    .providerTruth.total

const requestsOf = (name: string): Request[] =>
  readdirSync(join(LIVE, name))
    .filter((file) => /^\d+-(traces|logs|metrics)\.json$/.test(file))
    .sort()
    .map((file) => ({
      signal: file.slice(file.indexOf('-') + 1, -5) as Request['signal'],
      body: readFileSync(join(LIVE, name, file), 'utf8'),
    }))

const LISTS = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
} as const

/** Each record in a request of its own. */
function single({ signal, body }: Request): Request[] {
  if (signal === 'metrics') return [{ signal, body }]
  const cut = (value: Record<string, unknown>, [list, ...deeper]: readonly string[]): Record<string, unknown>[] => {
    if (list === undefined) return [value]
    const items = (value[list] ?? []) as Record<string, unknown>[]
    return items.flatMap((item) => cut(item, deeper).map((one) => ({ ...value, [list]: [one] })))
  }
  return cut(JSON.parse(body) as Record<string, unknown>, LISTS[signal]).map((one) => ({
    signal,
    body: JSON.stringify(one),
  }))
}

/** A shuffle that is the same each time. */
function shuffled<T>(items: readonly T[]): T[] {
  const rest = [...items]
  const out: T[] = []
  for (let seed = 7; rest.length > 0; seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)
    out.push(...rest.splice(seed % rest.length, 1))
  return out
}

const bySignal = (requests: readonly Request[], first: Request['signal']): Request[] => [
  ...requests.filter(({ signal }) => signal === first),
  ...requests.filter(({ signal }) => signal !== first),
]

const WAYS: Readonly<Record<string, (requests: Request[]) => Request[]>> = {
  'as recorded': (requests) => requests,
  backwards: (requests) => requests.toReversed(),
  'logs first': (requests) => bySignal(requests, 'logs'),
  'spans first': (requests) => bySignal(requests, 'traces'),
  twice: (requests) => [...requests, ...requests],
  'one by one': (requests) => requests.flatMap(single),
  'one by one, shuffled': (requests) => shuffled(requests.flatMap(single)),
}

const cases = fixtures.flatMap((fixture) => Object.keys(WAYS).map((way) => ({ fixture, way })))
const projectOf = (fixture: string, way: string): string => `${fixture}-${way}`.replace(/[^a-z0-9]+/g, '-')

const collector = useCollector({
  INSIGHTS_SETTLE_IDLE_MS: '100',
  INSIGHTS_API_KEYS: cases
    .map(({ fixture, way }) => `${projectOf(fixture, way)}:key-${projectOf(fixture, way)}`)
    .join(','),
})

beforeAll(async () => {
  for (const { fixture, way } of cases) {
    const headers = { 'x-api-key': `key-${projectOf(fixture, way)}` }
    for (const { signal, body } of WAYS[way]?.(requestsOf(fixture)) ?? []) {
      const response = await collector().post(body, { signal, headers })
      expect([fixture, way, response.status]).toEqual([fixture, way, 200])
    }
  }
  await drained(collector())
  await settled()
}, 240_000)

/** Resolves when the settler has looked at everything and changes nothing any more. */
async function settled(): Promise<void> {
  await eventually('the settler to be through', async () => {
    const text = await (await fetch(`${collector().doors.api}/metrics`)).text()
    return /^insights_settle_lag_seconds 0$/m.test(text) ? true : undefined
  })
}

describe.each(fixtures)('%s', (fixture) => {
  test.each(Object.keys(WAYS))('sent %s, every call counts once', async (way) => {
    const [totals] = await collector().sql<Totals>(
      `SELECT toUInt32(sum(calls)) AS calls, toUInt32(ifNull(sum(t.input_tokens), 0)) AS input, toUInt32(ifNull(sum(t.output_tokens), 0)) AS output,
         toUInt32(ifNull(sum(t.cache_read_tokens), 0)) AS cacheRead, toUInt32(ifNull(sum(t.cache_write_tokens), 0)) AS cacheWrite,
         toUInt32(ifNull(sum(t.reasoning_tokens), 0)) AS reasoning
       FROM token_usage_v1 AS t WHERE project_id = {project:String}`,
      { project: projectOf(fixture, way) },
    )
    expect(totals).toEqual(expected(fixture))
  })
})

function expected(fixture: string): Totals {
  const truth = truthOf(fixture)
  const told = TOLD[fixture] ?? {}
  return {
    calls: truth.calls + (told.calls ?? 0),
    input: (truth.inputTokens ?? 0) + (told.input ?? 0),
    output: (truth.outputTokens ?? 0) + (told.output ?? 0),
    cacheRead: (truth.cacheReadTokens ?? 0) + (told.cacheRead ?? 0),
    cacheWrite: (truth.cacheCreationTokens ?? 0) + (told.cacheWrite ?? 0),
    reasoning: (truth.reasoningTokens ?? 0) + (told.reasoning ?? 0),
  }
}
