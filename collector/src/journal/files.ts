// What the journal asks of a disk, and the real one. Fault tests pass another that runs full, fails, or loses unsynced writes.
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { acquireLock } from './lock.ts'

/** One open file. Every method rejects with the system's error (`code` is the errno name). */
export interface OpenFile {
  /** Reads at `position` until `into` is full or the file ends; gives the number of bytes read. */
  read(into: Uint8Array, position: number): Promise<number>
  /** Writes all of `buffers`, one after the other, from `position` on. */
  write(buffers: readonly Uint8Array[], position: number): Promise<void>
  datasync(): Promise<void>
  truncate(sizeBytes: number): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** `create` empties an existing file; `update` opens an existing one for reading and writing. */
export type OpenMode = 'read' | 'create' | 'update'

/** A file system, as far as the journal needs one. */
export interface Files {
  /** Makes a directory (0700) and its parents; one that exists is fine. */
  makeDir(path: string): Promise<void>
  list(path: string): Promise<string[]>
  open(path: string, mode: OpenMode): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  /** Makes creations, renames and removals in this directory durable. */
  syncDir(path: string): Promise<void>
  /** Takes the exclusive lock at `path` and gives its release; throws INSIGHTS_DATA_DIR_LOCKED. */
  lock(path: string): Promise<() => void>
}

const FLAGS: Record<OpenMode, number> = {
  read: constants.O_RDONLY,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  update: constants.O_RDWR,
}

/** The kernel takes at most this many buffers in one writev (Linux and macOS). */
const IOV_MAX = 1024

export const nodeFiles: Files = {
  async makeDir(path) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  list: (path) => readdir(path),
  open: async (path, mode) => wrapHandle(await open(path, FLAGS[mode], 0o600)),
  rename,
  unlink,
  async syncDir(path) {
    const dir = await open(path, 'r')
    try {
      await dir.sync()
    } finally {
      await dir.close()
    }
  },
  lock: acquireLock,
}

function wrapHandle(handle: FileHandle): OpenFile {
  return {
    async read(into, position) {
      let filled = 0
      while (filled < into.length) {
        const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return filled
    },
    async write(buffers, position) {
      let at = position
      for (let i = 0; i < buffers.length; i += IOV_MAX) {
        at = await writeSome(handle, buffers.length <= IOV_MAX ? buffers : buffers.slice(i, i + IOV_MAX), at)
      }
    },
    datasync: () => handle.datasync(),
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}

/** A disk that is nearly full takes a part and reports it as success; only the next call says ENOSPC. */
async function writeSome(handle: FileHandle, buffers: readonly Uint8Array[], position: number): Promise<number> {
  let left = buffers
  let at = position
  for (;;) {
    const { bytesWritten } = await handle.writev([...left], at)
    at += bytesWritten
    left = dropBytes(left, bytesWritten)
    if (left.length === 0) return at
    if (bytesWritten === 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'EIO' })
  }
}

function dropBytes(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  let skip = count
  let i = 0
  for (; i < buffers.length && skip >= buffers[i]!.length; i++) skip -= buffers[i]!.length
  const rest = buffers.slice(i)
  if (skip > 0) rest[0] = rest[0]!.subarray(skip)
  return rest
}
