// For the corpus of attacks: a collector with small limits that has to be alive, and to take a span of somebody else by both doors, after each attack.
import { credentials } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import { type RunningCollector, useCollector } from '../collector-process.ts'
import { exportOver } from '../conformance/grpc-client.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'

export const LIMIT_BYTES = 4 * 2 ** 20

export function useAttacked(): () => RunningCollector {
  const collector = useCollector({
    INSIGHTS_LIMITS_MAX_BODY_BYTES: '4 MiB',
    INSIGHTS_LIMITS_MAX_IN_FLIGHT_BYTES: '32 MiB',
  })
  let healthy = 0
  afterEach(async () => {
    expect((await fetch(`${collector().doors.api}/livez`)).status).toBe(200)
    healthy += 1
    const body = request(span({ traceId: traceIdOf('healthy'), spanId: spanIdOf(healthy) }))
    expect((await collector().post(body)).status).toBe(200)
    await exportOver(collector().doors.grpc, body, credentials.createInsecure())
  })
  return collector
}

/** The last test of a file. */
export function expectOthersServed(collector: () => RunningCollector, attacks: number): void {
  it('after all of it, the spans of others are stored', async () => {
    expect((await storedSpans(collector(), traceIdOf('healthy'), attacks)).length).toBeGreaterThanOrEqual(attacks)
  })
}

export async function sqlStatus(collector: RunningCollector, query: string): Promise<number> {
  const params = Object.fromEntries(['x', 't'].filter((name) => query.includes(`{${name}`)).map((name) => [name, '1']))
  const response = await fetch(`${collector.doors.api}/api/v1/sql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, params }),
  })
  await response.arrayBuffer()
  return response.status
}
