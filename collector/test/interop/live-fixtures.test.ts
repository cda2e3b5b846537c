// Payloads recorded from real instrumentations, protobuf and JSON, against what the provider truly answered.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongFacts } from '../../../semconv/test/conformance/compare.ts'
import { FactCount } from '../../../semconv/test/conformance/fact-count.ts'
import type { Facts } from '../../../semconv/test/conformance/facts.ts'
import { type PostOptions, useCollector } from '../collector-process.ts'
import { type Row, withoutReceipt } from '../stored.ts'
import { seenOfRow } from './row-facts.ts'
import { settled } from './settled.ts'

const LIVE = join(import.meta.dirname, '..', 'fixtures', 'live')

interface Case {
  file: string
  spanId: string
  spanName: string
  expected: Facts
}

interface Fixture {
  name: string
  cases: Case[]
  forms: ('json' | 'pb')[]
  files: string[]
}

const FIXTURES: Fixture[] = readdirSync(LIVE).map((name) => {
  const all = readdirSync(join(LIVE, name))
  const { cases } = JSON.parse(readFileSync(join(LIVE, name, 'expected.json'), 'utf8')) as { cases: Case[] }
  const files = all.filter((file) => /^\d+-(traces|logs|metrics)\.json$/.test(file)).map((file) => file.slice(0, -5))
  return { name, cases, files, forms: all.some((file) => file.endsWith('.pb')) ? ['json', 'pb'] : ['json'] }
})

/** Facts that do not hold yet, and why. One that holds although it stands here fails its test: whoever brings it takes its line away. */
const NOT_YET: readonly {
  fixture: string
  spans: readonly string[]
  facts: readonly (keyof Facts)[]
  reason: string
}[] = []

/** Each form has a project of its own, since its ids are the same. */
const projectOf = (fixture: string, form: string): string => `${fixture.replaceAll('.', '-')}-${form}`
const keyOf = (fixture: string, form: string): string => `key-of-${projectOf(fixture, form)}`

const count = new FactCount()
afterAll(() => count.print('live'))

const collector = useCollector({
  INSIGHTS_SETTLE_IDLE_MS: '100',
  INSIGHTS_API_KEYS: FIXTURES.flatMap(({ name, forms }) =>
    forms.map((form) => `${projectOf(name, form)}:${keyOf(name, form)}`),
  ).join(','),
})

beforeAll(async () => {
  for (const fixture of FIXTURES) for (const form of fixture.forms) await postAll(fixture, form)
  await settled(collector())
})

async function postAll({ name, files }: Fixture, form: 'json' | 'pb'): Promise<void> {
  for (const file of files) {
    const bytes = readFileSync(join(LIVE, name, `${file}.${form}`))
    const options: PostOptions = {
      signal: file.slice(file.indexOf('-') + 1) as 'traces' | 'logs' | 'metrics',
      headers: { 'x-api-key': keyOf(name, form) },
    }
    const response = await collector().post(form === 'json' ? bytes.toString() : bytes, options)
    expect([file, response.status]).toEqual([file, 200])
  }
}

/** Every span with its content, that of log records joined in. */
async function rowsOf(fixture: string, form: string): Promise<Map<string, Row>> {
  const query = 'SELECT * FROM span_details_v1 WHERE project_id = {project:String} ORDER BY span_id'
  const rows = await collector().sql<Row>(query, { project: projectOf(fixture, form) })
  return new Map(rows.map(({ project_id, ...row }) => [String(row['span_id']), withoutReceipt(row)]))
}

describe.each(FIXTURES.filter(({ forms }) => forms.length === 2))('$name', ({ name }) => {
  test('as protobuf and as JSON it gives equal rows', async () => {
    const [fromJson, fromProto] = [await rowsOf(name, 'json'), await rowsOf(name, 'pb')]
    expect(fromJson.size).toBeGreaterThan(0)
    expect(fromJson).toEqual(fromProto)
  })
})

describe.each(FIXTURES)('$name', ({ name, cases, forms }) => {
  test.each(cases)('$file $spanName $spanId: every fact of this call is in its row', async ({ spanId, expected }) => {
    const row = (await rowsOf(name, forms[0] ?? 'json')).get(spanId)
    if (!row) throw new Error(`span ${spanId} is not stored`)
    const later = NOT_YET.filter((it) => it.fixture === name && it.spans.includes(spanId)).flatMap(({ facts }) => facts)
    const broken = wrongFacts(seenOfRow(row), expected)
    count.add(name, Object.keys(expected).length, broken.length)
    expect(broken.filter(({ fact }) => !later.includes(fact)).map(({ problem }) => problem)).toEqual([])
    const arrived = later.filter((fact) => !broken.some((it) => it.fact === fact))
    expect(arrived, 'facts of NOT_YET that hold by now').toEqual([])
  })
})
