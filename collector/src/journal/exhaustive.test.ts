// Every place at which a small journal can be torn, and every bit of it that can flip.
import { beforeAll, describe, expect, it } from 'vitest'
import { RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './format.ts'
import { MemoryDisk } from './testing/memory-disk.ts'
import { fill, open, payload, range, readAll, sealOf } from './testing/open.ts'

const RECORDS = 6
const HEAD_BYTES = SEGMENT_HEADER_BYTES + RECORD_HEADER_BYTES + 16

type Image = ReadonlyMap<string, Buffer>

let image: Image
beforeAll(async () => {
  const disk = new MemoryDisk()
  const journal = await open('/j', { files: disk.files() })
  for (let n = 1; n <= RECORDS; n++) await fill(journal, { from: n, to: n })
  await journal.seal(sealOf(1, 2))
  await journal.close()
  image = disk.contents()
})

const segmentOf = (from: Image): string => [...from.keys()].find((path) => path.endsWith('.wal'))!

/** Opens a journal of these files: what it says of damage, and the numbers that it gives back, each with its own bytes. */
async function start(files: Image): Promise<{ disk: MemoryDisk; seqs: number[]; reported: number; lost: number[] }> {
  const disk = new MemoryDisk()
  for (const [path, bytes] of files) disk.put(path, bytes)
  const journal = await open('/j', { files: disk.files() })
  const records = await readAll(journal)
  for (const { seq, bytes } of records) {
    if (!Buffer.from(payload(seq)).equals(bytes)) throw new Error(`record ${seq} is altered`)
  }
  const { quarantined, truncatedBytes, lost } = journal.recovered
  await journal.close()
  return {
    disk,
    seqs: records.map(({ seq }) => seq),
    reported: quarantined + truncatedBytes,
    lost: lost.flatMap(({ first, last }) => range(first, last)),
  }
}

describe('a small journal', () => {
  it('recovers from a tail torn at any byte: a prefix of its records, none altered, and the next start finds no damage', async () => {
    const path = segmentOf(image)
    const whole = image.get(path)!
    let longest = 0
    for (let length = 0; length <= whole.length; length++) {
      // A torn tail is what a kill or a power loss leaves, so there is no mark of a clean end.
      const torn = new Map([...image].filter(([name]) => !name.endsWith('clean-end')))
      torn.set(path, whole.subarray(0, length))
      const { disk, seqs } = await start(torn)
      expect(seqs, `torn at ${length}`).toEqual(range(1, seqs.length))
      expect(seqs.length, `torn at ${length}`).toBeGreaterThanOrEqual(longest)
      longest = seqs.length
      const again = await start(disk.contents())
      expect(again.seqs, `torn at ${length}`).toEqual(seqs)
      // Header and checkpoint are synced before the file has its name: a tear in there is damage, and stays told.
      if (length >= HEAD_BYTES) expect(again.reported, `torn at ${length}`).toBe(0)
    }
    expect(longest).toBe(RECORDS)
  })

  it('that was closed detects and reports every single flipped bit, the last record included, and gives back no altered record', async () => {
    const path = segmentOf(image)
    const whole = image.get(path)!
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bad = Buffer.from(whole)
      bad[bit >> 3]! ^= 1 << (bit & 7)
      const { seqs, reported, lost } = await start(new Map([...image, [path, bad]]))
      expect(reported, `bit ${bit}`).toBeGreaterThan(0)
      expect([...seqs, ...lost].sort(), `bit ${bit}`).toEqual(range(1, RECORDS))
    }
  })
})
