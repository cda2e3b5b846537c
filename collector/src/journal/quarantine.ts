// Damaged bytes in, a copy for a person to look at out. Nothing that was acknowledged is ever just dropped.
import { basename, join } from 'node:path'
import type { Files, OpenFile } from './files.ts'
import type { Hole } from './segment.ts'

const COPY_BYTES = 1024 * 1024

/** `<journal>/quarantine`. */
export class Quarantine {
  readonly #files: Files
  readonly #dir: string

  constructor(files: Files, journalDir: string) {
    this.#files = files
    this.#dir = join(journalDir, 'quarantine')
  }

  /** Moves a whole file away; it keeps its name unless that is taken. */
  async move(path: string): Promise<string> {
    await this.#files.makeDir(this.#dir)
    const taken = await this.#files.list(this.#dir)
    let name = basename(path)
    for (let i = 1; taken.includes(name); i++) name = `${basename(path)}.${i}`
    const target = join(this.#dir, name)
    await this.#files.rename(path, target)
    await this.#files.syncDir(this.#dir)
    return target
  }

  /** Copies a damaged place, once: the segment itself stays for the good records in it, so every start finds the place again. */
  async copy(path: string, file: OpenFile, hole: Hole): Promise<string> {
    const name = `${basename(path)}-${hole.from}-${hole.to}`
    const target = join(this.#dir, name)
    await this.#files.makeDir(this.#dir)
    if ((await this.#files.list(this.#dir)).includes(name)) return target
    const out = await this.#files.open(`${target}.tmp`, 'create')
    try {
      for (let at = hole.from; at < hole.to; at += COPY_BYTES) {
        const piece = Buffer.alloc(Math.min(COPY_BYTES, hole.to - at))
        const got = await file.read(piece, at)
        await out.write([piece.subarray(0, got)], at - hole.from)
      }
      await out.datasync()
    } finally {
      await out.close()
    }
    await this.#files.rename(`${target}.tmp`, target)
    await this.#files.syncDir(this.#dir)
    return target
  }
}
