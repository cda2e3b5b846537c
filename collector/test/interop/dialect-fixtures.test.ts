// Attribute sets as public projects send them, read in place where they are at hand (`shared/fixtures/dialects` beside the checkout): every
// expected fact must stand in the row that a running collector makes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongFacts } from '../../../semconv/test/conformance/compare.ts'
import { FactCount } from '../../../semconv/test/conformance/fact-count.ts'
import type { Facts } from '../../../semconv/test/conformance/facts.ts'
import type { PlainAttributes } from '../../../semconv/test/conformance/payload.ts'
import { useCollector } from '../collector-process.ts'
import { detailsOf } from './details.ts'
import { spanIdOf, toRequest } from './payload-request.ts'
import { seenOfRow } from './row-facts.ts'
import { settled } from './settled.ts'

interface FixtureSpan {
  id: string
  parent?: string | null
  name: string
  attributes: PlainAttributes
  events?: { name: string; attributes?: PlainAttributes }[]
  status?: { code?: number; message?: string }
}

interface Fixture {
  dialect: string
  scope?: string
  spans: FixtureSpan[]
  expected: (Facts & { span: number })[]
  trace?: { llmCalls?: number; inputTokens?: number; outputTokens?: number }
}

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = ['../shared', '../../shared']
  .map((shared) => join(ROOT, shared, 'fixtures/dialects'))
  .find((folder) => existsSync(folder))
const FILES = FOLDER === undefined ? [] : readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const FIXTURES = FILES.map((file, i) => ({
  file,
  project: `fixture-${i}`,
  ...(JSON.parse(readFileSync(join(FOLDER ?? '', file), 'utf8')) as Fixture),
}))
const count = new FactCount()

describe.skipIf(FIXTURES.length === 0)('fixtures of dialects', () => {
  const collector = useCollector({
    INSIGHTS_SETTLE_IDLE_MS: '100',
    INSIGHTS_API_KEYS: FIXTURES.map(({ project }) => `${project}:key-${project}`).join(','),
  })

  beforeAll(async () => {
    const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
    for (const fixture of FIXTURES) {
      const headers = { 'x-api-key': `key-${fixture.project}` }
      const response = await collector().post(JSON.stringify(requestOf(fixture, startMs)), { headers })
      expect([fixture.file, response.status]).toEqual([fixture.file, 200])
    }
    await settled(collector())
  }, 240_000)

  afterAll(() => count.print('fixtures'))

  test.each(FIXTURES)('$file: every fact stands in its row', async ({ project, dialect, expected }) => {
    const rows = await detailsOf(collector(), project)
    const problems = expected.flatMap(({ span, ...facts }) => {
      const row = rows.get(spanIdOf(project, span))
      if (!row) throw new Error(`span ${span} is not stored`)
      const wrong = wrongFacts(seenOfRow(row), facts)
      count.add(dialect, Object.keys(facts).length, wrong.length)
      return wrong.map(({ problem }) => `${span}: ${problem}`)
    })
    expect(problems).toEqual([])
  })

  test.each(FIXTURES.filter(({ trace }) => trace !== undefined))('$file: its trace sums up', async (fixture) => {
    const [sums] = await collector().sql<Record<string, number>>(
      `SELECT toUInt32(sum(t.calls)) AS llmCalls, toUInt32(ifNull(sum(t.input_tokens), 0)) AS inputTokens,
         toUInt32(ifNull(sum(t.output_tokens), 0)) AS outputTokens
       FROM traces_v1 AS t WHERE project_id = {project:String}`,
      { project: fixture.project },
    )
    const { llmCalls, inputTokens, outputTokens } = fixture.trace ?? {}
    const wanted = Object.entries({ llmCalls, inputTokens, outputTokens }).filter(([, value]) => value !== undefined)
    expect({ ...sums }).toMatchObject(Object.fromEntries(wanted))
  })
})

function requestOf({ dialect, file, project, scope, spans }: (typeof FIXTURES)[number], startMs: number): object {
  const payload = {
    dialect,
    source: file,
    ...(scope === undefined ? {} : { scope }),
    spans: spans.map(({ name, parent, attributes, events = [], status }) => ({
      name,
      attributes,
      events,
      facts: {},
      ...(typeof parent === 'string' ? { parent: spans.findIndex(({ id }) => id === parent) } : {}),
      ...(status?.code === 2 ? { error: status.message ?? '' } : {}),
    })),
  }
  return toRequest(payload, project, startMs)
}
