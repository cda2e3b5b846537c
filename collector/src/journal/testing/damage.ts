// For tests: what a bad disk or a careless hand does to segment files.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Segment files, oldest first. */
export async function segmentPaths(dir: string): Promise<string[]> {
  return (await readdir(dir))
    .filter((name) => name.endsWith('.wal'))
    .sort()
    .map((name) => join(dir, name))
}

export async function change(path: string, edit: (bytes: Buffer) => Buffer | undefined): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, edit(bytes) ?? bytes)
}

/** The same header under another format version, with a CRC that fits. */
export function withVersion(header: Buffer, version: number): Buffer {
  const changed = Buffer.from(header)
  changed.writeUInt16LE(version, 12)
  changed.writeUInt32LE(crc32(changed.subarray(12, 80)), 8)
  return changed
}
