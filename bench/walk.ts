// The walker against protobufjs' static decoder, and the whole way from bytes to a Native block: spans per CPU-second.
import { RequestWalker } from '../collector/src/normalize/request.ts'
import { SpanRecord } from '../collector/src/normalize/span-record.ts'
import { toSource } from '../collector/src/normalize/wire/bytes.ts'
import { opentelemetry } from '../proto/gen/otlp.js'
import { race, thousands } from './measure.ts'
import { makePayload, type Payload } from './payloads.ts'
import { toBlocks } from './to-blocks.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1

function walkOnly(payload: Payload): () => number {
  const walker = new RequestWalker(1024)
  const record = new SpanRecord(1024)
  let spans = 0
  const sink = {
    record(source: ReturnType<typeof toSource>, start: number, end: number) {
      if (record.read(source, start, end) === 'ok') spans++
    },
  }
  return () => {
    spans = 0
    const source = toSource(payload.bytes)
    walker.check(source)
    walker.walk(source, sink)
    return spans
  }
}

export function benchWalk(): void {
  console.log('\nOTLP bytes in memory -> …, spans per CPU-second (one process, median of interleaved rounds)')
  for (const [name, spans] of [
    ['small', 512],
    ['gen_ai', 256],
    ['agent', 64],
  ] as const) {
    const payload = makePayload(name, spans)
    const [decode, walk, blocks] = race([
      { name: 'protobufjs', run: () => ExportTraceServiceRequest.decode(payload.bytes) && spans },
      { name: 'walk', run: walkOnly(payload) },
      { name: 'blocks', run: toBlocks(payload) },
    ]).map(({ rate }) => rate) as [number, number, number]
    const size = Math.round(payload.bytes.length / spans)
    console.log(
      `  ${name.padEnd(7)} ${String(size).padStart(6)} B/span  protobufjs decode ${thousands(decode).padStart(7)}  walker ${thousands(walk).padStart(7)} (${(walk / decode).toFixed(1)}x)  priced Native blocks ${thousands(blocks).padStart(7)} (${(blocks / decode).toFixed(1)}x decode alone)`,
    )
  }
}

if (import.meta.main) benchWalk()
