import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fill, open, payload, range, readSeqs, sealOf, withDir } from './testing/open.ts'

const filesHold = async (dir: string, text: string): Promise<boolean> => {
  for (const name of await readdir(dir)) if ((await readFile(join(dir, name))).includes(text)) return true
  return false
}

it('deletes at once what is committed, and nothing else', () =>
  withDir(async (dir) => {
    const journal = await open(dir, { retainMs: 3_600_000 })
    await fill(journal, { from: 1, to: 3 })
    const seal = await journal.seal(sealOf(1, 3))
    await journal.expire()
    expect(await readSeqs(journal)).toEqual(range(1, 3))
    journal.commit(seal.id, 0)
    expect(await filesHold(dir, 'record 2')).toBe(true)
    await journal.expire()
    expect(await filesHold(dir, 'record 2')).toBe(false)
    expect([await readSeqs(journal), journal.seals(), journal.owed()]).toEqual([[], [], []])
    await fill(journal, { from: 4, to: 5 })
    await journal.close()
    const again = await open(dir)
    expect(await readSeqs(again)).toEqual([4, 5])
    await again.close()
  }))

it('keeps what is appended and sealed meanwhile', () =>
  withDir(async (dir) => {
    const journal = await open(dir, { retainMs: 3_600_000 })
    const waits: Promise<unknown>[] = []
    for (let n = 1; n <= 300; n++) {
      waits.push(journal.append({ kind: 1, project: 'p', receivedMs: n, bytes: payload(n) }).durable)
      if (n % 50 === 0) waits.push(journal.seal(sealOf(n - 49, n)).then(({ id }) => journal.commit(id, 0)))
      if (n % 20 === 0) waits.push(journal.expire())
      if (n % 7 === 0) await new Promise((done) => setImmediate(done))
    }
    await Promise.all(waits)
    await fill(journal, { from: 301, to: 310 })
    await journal.expire()
    expect(await readSeqs(journal)).toEqual(range(301, 310))
    const { bytes } = journal.usage()
    const sizes = await Promise.all(
      (await readdir(dir))
        .filter((name) => name.endsWith('.wal'))
        .map(async (name) => (await readFile(join(dir, name))).length),
    )
    // The newest file may be preallocated: the books never hold less than nothing, nor more than the files.
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(sizes.reduce((sum, size) => sum + size, 0))
    await journal.close()
  }))

it('begins a new file after ten minutes, so that what is stored goes however slowly it fills', () =>
  withDir(async (dir) => {
    const clock = { nowMs: () => 0, monotonicMs: () => elapsedMs }
    let elapsedMs = 0
    const journal = await open(dir, { retainMs: 60_000, clock })
    const tick = () => new Promise((done) => setTimeout(done, 1_200))
    await fill(journal, { from: 1, to: 3 })
    journal.commit((await journal.seal(sealOf(1, 3))).id, 0)
    await fill(journal, { from: 4, to: 4 })
    await tick()
    expect(journal.usage().segments).toBe(1)
    elapsedMs = 11 * 60_000
    await tick()
    // Not all of it is stored yet, so it stays.
    expect([await readSeqs(journal), journal.usage().segments]).toEqual([[1, 2, 3, 4], 2])
    journal.commit((await journal.seal(sealOf(4, 4))).id, 0)
    elapsedMs = 13 * 60_000
    await tick()
    expect([await readSeqs(journal), journal.usage().segments]).toEqual([[], 1])
    await fill(journal, { from: 5, to: 5 })
    expect(await readSeqs(journal)).toEqual([5])
    await journal.close()
  }))
