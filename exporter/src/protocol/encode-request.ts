// Runs of encoded spans in, the bytes of one OTLP ExportTraceServiceRequest out.
import type { AttributeBag, SpanResource, SpanScope } from '../span.ts'
import { writeAttributes } from './encode-span.ts'
import { varintSize, WireWriter } from './wire-writer.ts'

/** Spans of one tracer, each as a `ScopeSpans.spans` field, one after the other. */
export interface Run {
  readonly resource: SpanResource
  readonly scope: SpanScope
  readonly writer: WireWriter
}

/** Copies each run once. */
export function encodeRequest(runs: readonly Run[], extra: AttributeBag = {}): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (const [resource, ofResource] of groupBy(runs, (run) => run.resource)) {
    const inner: Uint8Array[] = [resourceHeader(resource, extra)]
    for (const { scope, writer } of ofResource) inner.push(...field(2, [scopeHeader(scope), writer.written()]))
    parts.push(...field(1, inner))
  }
  return join(parts)
}

function resourceHeader(resource: SpanResource, extra: AttributeBag): Uint8Array {
  const out = new WireWriter()
  const message = out.open(1)
  writeAttributes(out, 1, { ...resource.attributes, ...extra })
  out.close(message)
  if (resource.schemaUrl) out.string(3, resource.schemaUrl)
  return out.take()
}

function scopeHeader(scope: SpanScope): Uint8Array {
  const out = new WireWriter()
  const message = out.open(1)
  out.string(1, scope.name)
  if (scope.version) out.string(2, scope.version)
  out.close(message)
  if (scope.schemaUrl) out.string(3, scope.schemaUrl)
  return out.take()
}

/** A length-delimited field whose content is already in pieces. Fields 1 to 15 only: their tag is one byte. */
function field(number: number, pieces: readonly Uint8Array[]): Uint8Array[] {
  const length = totalLength(pieces)
  const head = new Uint8Array(1 + varintSize(length))
  head[0] = number * 8 + 2
  let rest = length
  for (let at = 1; at < head.length; at += 1) {
    head[at] = (rest % 128) | (at < head.length - 1 ? 128 : 0)
    rest = Math.floor(rest / 128)
  }
  return [head, ...pieces]
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(totalLength(pieces))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function totalLength(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
