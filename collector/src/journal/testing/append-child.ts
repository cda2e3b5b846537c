// For tests: appends until it is killed, and prints the number of every record that it may acknowledge, one a line.
import { writeSync } from 'node:fs'
import { open, payload } from './open.ts'
import { sizeOf } from './sizes.ts'

const [dir = '', from = '1'] = process.argv.slice(2)
const journal = await open(dir, { commitDelayMs: 1, segmentBytes: 256 * 1024 })
let next = Number(from)

async function client(): Promise<void> {
  for (;;) {
    const n = next++
    const { seq, durable } = journal.append({ kind: 1, project: 'p', receivedMs: n, bytes: payload(n, sizeOf(n)) })
    if (seq !== n) throw new Error(`record ${n} got number ${seq}`)
    await durable
    writeSync(1, `${seq}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, client))
