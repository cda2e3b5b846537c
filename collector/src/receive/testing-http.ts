// For the tests of the HTTP door: an open one with a client around it.
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { Door } from './contract.ts'
import { type OtlpHttpOptions, startOtlpHttp } from './otlp-http.ts'
import { testDoor } from './testing.ts'

export const PROTOBUF = { 'content-type': 'application/x-protobuf' }
export const JSON_TYPE = { 'content-type': 'application/json' }
export const BODY = Buffer.from(
  opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.encode({
    resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a span' }] }] }],
  }).finish(),
)

let doors: Door[] = []
export async function closeDoors(): Promise<void> {
  await Promise.all(doors.map((door) => door.stop(0)))
  doors = []
}

/** Opens a door that `closeDoors` will stop. */
export async function openHttp(overrides: Parameters<typeof testDoor>[0] = {}, more: Partial<OtlpHttpOptions> = {}) {
  const made = testDoor(overrides)
  const door = await startOtlpHttp({ ...made.options, ...more })
  doors.push(door)
  const url = `http://${door.address}`
  const post = (body: Uint8Array | string, headers: Record<string, string> = PROTOBUF, path = '/v1/traces') =>
    fetch(url + path, { method: 'POST', headers, body })
  return { ...made, door, url, post }
}
