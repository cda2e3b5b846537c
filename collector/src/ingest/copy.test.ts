// A journal and a copy of it, put back later or started elsewhere: what both hold goes to the store under one name, what came since under two.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { nodeFiles } from '../journal/files.ts'
import { open as openJournal } from '../journal/testing/open.ts'
import { openSide, request, type Side } from './testing/side.ts'
import { KIND_TRACES } from './types.ts'

async function until(check: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !check(); i++) await new Promise((done) => setTimeout(done, 10))
  expect(check()).toBe(true)
}

const rows = ({ loaded }: Side): number => loaded.reduce((sum, batch) => sum + batch.rows, 0)

it('names records that were not sealed yet by their content, and new ones by nothing that a copy could know', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'insights-copy-'))
  const [original, copy] = ['original', 'copy'].map((name) => join(parent, name)) as [string, string]
  try {
    const journal = await openJournal(original)
    for (let n = 0; n < 10; n++) {
      const bytes = request(n * 10 + 1, n * 10 + 10)
      await journal.append({ kind: KIND_TRACES, project: 'p', receivedMs: 1_790_000_000_000 + n, bytes }).durable
    }
    await journal.close()
    await cp(original, copy, { recursive: true })

    const sides: Side[] = []
    // Whether rows are built or only counted must not change where a batch ends.
    for (const [dir, isMemoryShort] of [
      [original, false],
      [copy, true],
    ] as const) {
      const side = await openSide({ dir, files: nodeFiles, maxRows: 35, isMemoryShort: () => isMemoryShort })
      sides.push(side)
      await until(() => rows(side) === 100)
      const accepted = { project: 'p', signal: 'traces', encoding: 'protobuf' } as const
      await side.ingest.accept({ ...accepted, bytes: request(101, 110) })
      await until(() => rows(side) === 110)
      await side.stop()
    }
    const [first, second] = sides.map(({ loaded }) => loaded) as [Side['loaded'], Side['loaded']]
    const old = (loaded: Side['loaded']) => loaded.slice(0, -1).map(({ id, bytes }) => ({ id, bytes }))
    expect(old(second)).toEqual(old(first))
    expect(first.slice(0, -1).every((batch) => !batch.first)).toBe(true)
    expect(first.at(-1)).toMatchObject({ first: true, rows: 10 })
    expect(second.at(-1)!.id).not.toBe(first.at(-1)!.id)
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
})
