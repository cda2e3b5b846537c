import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countTraces } from '../store/count-traces/count-pass.ts'
import { createDayGate } from '../store/day-gate.ts'
import { rebuildRollups } from '../store/rebuild.ts'
import {
  asOwner,
  createTestApp,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from './query.fixture.ts'

const DAY_MS = 86_400_000
const TODAY = Math.floor(NOW_MS / DAY_MS)
/** Days that the stores hold, today the last of them. */
const DAYS = 9
const SEED = Number(process.env['INSIGHTS_SEED'] ?? 20_261_126)
const WORLDS = 3

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

/** In small shares, as if there were many traces. */
const count = (): Promise<number> =>
  countTraces({
    store: test.store,
    gate: createDayGate(),
    signal: new AbortController().signal,
    pause: async () => undefined,
    shareRows: 40,
  })

interface Span {
  trace: number
  /** Of the days that the store holds, and within it. */
  day: number
  ms: number
  isRoot: boolean
  failed: boolean
  name: string
  service: string
  environment: string
}

const span = fc.record<Span>({
  trace: fc.nat(11),
  day: fc.nat(DAYS - 1),
  // at the ends of a day rather than within
  ms: fc.oneof(fc.nat(120_000), fc.integer({ min: DAY_MS - 120_000, max: DAY_MS - 1 }), fc.nat(DAY_MS - 1)),
  isRoot: fc.boolean(),
  failed: fc.boolean(),
  name: fc.constantFrom('answer', 'chat'),
  service: fc.constantFrom('web', 'jobs'),
  environment: fc.constantFrom('', 'prod', 'dev'),
})
/** What is there, and what comes after the first count, and after the second. */
const world = fc.tuple(
  fc.array(span, { minLength: 8, maxLength: 40 }),
  fc.array(span, { maxLength: 4 }),
  fc.array(span, { maxLength: 4 }),
)

let spans = 0
const toRow = (project: string, { trace, day, ms, isRoot, failed, name, service, environment }: Span): TestSpan => ({
  project,
  trace: hex(trace + 1, 16),
  span: hex(++spans, 8),
  parent: isRoot ? '' : hex(1, 8),
  agoMs: Math.max(0, NOW_MS - (TODAY - DAYS + 1 + day) * DAY_MS - ms),
  columns: { name, service_name: service, environment, status_code: failed ? 2 : 1 },
})

interface Begun {
  start_ms: number
  environment: string
  service_name: string
  name: string
  failed: number
}

/** By brute force, out of spans: when each trace began, and what it is like. */
const begun = (project: string): Promise<Begun[]> =>
  test.store.select<Begun>(
    `SELECT toUnixTimestamp64Milli(min(s.start_time)) AS start_ms, max(s.environment) AS environment,
       if(countIf(s.parent_span_id = '') > 0, maxIf(s.service_name, s.parent_span_id = ''), argMin(s.service_name, (s.start_time, s.name))) AS service_name,
       if(countIf(s.parent_span_id = '') > 0, maxIf(s.name, s.parent_span_id = ''), argMin(s.name, (s.start_time, s.name))) AS name,
       if(countIf(s.parent_span_id = '') > 0, countIf(s.parent_span_id = '' AND s.status = 'error') > 0, countIf(s.status = 'error') > 0) AS failed
     FROM (SELECT * FROM spans_v1 WHERE project_id = {project:String}) AS s GROUP BY s.trace_id`,
    { project },
  )

type Group = 'environment' | 'service_name' | 'name'
interface Question {
  fromMs: number
  toMs: number
  groups: readonly Group[]
  stepMs?: number
  where?: Partial<Record<Group, string>>
}

/** Rows as the API would answer them, out of single traces. */
function expected(traces: readonly Begun[], { fromMs, toMs, groups, stepMs, where = {} }: Question): object[] {
  const rows = new Map<string, { traces: number; failed_traces: number }>()
  for (const trace of traces) {
    if (trace.start_ms < fromMs || trace.start_ms >= toMs) continue
    if (Object.entries(where).some(([name, value]) => trace[name as Group] !== value)) continue
    const time =
      stepMs === undefined
        ? {}
        : { time: new Date(trace.start_ms - (trace.start_ms % stepMs)).toISOString().replace('.000Z', 'Z') }
    const group = { ...time, ...Object.fromEntries(groups.map((name) => [name, trace[name] || null])) }
    const row = rows.get(JSON.stringify(group)) ?? { ...group, traces: 0, failed_traces: 0 }
    rows.set(JSON.stringify(group), {
      ...row,
      traces: row.traces + 1,
      failed_traces: row.failed_traces + trace.failed,
    })
  }
  if (rows.size === 0 && groups.length === 0 && stepMs === undefined) return [{ traces: 0, failed_traces: 0 }]
  return [...rows.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

async function answered(
  project: string,
  { fromMs, toMs, groups, stepMs, where = {} }: Question,
  more = '',
): Promise<object[]> {
  const app = createTestApp(test.store.select, { auth: () => asOwner(project) })
  const step = stepMs === undefined ? '' : `&interval=${stepMs / 60_000}m`
  const filters = Object.entries(where).map(([name, value]) => `&${name}=${value}`)
  const by = groups.length === 0 ? '' : `&group_by=${groups.join(',')}`
  const response = await app.request(
    `/api/v1/metrics/total_traces?from=${fromMs}&to=${toMs}${by}${step}${filters.join('')}${more}`,
  )
  const body = (await response.json()) as { data: object[] }
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body.data
}

const startOf = (day: number): number => (TODAY - DAYS + 1 + day) * DAY_MS
const END_MS = startOf(DAYS)
const HOUR_MS = 3_600_000

const QUESTIONS: [Question, ...Question[]] = [
  { fromMs: startOf(0), toMs: END_MS, groups: [] },
  { fromMs: startOf(0), toMs: END_MS, groups: ['environment', 'name'], stepMs: 24 * HOUR_MS },
  { fromMs: startOf(2) + 60_000, toMs: startOf(6) - 60_000, groups: ['service_name'], stepMs: 120_000 },
  { fromMs: startOf(3), toMs: startOf(4), groups: ['name'], stepMs: HOUR_MS },
  { fromMs: startOf(6) + 13 * HOUR_MS, toMs: END_MS, groups: ['name'], where: { environment: 'prod' } },
  { fromMs: startOf(1), toMs: startOf(8), groups: [], where: { name: 'chat' } },
  { fromMs: startOf(7), toMs: END_MS, groups: ['service_name'] },
  { fromMs: startOf(8), toMs: END_MS, groups: ['environment'] },
]

async function expectRight(project: string, seed: number): Promise<void> {
  const traces = await begun(project)
  for (const question of QUESTIONS) {
    const rows = await answered(project, question)
    const sorted = rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(sorted, `seed ${seed}, ${project}, ${JSON.stringify(question)}`).toEqual(expected(traces, question))
  }
}

it('counts the same traces as there are, however they lie on their days and whatever comes late', async () => {
  const seed = SEED
  const worlds = fc.sample(world, { seed, numRuns: WORLDS })
  const projects = worlds.map((_, i) => `world-${i}`)
  for (const part of [0, 1, 2] as const) {
    await insertSpans(
      test.store,
      worlds.flatMap((parts, i) => parts[part].map((one) => toRow(projects[i] ?? '', one))),
    )
    await count()
    for (const project of projects) await expectRight(project, seed)
    expect(await count(), 'nothing is new').toBe(0)
  }
  // Late spans of traces of their own: some days are read raw again, with counted ones between them.
  const late: Span = {
    trace: 99,
    day: 2,
    ms: 0,
    isRoot: true,
    failed: false,
    name: 'late',
    service: 'web',
    environment: '',
  }
  for (const project of projects)
    await insertSpans(test.store, [toRow(project, late), toRow(project, { ...late, trace: 98, day: 5 })])
  const [whole] = QUESTIONS
  for (const project of projects)
    expect(await answered(project, whole), 'each trace once, whichever days are counted').toMatchObject([
      { traces: (await begun(project)).length },
    ])
  for (const day of [2, 5, DAYS - 1]) await rebuildRollups(test.store, TODAY - DAYS + 1 + day)
  expect(
    await test.store.select('SELECT count() AS rows FROM trace_counts WHERE day = toDate({day:UInt16})', {
      day: TODAY - DAYS + 3,
    }),
  ).toEqual([{ rows: 0 }])
  expect(await count()).toBeGreaterThanOrEqual(2)
  for (const project of projects) await expectRight(project, seed)
}, 120_000)
