import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { REDACT_RULES, type Redaction, type RedactPolicy } from '../config/redaction.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { createRedactor } from './redactor.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1

const CANARY = 'jane.canary@example.com'
const ALL: RedactPolicy = { rules: REDACT_RULES.map((name) => ({ name, mode: 'mask' })), fields: [], patterns: [] }

function make(policy: Partial<RedactPolicy> = {}, project = '*') {
  const redaction: Redaction = new Map([[project, { ...ALL, ...policy }]])
  const redactor = createRedactor(redaction, 'a key', createMetrics())
  if (!redactor) throw new Error('there is a policy')
  return redactor
}

const traces = (request: object): Uint8Array =>
  ExportTraceServiceRequest.encode(ExportTraceServiceRequest.fromObject(request)).finish()
const logs = (request: object): Uint8Array =>
  ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(request)).finish()
const text = (value: string) => ({ stringValue: value })

/** Every place of a request that can hold a text. */
const EVERYWHERE = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'host', value: text(CANARY) }] },
      schemaUrl: `https://x/${CANARY}`,
      scopeSpans: [
        {
          scope: { name: CANARY, version: CANARY, attributes: [{ key: 'a', value: text(CANARY) }] },
          schemaUrl: CANARY,
          spans: [
            {
              traceId: Buffer.alloc(16, 1),
              spanId: Buffer.alloc(8, 1),
              traceState: CANARY,
              name: `chat ${CANARY}`,
              startTimeUnixNano: 5,
              attributes: [
                { key: 'plain', value: text('gpt-4o') },
                { key: 'text', value: text(`to ${CANARY}.`) },
                { key: CANARY, value: { boolValue: true } },
                { key: 'bytes', value: { bytesValue: Buffer.from(CANARY) } },
                {
                  key: 'list',
                  value: { arrayValue: { values: [text(CANARY), { arrayValue: { values: [text(CANARY)] } }] } },
                },
                {
                  key: 'map',
                  value: {
                    kvlistValue: {
                      values: [
                        { key: CANARY, value: { kvlistValue: { values: [{ key: 'x', value: text(CANARY) }] } } },
                      ],
                    },
                  },
                },
                { key: 'card', value: { intValue: 4111111111111111 } },
                { key: 'card2', value: { doubleValue: 5500000000000004 } },
                { key: 'n', value: { intValue: 42 } },
              ],
              events: [{ name: CANARY, attributes: [{ key: 'e', value: text(CANARY) }] }],
              links: [
                {
                  traceId: Buffer.alloc(16, 1),
                  spanId: Buffer.alloc(8, 2),
                  traceState: CANARY,
                  attributes: [{ key: 'l', value: text(CANARY) }],
                },
              ],
              status: { code: 2, message: CANARY },
            },
          ],
        },
      ],
    },
  ],
}

