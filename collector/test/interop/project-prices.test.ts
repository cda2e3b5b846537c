// A project's own prices through the API of a running collector: in force from the next span on, and after a restart.
import { expect, test } from 'vitest'
import { CollectorProcess, type RunningCollector, withDataDir } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'

const KEYS = { INSIGHTS_API_KEYS: 'shop/ingest+read+admin:shop-key,lab:lab-key', INSIGHTS_BATCH_MAX_DELAY_MS: '20' }

async function priceOf(collector: RunningCollector, name: string, key: string): Promise<unknown> {
  const traceId = traceIdOf(name)
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'harbor-70b',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 100,
  }
  const body = span({ traceId, spanId: spanIdOf(1), name: 'chat', startUnixNano: NOW_NANO, attributes })
  expect((await collector.post(request(body), { headers: { 'x-api-key': key } })).status).toBe(200)
  const { price_id, cost_usd, cost_reason } = await storedSpan(collector, traceId)
  return [price_id, cost_usd, cost_reason]
}

const setPrices = async (collector: RunningCollector, key: string, input: string): Promise<number> => {
  const prices = [{ name: 'own', match: 'harbor-*', per_million: { input, output: 1 } }]
  const response = await fetch(`${collector.doors.api}/api/v1/prices`, {
    method: 'PUT',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ prices }),
  })
  return response.status
}

test("a project's prices hold from the next span on, for that project alone, and after a restart", async () => {
  await withDataDir(async (dataDir) => {
    const first = await CollectorProcess.spawn({ dataDir, env: KEYS }).ready()
    expect(await priceOf(first, 'before', 'shop-key')).toEqual(['', null, 'unknown_model'])
    expect(await setPrices(first, 'shop-key', '0.25')).toBe(200)
    expect(await priceOf(first, 'after', 'shop-key')).toEqual(['project/own', '0.00035', ''])
    expect(await priceOf(first, 'other', 'lab-key')).toEqual(['', null, 'unknown_model'])
    expect(await setPrices(first, 'shop-key', '0.5')).toBe(200)
    expect(await priceOf(first, 'changed', 'shop-key')).toEqual(['project/own', '0.0006', ''])
    const unpriced = await first.api('/api/v1/prices/unpriced', { 'x-api-key': 'lab-key' })
    expect(unpriced).toMatchObject({ data: [{ model: 'harbor-70b', calls: 1, tokens: 1100 }] })
    await first.process.kill()

    const second = await CollectorProcess.spawn({ dataDir, env: KEYS }).ready()
    expect(await priceOf(second, 'restarted', 'shop-key')).toEqual(['project/own', '0.0006', ''])
    await second.process.stop()
  })
})
