// Spans in, OTLP ExportTraceServiceRequests out, grouped by resource and scope. Each span is written where it stays until its request leaves.
import type { AttributeBag, ReadableSpan, SpanResource, SpanScope } from '../span.ts'
import { encodeRequest, type Run } from './encode-request.ts'
import { writeSpan } from './encode-span.ts'
import type { Batch, Protocol } from './protocol.ts'
import { WireWriter } from './wire-writer.ts'

/** Writers that wait to be used again; one of a great batch is given up. */
const MAX_IDLE = 2
const MAX_IDLE_BYTES = 4 * 1024 * 1024
/** `ScopeSpans.spans` */
const SPAN_FIELD = 2

/** @param extra resource attributes that the options tell; they win over the app's own. */
export function otlpProtocol(extra: AttributeBag): Protocol {
  const idle: WireWriter[] = []
  return { openBatch: () => new OtlpBatch(extra, idle) }
}

class OtlpBatch implements Batch {
  count = 0
  sizeBytes = 0
  readonly #extra: AttributeBag
  readonly #idle: WireWriter[]
  readonly #runs: Run[] = []
  /** The next span is most likely of the same tracer, and as long as the last. */
  #last: Run | undefined
  #lastBytes = 200

  constructor(extra: AttributeBag, idle: WireWriter[]) {
    this.#extra = extra
    this.#idle = idle
  }

  get resources(): Iterable<SpanResource> {
    return new Set(this.#runs.map((run) => run.resource))
  }

  add(span: ReadableSpan, roomBytes: number): boolean {
    const { writer } = this.#runOf(span.resource, span.instrumentationScope)
    const start = writer.length
    try {
      const message = writer.open(SPAN_FIELD, this.#lastBytes)
      writeSpan(writer, span)
      writer.close(message)
    } catch (error) {
      writer.cut(start)
      throw error
    }
    this.#lastBytes = writer.length - start
    if (this.#lastBytes > roomBytes) {
      writer.cut(start)
      return false
    }
    this.count += 1
    this.sizeBytes += this.#lastBytes
    return true
  }

  takeBody(): Uint8Array<ArrayBuffer> {
    // A tracer whose only span broke off has an empty run.
    const body = encodeRequest(
      this.#runs.filter(({ writer }) => writer.length > 0),
      this.#extra,
    )
    for (const { writer } of this.#runs.splice(0)) {
      if (this.#idle.length >= MAX_IDLE || writer.capacity > MAX_IDLE_BYTES) continue
      writer.cut(0)
      this.#idle.push(writer)
    }
    this.#last = undefined
    this.count = 0
    this.sizeBytes = 0
    return body
  }

  /** The SDK gives one resource object per provider and one scope object per tracer, so identity tells them apart. */
  #runOf(resource: SpanResource, scope: SpanScope): Run {
    if (this.#last?.scope === scope && this.#last.resource === resource) return this.#last
    this.#last = this.#known(resource, scope) ?? this.#newRun(resource, scope)
    return this.#last
  }

  // A loop: a function that captures the arguments of its caller would be paid for by every span.
  #known(resource: SpanResource, scope: SpanScope): Run | undefined {
    for (const run of this.#runs) if (run.scope === scope && run.resource === resource) return run
    return undefined
  }

  #newRun(resource: SpanResource, scope: SpanScope): Run {
    const run = { resource, scope, writer: this.#idle.pop() ?? new WireWriter() }
    this.#runs.push(run)
    return run
  }
}
