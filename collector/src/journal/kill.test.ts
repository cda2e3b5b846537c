import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { open, payload, withDir } from './testing/open.ts'
import { sizeOf } from './testing/sizes.ts'

const CHILD = join(import.meta.dirname, 'testing', 'append-child.ts')
const ROUNDS = 6

/** Runs the child for a while and kills it; gives the last number that it acknowledged. */
async function runAndKill(dir: string, from: number, lifeMs: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, dir, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  await once(child.stdout, 'data')
  await new Promise((done) => setTimeout(done, lifeMs))
  child.kill('SIGKILL')
  await once(child, 'close')
  const acknowledged = text.slice(0, text.lastIndexOf('\n')).split('\n').map(Number)
  return Math.max(...acknowledged)
}

describe('a collector killed with SIGKILL while it appends', () => {
  it('has every acknowledged record when it is back, in order and byte for byte, kill after kill', () =>
    withDir(async (dir) => {
      let last = 0
      for (let round = 0; round < ROUNDS; round++) {
        const acknowledged = await runAndKill(dir, last + 1, 40 + 60 * round)
        expect(acknowledged).toBeGreaterThan(last)
        const journal = await open(dir)
        expect(journal.recovered).toMatchObject({ quarantined: 0, lost: [], firstSeq: 1 })
        last = journal.recovered.lastSeq
        expect(last).toBeGreaterThanOrEqual(acknowledged)
        let n = 0
        for await (const record of journal.read(1, last)) {
          n++
          if (record.seq !== n || !Buffer.from(payload(n, sizeOf(n))).equals(record.bytes))
            expect.fail(`record ${n} is not what was appended`)
        }
        expect(n).toBe(last)
        await journal.close()
      }
    }))
})
