// For tests: a disk in memory that forgets, at a power loss, what was not synced: bytes, truncations, names.
import { basename } from 'node:path'
import type { Files, OpenFile } from '../files.ts'

interface MemoryFile {
  bytes: Buffer
  synced: Buffer
}

/** How much of what was not synced survives anyway, and whether a page of that comes back as zeros. */
export interface PowerLoss {
  keptShare: number
  zeroAt?: number
  keepNames: boolean
}

const errno = (code: string): Error => Object.assign(new Error(`${code}: memory disk`), { code })

export class MemoryDisk {
  /** While set, the operation fails. A failed datasync keeps nothing, and a later one would not say so. */
  failing: { write?: string; datasync?: string } = {}
  /** While true, a datasync waits; it fails when the machine or the process stops meanwhile. */
  holdSyncs = false
  #names = new Map<string, MemoryFile>()
  #durableNames = new Map<string, MemoryFile>()
  #boot = 0
  #locked = false

  /** The machine stops: whoever still uses it gets errors, and only what is durable (and, by luck, more) is left. */
  powerLoss(loss: PowerLoss): void {
    this.#boot++
    this.#locked = false
    this.failing = {}
    if (!loss.keepNames) this.#names = new Map(this.#durableNames)
    this.#durableNames = new Map(this.#names)
    for (const file of new Set(this.#names.values())) {
      const extra = Math.max(0, file.bytes.length - file.synced.length)
      const kept = file.bytes.subarray(file.synced.length, file.synced.length + Math.floor(extra * loss.keptShare))
      if (loss.zeroAt !== undefined) kept.fill(0, Math.floor(kept.length * loss.zeroAt), kept.length)
      file.bytes = file.synced = Buffer.concat([file.synced, kept])
    }
  }

  /** kill -9: the page cache lives on. */
  kill(): void {
    this.#boot++
    this.holdSyncs = false
    this.#locked = false
    this.failing = {}
  }

  /** A file as if it had always been there. */
  put(path: string, bytes: Uint8Array): void {
    const file = { bytes: Buffer.from(bytes), synced: Buffer.from(bytes) }
    this.#names.set(path, file)
    this.#durableNames.set(path, file)
  }

  /** Every file by its path. */
  contents(): Map<string, Buffer> {
    return new Map([...this.#names].map(([path, { bytes }]) => [path, Buffer.from(bytes)]))
  }

  files(): Files {
    const boot = this.#boot
    const alive = (): void => {
      if (boot !== this.#boot) throw errno('EIO')
    }
    return {
      makeDir: async () => alive(),
      list: async () => [...this.#names.keys()].map((path) => basename(path)),
      open: async (path, mode) => {
        alive()
        const known = this.#names.get(path)
        if (!known && mode !== 'create') throw errno('ENOENT')
        const file = known && mode !== 'create' ? known : { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
        this.#names.set(path, file)
        return this.#openFile(file, alive)
      },
      rename: async (from, to) => {
        alive()
        this.#names.set(to, this.#names.get(from)!)
        this.#names.delete(from)
      },
      unlink: async (path) => {
        alive()
        this.#names.delete(path)
      },
      syncDir: async () => {
        alive()
        this.#durableNames = new Map(this.#names)
      },
      lock: async () => {
        if (this.#locked) throw errno('EAGAIN')
        this.#locked = true
        return () => {
          if (boot === this.#boot) this.#locked = false
        }
      },
    }
  }

  #openFile(file: MemoryFile, alive: () => void): OpenFile {
    const fail = (operation: 'write' | 'datasync'): void => {
      alive()
      const code = this.failing[operation]
      if (code !== undefined) throw errno(code)
    }
    return {
      read: async (into, position) => {
        alive()
        into.set(file.bytes.subarray(position, position + into.length))
        return Math.max(0, Math.min(into.length, file.bytes.length - position))
      },
      write: async (buffers, position) => {
        fail('write')
        file.bytes = Buffer.concat([file.bytes.subarray(0, position), ...buffers])
      },
      datasync: async () => {
        fail('datasync')
        while (this.holdSyncs) await new Promise((done) => setTimeout(done, 1))
        fail('datasync')
        file.synced = Buffer.from(file.bytes)
      },
      truncate: async (sizeBytes) => {
        alive()
        file.bytes = Buffer.from(file.bytes.subarray(0, sizeBytes))
      },
      size: async () => file.bytes.length,
      close: async () => undefined,
    }
  }
}
