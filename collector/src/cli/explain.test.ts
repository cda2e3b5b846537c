// `insights explain` as typed, without a collector; beside one it is tested with real spans in test/interop/explain.test.ts.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestCli } from './test-context.ts'

const SPAN = JSON.stringify({
  name: 'chat gpt-4o-mini',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.system', value: { stringValue: 'openai' } },
    { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4o-mini' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '1200' } },
    { key: 'gen_ai.usage.output_tokens', value: { intValue: '85' } },
    { key: 'gen_ai.brand_new', value: { stringValue: 'x' } },
  ],
})

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'insights-explain-'))
  await writeFile(join(dir, 'span.json'), SPAN)
  await writeFile(
    join(dir, 'prices.yaml'),
    'prices: [{ name: deal, match: gpt-4o-mini, per_million: { input: 1, output: 1 } }]\n',
  )
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function explain(argv: readonly string[], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  const cli = createTestCli({
    cwd: dir,
    env: { INSIGHTS_DATA_DIR: join(dir, 'data'), INSIGHTS_API_LISTEN: 'off', INSIGHTS_LOG_LEVEL: 'error' },
    async *stdin() {
      for (let at = 0; at < stdin.length; at += 100) yield Buffer.from(stdin.slice(at, at + 100))
    },
    loadApp: () => import('../app.ts'),
  })
  const code = await cli.run('explain', ...argv)
  return { code, out: cli.out(), err: cli.err() }
}

it('explains the spans of a file as a table, and opens no store for it', async () => {
  const { code, out } = await explain(['--file', 'span.json'])
  expect(code).toBe(0)
  expect(out).toMatch(/^chat gpt-4o-mini .*not stored\n/)
  expect(out).toMatch(/^provider +openai +otel-gen-ai-deprecated +gen_ai\.system$/m)
  expect(out).toMatch(/^input_tokens +1200 +1200 +otel-gen-ai +gen_ai\.usage\.input_tokens$/m)
  expect(out).toContain('call: a model call of its own: counts at once\n')
  expect(out).toContain(
    '  1200 input x 0.15 USD/1M = 0.00018\n  85 output x 0.6 USD/1M = 0.000051\n  total 0.000231 USD\n',
  )
  expect(out).toContain('keys that no rule knows: gen_ai.brand_new')
  await expect(stat(join(dir, 'data'))).rejects.toThrow('ENOENT')
})

it('reads stdin, answers with the JSON of the API, and prices by the prices file', async () => {
  const { code, out } = await explain(['--file', '-', '--json', '--prices', join(dir, 'prices.yaml')], SPAN)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    data: [
      { kind: 'generation', unmapped: ['gen_ai.brand_new'], cost: { cost_usd: '0.001285', price_id: 'override/deal' } },
    ],
  })
})

it.each([
  [[], 2, /name one of TRACE\/SPAN, --file and --unmapped/],
  [['a/b', '--unmapped'], 2, /name one of/],
  [['nonsense'], 2, /no TRACE_ID\/SPAN_ID/],
  [['--file', 'none.json'], 1, /cannot read none\.json \(INSIGHTS_REQUEST_INVALID\)/],
  [['--file', '-'], 1, /it is not JSON/],
])('says what is wrong: %j', async (argv, exit, reason) => {
  const { code, out, err } = await explain(argv, '{')
  expect([code, out]).toEqual([exit, ''])
  expect(err).toMatch(reason)
})

it('takes no more from stdin than is explained', async () => {
  const { code, err } = await explain(['--file', '-'], 'x'.repeat(2 ** 20 + 500))
  expect([code, err]).toEqual([1, expect.stringMatching(/larger than 1048576 bytes/)])
})

it('prints for the first block of docs/explain.md what stands below it', async () => {
  const text = await readFile(new URL('../../../docs/explain.md', import.meta.url), 'utf8')
  const [, body = '', shown = ''] = /<<'END'\n([\s\S]*?)END\n```\n\n```\n([\s\S]*?)```/.exec(text) ?? []
  const { code, out } = await explain(['--file', '-'], body)
  expect(code).toBe(0)
  expect(out).toContain(shown)
})
