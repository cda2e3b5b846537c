// Every span recorded from a real instrumentation and every payload of a dialect, sent by our SDK in both of its languages: equal rows, to the last column.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HanzoSpanExporter } from '@hanzo/insights'
import { beforeAll, expect, test } from 'vitest'
import type { ReadableSpan } from '../../../exporter/src/span.ts'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { PAYLOADS } from '../../../semconv/test/conformance/all.ts'
import { useCollector } from '../collector-process.ts'
import { type Row, withoutReceipt } from '../stored.ts'
import { toRequest } from './payload-request.ts'
import { readableSpans } from './readable-spans.ts'
import { settled } from './settled.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const LIVE = join(import.meta.dirname, '..', 'fixtures', 'live')
const PROTOCOLS = ['otlp', 'insights'] as const

const RECORDED: [string, ReadableSpan[]][] = readdirSync(LIVE).flatMap((name) => {
  const files = readdirSync(join(LIVE, name)).filter((file) => file.endsWith('-traces.pb'))
  const spans = files.flatMap((file) =>
    readableSpans(ExportTraceServiceRequest.decode(readFileSync(join(LIVE, name, file)))),
  )
  return spans.length > 0 ? [[name, spans]] : []
})

const START_MS = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
const OF_DIALECTS = PAYLOADS.map((payload, i): [string, ReadableSpan[]] => {
  const name = `${payload.dialect}, ${payload.source}`
  const request = JSON.stringify(toRequest(payload, `payload ${i}`, START_MS))
  // OTLP has ids as hex in JSON, protobuf's own mapping has base64.
  const json: unknown = JSON.parse(request, (key, value) =>
    /[a-z]Id$/.test(key) ? Buffer.from(String(value), 'hex').toString('base64') : value,
  )
  return [name, readableSpans(ExportTraceServiceRequest.fromObject(json as object))]
})

const SENT = [...RECORDED, ...OF_DIALECTS]

const collector = useCollector({
  INSIGHTS_SETTLE_IDLE_MS: '100',
  INSIGHTS_API_KEYS: PROTOCOLS.map((protocol) => `${protocol}:key-of-${protocol}`).join(','),
})

/** By protocol, which is the project too, and span id. */
const stored = new Map<string, Map<string, Row>>()

beforeAll(async () => {
  for (const protocol of PROTOCOLS) {
    const lost: string[] = []
    const exporter = new HanzoSpanExporter({
      host: collector().doors.http,
      apiKey: `key-of-${protocol}`,
      protocol,
      onDrop: (spans, reason) => lost.push(`${spans} ${reason}`),
    })
    for (const spans of SENT.map(([, it]) => it)) expect(await exported(exporter, spans)).toEqual({ code: 0 })
    await exporter.shutdown()
    expect([exporter.dropped, lost]).toEqual([0, []])
  }
  await settled(collector())
  for (const protocol of PROTOCOLS) {
    const rows = await collector().sql<Row>('SELECT * FROM spans_v1 WHERE project_id = {protocol:String}', { protocol })
    stored.set(protocol, new Map(rows.map((row) => [String(row['span_id']), row])))
  }
}, 240_000)

const exported = (exporter: HanzoSpanExporter, spans: readonly ReadableSpan[]) =>
  new Promise((resolve) => exporter.export(spans, resolve))

function rowsOf(protocol: string, spans: readonly ReadableSpan[]): Row[] {
  return spans.map((span) => {
    const { spanId } = span.spanContext()
    const row = stored.get(protocol)?.get(spanId)
    if (!row) throw new Error(`span ${spanId} (${span.name}) is not stored by ${protocol}`)
    const { project_id, ...rest } = withoutReceipt(row)
    return rest
  })
}

test.each(SENT)('spans of %s', (_, spans) => {
  expect(rowsOf('insights', spans)).toEqual(rowsOf('otlp', spans))
})