describe('a redacted request', () => {
  it('has nothing left in any place that can hold a text', () => {
    const bytes = make().redact('p', 'traces', traces(EVERYWHERE)) ?? new Uint8Array()
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('canary')
    const expected = JSON.parse(
      JSON.stringify(ExportTraceServiceRequest.fromObject(EVERYWHERE).toJSON())
        .replaceAll(CANARY, '[email]')
        .replaceAll(Buffer.from(CANARY).toString('base64'), Buffer.from('[email]').toString('base64')),
    )
    const span = expected.resourceSpans[0].scopeSpans[0].spans[0]
    span.attributes[6].value = span.attributes[7].value = { stringValue: '[card]' }
    expect(ExportTraceServiceRequest.decode(bytes).toJSON()).toEqual(expected)
  })

  it('has nothing left in log records either', () => {
    const record = {
      body: text(CANARY),
      severityText: CANARY,
      eventName: CANARY,
      attributes: [{ key: 'a', value: text(CANARY) }],
    }
    const body = { kvlistValue: { values: [{ key: 'content', value: text(CANARY) }] } }
    const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [record, { body }] }] }] }
    const bytes = make().redact('p', 'logs', logs(request)) ?? new Uint8Array()
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('canary')
    expect(ExportLogsServiceRequest.decode(bytes).resourceLogs[0]?.scopeLogs?.[0]?.logRecords).toHaveLength(2)
  })

  it('is the very same bytes when there was nothing in it', () => {
    const bytes = traces(
      JSON.parse(
        JSON.stringify(EVERYWHERE)
          .replaceAll(CANARY, 'nobody')
          .replaceAll('4111111111111111', '7')
          .replaceAll('5500000000000004', '7'),
      ),
    )
    expect(make().redact('p', 'traces', bytes)).toBe(bytes)
    expect(make({}, 'other').redact('p', 'traces', traces(EVERYWHERE))).toEqual(traces(EVERYWHERE))
  })

  it('loses fields that no version of the protocol has, which could hold anything', () => {
    const unknown = Buffer.concat([Buffer.from([0xfa, 0x3e, CANARY.length]), Buffer.from(CANARY)])
    const bytes = make().redact('p', 'traces', Buffer.concat([traces(EVERYWHERE), unknown])) ?? new Uint8Array()
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('canary')
  })

  it('has an empty record where one could not be read, so that it is refused and counted alone', () => {
    const good = traces({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'good' }] }] }] })
    const bad = Buffer.from([0x0a, CANARY.length + 2, 0x12, CANARY.length, ...Buffer.from(CANARY)])
    // A span that is the canary's letters, which are no protobuf.
    const broken = Buffer.concat([good, Buffer.from([0x0a, bad.length, ...bad.subarray(0)]).subarray(0)])
    const result = make().redact('p', 'traces', broken)
    if (result !== undefined) expect(Buffer.from(result).toString('latin1')).not.toContain('canary')
    const span = Buffer.concat([Buffer.from([0x12, CANARY.length]), Buffer.from(CANARY)])
    const scope = Buffer.concat([Buffer.from([0x12, span.length]), span])
    const request = Buffer.concat([good, Buffer.from([0x0a, scope.length]), scope])
    const redacted = make().redact('p', 'traces', request) ?? new Uint8Array()
    expect(Buffer.from(redacted).toString('latin1')).not.toContain('canary')
    const spans = ExportTraceServiceRequest.decode(redacted).resourceSpans.flatMap(
      (one) => one.scopeSpans?.[0]?.spans ?? [],
    )
    expect(spans.map(({ name }) => name)).toEqual(['good', ''])
  })

  it('is not taken when it is no protobuf', () => {
    expect(make().redact('p', 'traces', Buffer.from('hello'))).toBeUndefined()
  })
})

describe('fields', () => {
  const attributes = (policy: Partial<RedactPolicy>, given: object[]) => {
    const bytes = make(policy).redact(
      'p',
      'traces',
      traces({
        resourceSpans: [
          { scopeSpans: [{ spans: [{ name: CANARY, status: { message: CANARY }, attributes: given }] }] },
        ],
      }),
    )
    const [span] =
      ExportTraceServiceRequest.decode(bytes ?? new Uint8Array()).resourceSpans[0]?.scopeSpans?.[0]?.spans ?? []
    return {
      span,
      values: Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value?.stringValue ?? value])),
    }
  }

  it('are kept, masked, hashed or dropped by key or its beginning', () => {
    const given = ['user.id', 'user.name', 'app.note', 'app.secret.x', 'gen_ai.input.messages'].map((key) => ({
      key,
      value: text(CANARY),
    }))
    const { values } = attributes(
      {
        fields: [
          { key: 'user.id', mode: 'hash' },
          { key: 'user.name', mode: 'mask' },
          { key: 'app.*', mode: 'keep' },
          { key: 'app.secret.*', mode: 'drop' },
          { key: 'gen_ai.input.messages', mode: 'drop' },
        ],
      },
      given,
    )
    expect(values).toEqual({
      'user.id': expect.stringMatching(/^[0-9a-f]{32}$/),
      'user.name': '[masked]',
      'app.note': CANARY,
    })
  })

  it('hash equal values to equal ones, under a key of the installation', () => {
    const fields = [{ key: '*', mode: 'hash' as const }]
    const given = [
      { key: 'a', value: text('u-1') },
      { key: 'b', value: text('u-1') },
      { key: 'c', value: { intValue: 7 } },
    ]
    const { values } = attributes({ fields }, given)
    expect(values['a']).toBe(values['b'])
    expect(values['c']).toMatch(/^[0-9a-f]{32}$/)
    const other = createRedactor(new Map([['*', { ...ALL, fields }]]), 'another key', createMetrics())
    const bytes =
      other?.redact('p', 'traces', traces({ resourceSpans: [{ resource: { attributes: given } }] })) ?? new Uint8Array()
    const resource = ExportTraceServiceRequest.decode(bytes).resourceSpans[0]?.resource
    expect(resource?.attributes?.[0]?.value?.stringValue).not.toBe(values['a'])
  })

  it('name a span, its status and a body too', () => {
    const { span } = attributes(
      {
        rules: [],
        fields: [
          { key: 'span.name', mode: 'mask' },
          { key: 'span.status_message', mode: 'drop' },
        ],
      },
      [],
    )
    expect([span?.name, span?.status?.message]).toEqual(['[masked]', ''])
  })
})

