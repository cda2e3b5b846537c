// The OTLP/JSON messages that we read, as a table: JSON name -> field number, type, '*' when repeated. Compiled once for byte look-up.
import type { Signal } from './contract.ts'

/** How a field's JSON value becomes protobuf. `id` is hex, `base64` is bytes, `enum` and `uint32` are 32-bit varints. */
export type ScalarKind =
  | 'string'
  | 'id'
  | 'base64'
  | 'bool'
  | 'enum'
  | 'uint32'
  | 'int64'
  | 'fixed64'
  | 'fixed32'
  | 'double'

export interface Field {
  /** UTF-8 of the JSON name */
  name: Uint8Array
  tag: number
  kind: ScalarKind | 'message'
  repeated: boolean
  /** Of kind `message` only. */
  child: Message | undefined
}

/** Fields by the length of their name: a key is then compared with one or two candidates. */
export interface Message {
  fieldsByLength: Field[][]
}

const COMMON = {
  AnyValue: {
    stringValue: '1 string',
    boolValue: '2 bool',
    intValue: '3 int64',
    doubleValue: '4 double',
    arrayValue: '5 ArrayValue',
    kvlistValue: '6 KeyValueList',
    bytesValue: '7 base64',
  },
  ArrayValue: { values: '1 AnyValue*' },
  KeyValueList: { values: '1 KeyValue*' },
  KeyValue: { key: '1 string', value: '2 AnyValue' },
  InstrumentationScope: {
    name: '1 string',
    version: '2 string',
    attributes: '3 KeyValue*',
    droppedAttributesCount: '4 uint32',
  },
  EntityRef: { schemaUrl: '1 string', type: '2 string', idKeys: '3 string*', descriptionKeys: '4 string*' },
  Resource: { attributes: '1 KeyValue*', droppedAttributesCount: '2 uint32', entityRefs: '3 EntityRef*' },
}

const TRACES = {
  Request: { resourceSpans: '1 ResourceSpans*' },
  ResourceSpans: { resource: '1 Resource', scopeSpans: '2 ScopeSpans*', schemaUrl: '3 string' },
  ScopeSpans: { scope: '1 InstrumentationScope', spans: '2 Span*', schemaUrl: '3 string' },
  Span: {
    traceId: '1 id',
    spanId: '2 id',
    traceState: '3 string',
    parentSpanId: '4 id',
    name: '5 string',
    kind: '6 enum',
    startTimeUnixNano: '7 fixed64',
    endTimeUnixNano: '8 fixed64',
    attributes: '9 KeyValue*',
    droppedAttributesCount: '10 uint32',
    events: '11 Event*',
    droppedEventsCount: '12 uint32',
    links: '13 Link*',
    droppedLinksCount: '14 uint32',
    status: '15 Status',
    flags: '16 fixed32',
  },
  Event: {
    timeUnixNano: '1 fixed64',
    name: '2 string',
    attributes: '3 KeyValue*',
    droppedAttributesCount: '4 uint32',
  },
  Link: {
    traceId: '1 id',
    spanId: '2 id',
    traceState: '3 string',
    attributes: '4 KeyValue*',
    droppedAttributesCount: '5 uint32',
    flags: '6 fixed32',
  },
  Status: { message: '2 string', code: '3 enum' },
}

const LOGS = {
  Request: { resourceLogs: '1 ResourceLogs*' },
  ResourceLogs: { resource: '1 Resource', scopeLogs: '2 ScopeLogs*', schemaUrl: '3 string' },
  ScopeLogs: { scope: '1 InstrumentationScope', logRecords: '2 LogRecord*', schemaUrl: '3 string' },
  LogRecord: {
    timeUnixNano: '1 fixed64',
    severityNumber: '2 enum',
    severityText: '3 string',
    body: '5 AnyValue',
    attributes: '6 KeyValue*',
    droppedAttributesCount: '7 uint32',
    flags: '8 fixed32',
    traceId: '9 id',
    spanId: '10 id',
    observedTimeUnixNano: '11 fixed64',
    eventName: '12 string',
  },
}

const WIRE_TYPES: Record<ScalarKind | 'message', number> = {
  bool: 0,
  enum: 0,
  uint32: 0,
  int64: 0,
  fixed64: 1,
  double: 1,
  string: 2,
  id: 2,
  base64: 2,
  message: 2,
  fixed32: 5,
}

const TRACE_MESSAGES = compile({ ...COMMON, ...TRACES })

/** The request message of each signal that is decoded. */
export const REQUESTS: Record<Exclude<Signal, 'metrics'>, Message> = {
  traces: TRACE_MESSAGES.get('Request')!,
  logs: compile({ ...COMMON, ...LOGS }).get('Request')!,
}

/** Parts of a traces request that also come alone. */
export const SPAN_PARTS = {
  resource: TRACE_MESSAGES.get('Resource')!,
  scope: TRACE_MESSAGES.get('InstrumentationScope')!,
  span: TRACE_MESSAGES.get('Span')!,
} as const

type Table = Record<string, Record<string, string>>

function compile(table: Table): Map<string, Message> {
  const messages = new Map<string, Message>(Object.keys(table).map((name) => [name, { fieldsByLength: [] }]))
  for (const [messageName, fields] of Object.entries(table)) {
    const { fieldsByLength } = messages.get(messageName)!
    for (const [name, text] of Object.entries(fields)) {
      const field = compileField(name, text, messages)
      fieldsByLength[field.name.length] = [...(fieldsByLength[field.name.length] ?? []), field]
    }
  }
  return messages
}

function compileField(name: string, text: string, messages: Map<string, Message>): Field {
  const [, number, type, star] = /^(\d+) (\w+)(\*?)$/.exec(text)!
  const child = messages.get(type!)
  const kind = child === undefined ? (type as ScalarKind) : 'message'
  const tag = Number(number) * 8 + WIRE_TYPES[kind]
  return { name: Buffer.from(name), tag, kind, repeated: star === '*', child }
}
