// A span of an SDK in, what semconv reads a span's meaning from out.
import type { Attribute, interpret, Value } from '@hanzo/insights-semconv'
import type { AttributeBag, HrTime, ReadableSpan } from '../span.ts'
import { MAX_DEPTH } from './encode-span.ts'

export function factsOf(span: ReadableSpan): Parameters<typeof interpret>[0] {
  return {
    name: span.name,
    attributes: attributesOf(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      attributes: attributesOf(event.attributes ?? {}),
      offsetNs: nsBetween(span.startTime, event.time),
    })),
    scopeName: span.instrumentationScope.name,
    scopeVersion: span.instrumentationScope.version ?? '',
    statusCode: span.status.code,
    statusMessage: span.status.message ?? '',
    startMs: span.startTime[0] * 1000 + span.startTime[1] / 1e6,
    durationNs: nsBetween(span.startTime, span.endTime),
  }
}

/** What is nested deeper than the encoders go, or in itself, is left empty. */
const attributesOf = (bag: AttributeBag): Attribute[] =>
  Object.entries(bag).map(([key, value]) => [key, toValue(value, 0)])

function toValue(value: unknown, depth: number): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    case 'object':
      return value === null ? undefined : toStructure(value, depth + 1)
    default:
      return undefined
  }
}

function toStructure(value: object, depth: number): Value {
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return depth > MAX_DEPTH ? [] : value.map((item) => toValue(item, depth))
  return new Map(depth > MAX_DEPTH ? [] : Object.entries(value).map(([key, item]) => [key, toValue(item, depth)]))
}

function nsBetween(start: HrTime, end: HrTime): number {
  return (end[0] - start[0]) * 1e9 + (end[1] - start[1])
}
