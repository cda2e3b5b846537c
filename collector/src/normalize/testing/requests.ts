// Test help: fast-check arbitraries of whole OTLP trace requests, from well-behaved gen_ai calls to hostile ones.
import { DIALECTS } from '@hanzo/insights-semconv'
import fc from 'fast-check'
import { opentelemetry } from '../../../../proto/gen/otlp.js'
import { anyAttribute, anyValue, attributes, knownAttribute, ofText, type Plain, text } from './attributes.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1

export const RECEIVED_MS = 1_790_000_000_123
const RECEIVED_NS = BigInt(RECEIVED_MS) * 1_000_000n
const DAY_NS = 86_400_000_000_000n

export function encodeRequest(request: Plain): Buffer {
  return Buffer.from(ExportTraceServiceRequest.encode(ExportTraceServiceRequest.fromObject(request)).finish())
}

const EVENT_NAMES = [
  ...DIALECTS.flatMap((dialect) => dialect.events ?? []).map(({ event }) => event),
  'exception',
  'gen_ai.client.operation.exception',
  'retry',
  '',
]
const eventAttribute = fc.oneof(
  fc.record({
    key: fc.constantFrom(
      'content',
      'gen_ai.event.content',
      'message',
      'role',
      'tool_calls',
      'id',
      'finish_reason',
      'exception.type',
      'exception.message',
    ),
    value: fc.oneof(
      ofText(
        fc.constantFrom(
          'hello',
          '{"role":"tool","content":"x"}',
          '[{"id":"1","function":{"name":"f","arguments":"{\\"a\\":1}"}}]',
          '[{"text":"part"}]',
          '{no',
        ),
      ),
      anyValue,
    ),
  }),
  knownAttribute,
)
const event = fc.record({
  timeUnixNano: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  name: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...EVENT_NAMES) }, text),
  attributes: fc.array(eventAttribute, { maxLength: 4 }),
})

const idOf = (length: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat(3).map((n) => Buffer.alloc(length, n + 1)) },
    {
      weight: 8,
      arbitrary: fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes)),
    },
    fc.constantFrom(Buffer.alloc(length), Buffer.alloc(0), Buffer.alloc(length - 1, 1)),
  )

const link = fc.record({
  traceId: idOf(16),
  spanId: idOf(8),
  traceState: text,
  attributes: fc.array(anyAttribute, { maxLength: 2 }),
})

/** Starts in a double's reach of an edge stay out: 256 ns either way are the same to the walker there. */
const EDGES = [RECEIVED_NS, RECEIVED_NS + DAY_NS, RECEIVED_NS + 365n * DAY_NS, RECEIVED_NS - 3660n * DAY_NS]
const MIDNIGHT = (RECEIVED_NS / DAY_NS) * DAY_NS
const startTime = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: RECEIVED_NS - 3n * DAY_NS, max: RECEIVED_NS }) },
  fc.constantFrom(...EDGES).chain((edge) => fc.constantFrom(edge - 1000n, edge + 1000n)),
  fc.constantFrom(0n, 1n, MIDNIGHT, MIDNIGHT - 1n, MIDNIGHT + 1n, 2n ** 63n, 2n ** 64n - 1n),
)
const times = fc
  .tuple(
    startTime,
    fc.oneof({ weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 10n }) }, fc.constantFrom(-1n, 2n ** 62n)),
  )
  .chain(([startTimeUnixNano, duration]) => {
    const end = BigInt.asUintN(64, startTimeUnixNano + duration)
    return fc.constantFrom(end, end, end, 0n).map((endTimeUnixNano) => ({ startTimeUnixNano, endTimeUnixNano }))
  })

export const span: fc.Arbitrary<Plain> = fc
  .tuple(
    fc.record(
      {
        traceId: idOf(16),
        spanId: idOf(8),
        parentSpanId: idOf(8),
        traceState: text,
        name: text,
        kind: fc.integer({ min: 0, max: 6 }),
        flags: fc.constantFrom(0, 1, 0xffffffff),
        attributes,
        events: fc.array(event, { maxLength: 3 }),
        links: fc.array(link, { maxLength: 2 }),
        status: fc.record({ code: fc.nat(3), message: text }),
        droppedAttributesCount: fc.constantFrom(0, 3),
        droppedEventsCount: fc.constantFrom(0, 4),
        droppedLinksCount: fc.constantFrom(0, 5),
      },
      { requiredKeys: ['traceId', 'spanId'] },
    ),
    times,
  )
  .map(([parts, stamps]) => ({ ...parts, ...stamps }))

const resourceAttribute = fc.oneof(
  fc.record({
    key: fc.constantFrom('service.name', 'service.version', 'deployment.environment', 'deployment.environment.name'),
    value: fc.oneof(ofText(fc.constantFrom('checkout', 'prod', '1.2.3', '')), anyValue),
  }),
  anyAttribute,
)

const scopeName = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom(
    ...DIALECTS.flatMap(({ scopes = [] }) => scopes).map((scope) =>
      scope.endsWith('*') ? `${scope.slice(0, -1)}.x` : scope,
    ),
  ),
)

const scopeSpans = (spans: fc.Arbitrary<Plain>) =>
  fc.record(
    {
      scope: fc.record({ name: scopeName, version: text, attributes: fc.array(anyAttribute, { maxLength: 2 }) }),
      schemaUrl: text,
      spans: fc.array(spans, { maxLength: 4 }),
    },
    { requiredKeys: ['spans'] },
  )

/** Whole requests around an arbitrary of spans. */
export const requestOf = (spans: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc.record({
    resourceSpans: fc.array(
      fc.record(
        {
          resource: fc.record({ attributes: fc.array(resourceAttribute, { maxLength: 4 }) }),
          schemaUrl: text,
          scopeSpans: fc.array(scopeSpans(spans), { maxLength: 2 }),
        },
        { requiredKeys: ['scopeSpans'] },
      ),
      { maxLength: 2 },
    ),
  })

export const request: fc.Arbitrary<Plain> = requestOf(span)
