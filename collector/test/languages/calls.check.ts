// An app in Python around a provider on loopback in; that its calls are rows with what the provider answered, out. Numbers are items of the list.
import { expect, test } from 'vitest'
import { startFakeProvider } from '../../../exporter/test/fake-provider.ts'
import { eventually, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'
import { prepare } from './toolchains.ts'

const NAME = 'python-openinference'
const python = prepare('python')
// The provider answers each call under one id, of which only one would count.
const collector = useCollector({ INSIGHTS_SETTLE: 'off' })

test.runIf(python.missing === undefined)('88: OpenInference tells of a call, a stream and a tool', async () => {
  const provider = await startFakeProvider()
  try {
    expect(await python.run('calls.py', [collector().doors.grpc, provider.url, NAME])).toEqual({ ok: true })
  } finally {
    await provider.close()
  }
  const rows = await eventually('the calls', async () => {
    const found = await collector().sql<Row>(
      `SELECT response_model, input_tokens, output_tokens, cache_read_tokens, reasoning_tokens, cost_usd, finish_reasons, tool_names
       FROM generations_v1 WHERE service_name = {name:String} ORDER BY start_time`,
      { name: NAME },
    )
    return found.length >= 3 ? found : undefined
  })
  const usage = { input_tokens: 1200, output_tokens: 40, cache_read_tokens: 1024, reasoning_tokens: 16 }
  const paid = { response_model: 'gpt-4o-2024-11-20', ...usage, cost_usd: '0.00212' }
  const answered = { ...paid, finish_reasons: ['stop'], tool_names: [] }
  expect(rows).toEqual([answered, answered, { ...paid, finish_reasons: ['tool_calls'], tool_names: ['weather'] }])
})
