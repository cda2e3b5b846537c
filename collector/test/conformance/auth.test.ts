// Who is let in, through the real doors. Numbers are items of the list.
import { describe, expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'

const body = new Uint8Array(request(span({ traceId: traceIdOf('auth'), spanId: spanIdOf(1) })))
const type = { 'content-type': 'application/x-protobuf' }

async function statuses(
  doors: { http: string; api: string },
  headers: Record<string, string>,
): Promise<[number, number]> {
  const sent = await fetch(`${doors.http}/v1/traces`, { method: 'POST', headers: { ...type, ...headers }, body })
  const read = await fetch(`${doors.api}/api/v1/traces`, { headers })
  return [sent.status, read.status]
}

describe('with keys', () => {
  const collector = useCollector({ INSIGHTS_API_KEYS: 'one:secret-of-one' })
  test('40: nobody sends or reads without the key, in either header with it', async () => {
    const { doors } = collector()
    expect(await statuses(doors, {})).toEqual([401, 401])
    expect(await statuses(doors, { authorization: 'Bearer wrong' })).toEqual([401, 401])
    expect(await statuses(doors, { authorization: 'Bearer secret-of-one' })).toEqual([200, 200])
    expect(await statuses(doors, { 'x-api-key': 'secret-of-one' })).toEqual([200, 200])
  })
})

describe('with keys and an explicit auth: none', () => {
  const collector = useCollector({ INSIGHTS_API_KEYS: 'one:secret-of-one', INSIGHTS_AUTH: 'none' })
  test('everyone is let in', async () => {
    expect(await statuses(collector().doors, {})).toEqual([200, 200])
  })
})
