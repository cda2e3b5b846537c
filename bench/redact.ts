// Redaction of export requests in memory: MB per CPU-second, and how many times the walker's own cost it adds. Without a policy nothing runs.
import { REDACT_RULES } from '../collector/src/config/redaction.ts'
import { RequestWalker } from '../collector/src/normalize/request.ts'
import { SpanRecord } from '../collector/src/normalize/span-record.ts'
import { toSource } from '../collector/src/normalize/wire/bytes.ts'
import { createRedactor } from '../collector/src/redact/redactor.ts'
import { createMetrics } from '../collector/src/telemetry/metrics.ts'
import { race } from './measure.ts'
import { makePayload } from './payloads.ts'

const MB = 1e6

export function benchRedact(): void {
  console.log('\nOTLP bytes in memory -> redacted, MB per CPU-second (one process, median of interleaved rounds)')
  for (const [name, spans] of [
    ['small', 512],
    ['gen_ai', 256],
    ['agent', 64],
  ] as const) {
    const { bytes } = makePayload(name, spans)
    const planted = Buffer.from(bytes.toString('latin1').replaceAll('order placed', 'a@mail.co ab'), 'latin1')
    const rules = REDACT_RULES.map((rule) => ({ name: rule, mode: 'mask' as const }))
    const patterns = [{ name: 'order', match: '\\bORD-\\d{4,8}\\b', mode: 'mask' as const }]
    const redactorOf = (policy: { patterns: typeof patterns }) =>
      createRedactor(new Map([['*', { rules, fields: [], ...policy }]]), 'key', createMetrics())
    const [plain, own] = [redactorOf({ patterns: [] }), redactorOf({ patterns })]
    const walker = new RequestWalker(1024)
    const record = new SpanRecord(1024)
    const walk = (): number => {
      const source = toSource(bytes)
      walker.check(source)
      walker.walk(source, { record: (from, start, end) => void record.read(from, start, end) })
      return spans
    }
    const run = (redactor: typeof plain, given: Uint8Array) => () => {
      if (redactor?.redact('p', 'traces', given) === undefined) throw new Error('it is a request')
      return spans
    }
    const results = race([
      { name: 'walk', run: walk },
      { name: 'all rules, nothing to find', run: run(plain, bytes) },
      { name: 'all rules, addresses in every text', run: run(plain, planted) },
      { name: 'all rules and a pattern', run: run(own, bytes) },
    ])
    const size = bytes.length / spans
    const walked = results[0]?.rate ?? 0
    for (const result of results) {
      const share = result === results[0] ? '' : `, ${(walked / result.rate).toFixed(1)} x the walker's time`
      console.log(`${name.padEnd(7)} ${result.name.padEnd(36)} ${Math.round((result.rate * size) / MB)} MB/s${share}`)
    }
  }
}

if (import.meta.main) benchRedact()
