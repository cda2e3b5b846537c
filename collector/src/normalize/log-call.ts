// A log record that tells of a model call -> what the row of that call needs. The same bytes give the same answer, whatever form they came in.

import { hash } from 'node:crypto'
import {
  type Attribute,
  type Interpretation,
  LOG_PROMPT_KEYS,
  LOG_SESSION_KEYS,
  logDurationNs,
  readLogCall,
  tellsOfCall,
  textOfValue,
  type Value,
} from '@hanzo/insights-semconv'
import type { LogRecord } from './log-record.ts'
import type { Stamps } from './times.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import { ValueDecoder } from './wire/decode.ts'
import { findKey } from './wire/find-key.ts'
import type { RowContext } from './write-span.ts'

const TRACE_ID_BYTES = 16
const SPAN_ID_BYTES = 8
const HALF_MASK = 0xffff_ffffn

/** A call as its log record tells it. Ids are made where the record has none: the same record always makes the same. */
export interface LogCall {
  traceId: Buffer
  spanId: Buffer
  /** The span that the record was written in. */
  parentId: Buffer | undefined
  name: string
  meaning: Interpretation
}

export class LogCallReader {
  private readonly decoder = new ValueDecoder()

  /** Whether the record is one of a call. Cheap, for it is asked of every record that is kept. */
  tells(record: LogRecord, source: Source): boolean {
    return record.use !== undefined && tellsOfCall(record.use, (key) => this.valueAt(record, source, key))
  }

  /** When the call began and ended; its end is unknown (0) where the record does not say how long it took. */
  stamps(record: LogRecord, source: Source): Stamps {
    const tookNs = record.use && logDurationNs(record.use, (key) => this.valueAt(record, source, key))
    const { startLo: endLo, startHi: endHi } = record
    const end = (BigInt(endHi) << 32n) | BigInt(endLo)
    const start = end - BigInt(tookNs ?? 0)
    // More than there was since 1970 is no duration.
    if (tookNs === undefined || start <= 0n) return { startLo: endLo, startHi: endHi, endLo: 0, endHi: 0 }
    return { startLo: Number(start & HALF_MASK), startHi: Number(start >> 32n), endLo, endHi }
  }

  /** @param context with the times that `stamps` gave */
  read(record: LogRecord, { source, scope, times }: RowContext): LogCall {
    const { bytes } = source
    const attributes = [...this.all(source, record.attributes), ...this.all(source, record.bodyMembers)]
    const spanId = record.spanId < 0 ? undefined : bytes.subarray(record.spanId, record.spanId + SPAN_ID_BYTES)
    const meaning = readLogCall(record.use!, {
      attributes,
      scopeName: bytes.toString('utf8', scope.nameStart, scope.nameEnd),
      scopeVersion: bytes.toString('utf8', scope.versionStart, scope.versionEnd),
      hasSpan: spanId !== undefined,
      startMs: times.startMs,
      ...(times.durationNs > 0 ? { durationNs: times.durationNs } : {}),
    })
    const identity = identityOf(record, source, attributes)
    const { operation = 'chat', request_model, response_model } = meaning.fields
    return {
      traceId: this.traceId(record, source) ?? digest(identity, TRACE_ID_BYTES),
      spanId: digest(['span', ...identity], SPAN_ID_BYTES),
      parentId: spanId,
      name: [operation, request_model ?? response_model].filter((part) => part !== undefined).join(' '),
      meaning,
    }
  }

  /** The record's trace, or else the one that its conversation and prompt make; undefined when it names none of them. */
  traceId(record: LogRecord, source: Source): Buffer | undefined {
    const { traceId } = record
    if (traceId >= 0) return source.bytes.subarray(traceId, traceId + TRACE_ID_BYTES)
    const [session, prompt] = [LOG_SESSION_KEYS, LOG_PROMPT_KEYS].map((keys) =>
      keys.map((key) => textOfValue(this.valueAt(record, source, key))).find((text) => text !== ''),
    )
    if (session === undefined && prompt === undefined) return undefined
    return digest(['trace', session ?? '', prompt ?? ''], TRACE_ID_BYTES)
  }

  private *all(source: Source, list: Attributes): Iterable<Attribute> {
    for (let i = 0; i < list.count; i++)
      yield [source.bytes.toString('utf8', list.keyStart[i]!, list.keyEnd[i]!), this.decoder.value(source, list, i)]
  }

  private valueAt({ attributes, bodyMembers }: LogRecord, source: Source, key: string): Value {
    for (const list of [attributes, bodyMembers]) {
      const i = findKey(list, source, key)
      if (i >= 0) return this.decoder.value(source, list, i)
    }
    return undefined
  }
}

// Of values, not of bytes: one record may be put into protobuf in more ways than one.
function identityOf(record: LogRecord, { bytes }: Source, attributes: readonly Attribute[]): string[] {
  const { traceId, spanId, nameStart, nameEnd, startHi, startLo } = record
  return [
    traceId < 0 ? '' : bytes.toString('hex', traceId, traceId + TRACE_ID_BYTES),
    spanId < 0 ? '' : bytes.toString('hex', spanId, spanId + SPAN_ID_BYTES),
    bytes.toString('utf8', nameStart, nameEnd),
    `${startHi} ${startLo}`,
    ...attributes.flatMap(([key, value]) => [key, textOfValue(value)]),
  ]
}

/** JSON keeps the parts apart whatever is in them. */
const digest = (parts: readonly string[], length: number): Buffer =>
  hash('sha256', JSON.stringify(parts), 'buffer').subarray(0, length)
