// The engine's compressed column files in; those that hold one of the texts out. What SQL cannot see, a part that no table has any more, is seen here.
import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

/** Columns, and indexes of them. */
const COMPRESSED = /\.(bin|cidx|idx2?)$/

/** Files below the directory whose decompressed bytes hold one of the texts, as `path: text`, and how many blocks were read. */
export async function columnFilesWith(
  directory: string,
  texts: readonly string[],
): Promise<{ found: string[]; blocks: number }> {
  const found: string[] = []
  let blocks = 0
  for (const entry of await entriesOf(directory)) {
    if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    // Files of the engine come and go while it works.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    const plain = [...blocksOf(bytes)]
    blocks += plain.length
    const whole = Buffer.concat(plain)
    for (const text of texts) if (whole.includes(text)) found.push(`${relative(directory, path)}: ${text}`)
  }
  return { found, blocks }
}

const WALKS = 5

/** A part that a merge takes away under the walk ends it, so it is walked again. */
async function entriesOf(directory: string): Promise<Dirent[]> {
  for (let walk = 1; ; walk++) {
    try {
      return await readdir(directory, { recursive: true, withFileTypes: true })
    } catch (cause) {
      if (walk === WALKS) throw cause
    }
  }
}

const CHECKSUM_BYTES = 16
const HEAD_BYTES = 9

/** A block is a checksum, a method, both sizes, and the data. */
function* blocksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = CHECKSUM_BYTES; at + HEAD_BYTES <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 1)
    yield decompress(bytes.subarray(at, at + size))
    at += size + CHECKSUM_BYTES
  }
}

function decompress(block: Buffer): Buffer {
  const method = block[0]
  const size = block.readUInt32LE(5)
  const body = block.subarray(HEAD_BYTES)
  if (method === 0x02) return body
  if (method === 0x82) return lz4(body, size)
  if (method === 0x90) return zstdDecompressSync(body)
  // Several codecs, one after the other: which ones, then a block of the last of them. Texts have one alone, numbers several.
  if (method === 0x91) return decompress(body.subarray(1 + (body[0] ?? 0)))
  // T64, Delta and the like: numbers.
  return body
}

/** Sequences of literals and of copies from what is there already. */
function lz4(from: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size)
  let at = 0
  let end = 0
  const length = (start: number): number => {
    let total = start
    if (start === 15)
      for (let more = 255; more === 255; ) {
        more = from[at++] ?? 0
        total += more
      }
    return total
  }
  while (at < from.length) {
    const token = from[at++] ?? 0
    const literals = length(token >> 4)
    from.copy(out, end, at, at + literals)
    at += literals
    end += literals
    if (at >= from.length) break
    const distance = from.readUInt16LE(at)
    at += 2
    for (let left = length(token & 15) + 4; left > 0; left--, end++) out[end] = out[end - distance] ?? 0
  }
  return out
}