describe('own patterns and counts', () => {
  it('are counted by project and name', () => {
    const redactor = make({
      patterns: [{ name: 'order', match: '\\bORD-\\d{4}\\b', mode: 'mask' }],
      fields: [{ key: 'k', mode: 'mask' }],
    })
    const request = traces({
      resourceSpans: [
        { scopeSpans: [{ spans: [{ name: 'ORD-1234 a@example.com', attributes: [{ key: 'k', value: text('x') }] }] }] },
      ],
    })
    const name = (bytes?: Uint8Array) =>
      ExportTraceServiceRequest.decode(bytes ?? new Uint8Array()).resourceSpans[0]?.scopeSpans?.[0]?.spans?.[0]?.name
    expect(name(redactor.redact('p', 'traces', request))).toBe('[order] [email]')
    redactor.redact('q', 'traces', request)
    const expected = ['p', 'q'].flatMap((project) => [
      { project, rule: 'order', count: 1 },
      { project, rule: 'email', count: 1 },
      { project, rule: 'field:mask', count: 1 },
    ])
    expect(redactor.takeCounts()).toEqual(expected)
    expect(redactor.takeCounts()).toEqual([])
  })

  it('are refused at the start when they are not understood', () => {
    expect(() => make({ patterns: [{ name: 'bad', match: '(a', mode: 'mask' }] })).toThrow(
      /cannot use the pattern bad of redact: \( has no \)/,
    )
    expect(createRedactor(new Map(), '', createMetrics())).toBeUndefined()
  })
})

it('never changes what decodes, but for the places it names', () => {
  const redactor = make()
  const value: fc.Arbitrary<object> = fc.letrec<{ value: object }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc
        .string({ unit: 'binary', maxLength: 40 })
        .filter((one) => one.isWellFormed() && !/@|\+|\d{3}|-/.test(one))
        .map(text),
      fc.boolean().map((boolValue) => ({ boolValue })),
      fc.maxSafeInteger().map((intValue) => ({ intValue: intValue % 1_000_000 })),
      fc.uint8Array({ maxLength: 5 }).map((bytesValue) => ({ bytesValue })),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
      fc
        .array(
          tie('value').map((one) => ({ key: 'k', value: one })),
          { maxLength: 3 },
        )
        .map((values) => ({ kvlistValue: { values } })),
    ),
  })).value
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), fc.nat(5), (values, at) => {
      const attributes = values.map((one, i) => ({ key: `k${i}`, value: one }))
      const planted = attributes.toSpliced(at, 0, { key: 'p', value: text(`x ${CANARY} y`) })
      const request = (list: object[]) => ({
        resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'n', attributes: list }] }] }],
      })
      const before = traces(request(attributes))
      expect(redactor.redact('p', 'traces', before)).toBe(before)
      const after = redactor.redact('p', 'traces', traces(request(planted))) ?? new Uint8Array()
      const wanted = attributes.toSpliced(at, 0, { key: 'p', value: text('x [email] y') })
      expect(Buffer.from(after).equals(traces(request(wanted)))).toBe(true)
    }),
    { numRuns: 200 },
  )
})
