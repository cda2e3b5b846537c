// The dashboards for Grafana: each panel's SQL, with the macros of Grafana's ClickHouse plugin written out, on a real engine with calls in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { staleDashboards } from '../../scripts/grafana.ts'
import { eventually, useCollector } from './collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from './otlp-bytes.ts'
import { type Row, storedSpans } from './stored.ts'

const DIRECTORY = join(import.meta.dirname, '../../deploy/grafana/dashboards')
const TRACE = traceIdOf('grafana')
const NOW_SECONDS = Number(NOW_NANO / 1_000_000_000n)
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  project: ['default'],
  environment: ['$__all'],
  model: ['gpt-4o', "o'hare"],
  trace_id: [TRACE],
}

const target = z.object({ rawSql: z.string() })
const dashboard = z.object({
  uid: z.string(),
  panels: z.array(z.object({ title: z.string(), type: z.string(), targets: z.tuple([target]) })),
  templating: z.object({ list: z.array(z.object({ name: z.string(), query: target.optional() })) }),
})
const DASHBOARDS = readdirSync(DIRECTORY).map((file) =>
  dashboard.parse(JSON.parse(readFileSync(join(DIRECTORY, file), 'utf8'))),
)
const panelOf = (title: string): string =>
  DASHBOARDS.flatMap(({ panels }) => panels).find((panel) => panel.title === title)?.targets[0].rawSql ?? ''

const isAll = (name: string): boolean => VARIABLES[name]?.includes('$__all') ?? false
const quoted = (name: string): string =>
  (VARIABLES[name] ?? []).map((value) => `'${value.replaceAll("'", "''")}'`).join(',')

/** What the plugin sends for `sql` in the hours around now. */
const written = (sql: string): string =>
  sql
    .replace(/\$__conditionalAll\((.*?\)), \$(\w+)\)/g, (_, condition, name) => (isAll(name) ? '1=1' : condition))
    .replace(/\$\{(\w+):sqlstring\}/g, (_, name) => quoted(name))
    .replace(
      /\$__timeFilter\((\w+)\)/g,
      (_, column) =>
        `(${column} >= toDateTime(${NOW_SECONDS - 86_400}) AND ${column} <= toDateTime(${NOW_SECONDS + 3600}))`,
    )
    .replace(
      /\$__timeInterval\((\w+)\)/g,
      (_, column) => `toStartOfInterval(toDateTime(${column}), INTERVAL 60 second)`,
    )

const collector = useCollector()
const ask = (sql: string): Promise<Row[]> => collector().sql<Row>(written(sql))

beforeAll(async () => {
  const call = (n: number, more: Record<string, string | number> = {}) =>
    span({
      traceId: TRACE,
      spanId: spanIdOf(n),
      name: `call ${n}`,
      startUnixNano: NOW_NANO - 2_000_000_000n,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 100,
        'gen_ai.usage.cache_read.input_tokens': 400,
        'gen_ai.response.time_to_first_chunk': 0.0001,
        ...more,
      },
    })
  const spans = [
    call(1),
    call(2, { 'error.type': 'rate_limit_exceeded' }),
    call(3, { 'gen_ai.request.model': "o'hare" }),
  ]
  expect((await collector().post(request(...spans))).status).toBe(200)
  await storedSpans(collector(), TRACE, 3)
  await eventually('the ledger', async () =>
    (await ask('SELECT * FROM ingest_ledger_v1')).length > 0 ? true : undefined,
  )
})

it('the files are what their table of panels gives', () => {
  expect(staleDashboards()).toEqual([])
  expect(DASHBOARDS).toHaveLength(3)
})

/** Nothing was rejected, masked or ended with an error status here. */
const EMPTY = ['Why not stored', 'Places taken out by redaction', 'Newest failures']

describe.each(DASHBOARDS)('$uid', ({ panels, templating }) => {
  it.each(panels)('$title', async ({ title, type, targets: [{ rawSql }] }) => {
    const rows = await ask(rawSql)
    if (!EMPTY.includes(title)) expect(rows).not.toEqual([])
    if (type === 'timeseries') expect(rawSql).toMatch(/AS time\b.*ORDER BY time$/)
  })

  it('asks for the choices of its variables, and uses no other', async () => {
    for (const { query } of templating.list) if (query) expect(await ask(query.rawSql)).not.toEqual([])
    const names = new Set(templating.list.map(({ name }) => name))
    for (const { targets } of panels)
      for (const [, name] of targets[0].rawSql.matchAll(/\$\{(\w+):/g)) expect(names).toContain(name)
  })
})

it('the figures are those of the calls', async () => {
  const one = async (title: string) => Object.values((await ask(panelOf(title)))[0] ?? {})[0]
  expect(Number(await one('Traces'))).toBe(1)
  // Two calls of gpt-4o: 600 x 2.5, 400 x 1.25 and 100 x 10 per million each; the third has no price.
  expect(await one('Cost')).toBeCloseTo(0.006, 12)
  expect(await one('Tokens priced')).toBeCloseTo(2 / 3, 12)
  expect(await one('Input read from cache')).toBeCloseTo(0.4, 12)
  expect((await ask(panelOf('Trace $trace_id'))).map((row) => row['operationName'])).toHaveLength(3)
})
