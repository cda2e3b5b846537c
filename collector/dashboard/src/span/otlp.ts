// A span as the API answers it in; the same as an OTLP/JSON trace request out: posted to /v1/traces it is the same span again.
import type { SpanRow } from '../api/rows.ts'

const CONTENT = [
  ['input', 'gen_ai.input.messages'],
  ['output', 'gen_ai.output.messages'],
  ['system_instructions', 'gen_ai.system_instructions'],
  ['tool_definitions', 'gen_ai.tool.definitions'],
] as const
const SPAN_KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const STATUS = ['unset', 'ok', 'error']

interface KeyValue {
  key: string
  value: { stringValue: string }
}

export function otlpOf(span: SpanRow): unknown {
  const content = CONTENT.flatMap(([field, key]): [string, string][] => {
    const text = span[field]
    return typeof text === 'string' ? [[key, text]] : []
  })
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(span.resource_attributes) },
        scopeSpans: [
          {
            scope: {
              name: span.scope_name ?? '',
              version: span.scope_version ?? '',
              attributes: keyValues(span.scope_attributes),
            },
            spans: [
              {
                traceId: span.trace_id,
                spanId: span.span_id,
                ...(span.parent_span_id == null ? {} : { parentSpanId: span.parent_span_id }),
                name: span.name ?? '',
                kind: Math.max(0, SPAN_KINDS.indexOf(span.span_kind ?? '')),
                startTimeUnixNano: nanosOf(span.start_time),
                endTimeUnixNano: nanosOf(span.end_time),
                attributes: keyValues({ ...Object.fromEntries(content), ...span.attributes }),
                events: (span.event_times ?? []).map((time, index) => ({
                  timeUnixNano: nanosOf(time),
                  name: span.event_names?.[index] ?? '',
                  attributes: keyValues(span.event_attributes?.[index]),
                })),
                links: (span.link_trace_ids ?? []).map((traceId, index) => ({
                  traceId,
                  spanId: span.link_span_ids?.[index] ?? '',
                  attributes: keyValues(span.link_attributes?.[index]),
                })),
                status: {
                  code: Math.max(0, STATUS.indexOf(span.status ?? '')),
                  ...(span.status_message == null ? {} : { message: span.status_message }),
                },
              },
            ],
          },
        ],
      },
    ],
  }
}

const keyValues = (map: Readonly<Record<string, string>> | undefined): KeyValue[] =>
  Object.entries(map ?? {}).map(([key, stringValue]) => ({ key, value: { stringValue } }))

/** `2026-01-31T12:00:00.123456789Z` -> '1769860800123456789': beyond what a number holds. */
export function nanosOf(iso: string | undefined): string {
  if (iso === undefined) return '0'
  const [, head = iso, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? []
  const ms = Date.parse(`${head}Z`)
  if (Number.isNaN(ms)) return '0'
  return (BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))).toString()
}
