// The chain of segment files: the closed ones, the active one, how it is followed by the next, and how the oldest go.
import type { Log } from '../telemetry/log.ts'
import { encodeCheckpoint, encodeSeal } from './bodies.ts'
import { errnoOf } from './errors.ts'
import type { Files, OpenFile } from './files.ts'
import { CHECKPOINT, type Identity, SEAL } from './format.ts'
import { type ChunkPool, Group } from './group.ts'
import type { Ledger } from './ledger.ts'
import { createSegment, type Segment } from './segment.ts'

export interface SegmentsOptions {
  dir: string
  files: Files
  log: Log
  ledger: Ledger
  identity: Identity
  epoch: number
  pool: ChunkPool
  /** What recovery found, oldest first. */
  closed: Segment[]
  nextSeq: number
}

/** Owner of the segment files. `advance` must have succeeded before `active` and `file` are used. */
export class Segments {
  /** Bytes in all of them. */
  bytes: number
  readonly #options: SegmentsOptions
  #all: Segment[]
  #file: OpenFile | undefined

  constructor(options: SegmentsOptions) {
    this.#options = options
    this.#all = [...options.closed]
    this.bytes = this.#all.reduce((sum, segment) => sum + segment.bytes, 0)
  }

  get count(): number {
    return this.#all.length
  }

  get active(): Segment {
    return this.#all[this.#all.length - 1]!
  }

  get file(): OpenFile | undefined {
    return this.#file
  }

  /** Oldest first; a copy, for readers that outlive a deletion. */
  list(): Segment[] {
    return [...this.#all]
  }

  /** The segment that holds a record. */
  find(seq: number): Segment | undefined {
    return this.#all.find((segment) => segment.firstSeq <= seq && seq <= segment.lastSeq)
  }

  /** Number of the oldest record there is, or of the next one. */
  firstSeq(): number {
    const oldest = this.#all.find((segment) => segment.lastSeq >= segment.firstSeq) ?? this.active
    return oldest.firstSeq
  }

  /** Goes on in a new segment. Its header ends the one before at the bytes that are durable; its first records carry the ledger over. */
  async advance(): Promise<void> {
    const { files, dir, identity, epoch, nextSeq } = this.#options
    const last = this.#all.at(-1)
    const header = {
      ...identity,
      epoch,
      number: (last?.number ?? 0) + 1,
      // Recovery may know of higher numbers than it found records.
      firstSeq: Math.max((last?.lastSeq ?? 0) + 1, nextSeq),
      previousEnd: last?.bytes ?? 0,
    }
    const head = this.#checkpoint(header.firstSeq - 1)
    const { segment, file } = await createSegment(files, dir, { header, head: head.takeBuffers() })
    head.resolve()
    await this.abandon()
    this.#file = file
    this.#all.push(segment)
    this.bytes += segment.bytes
  }

  /** Lets go of the active file without another write or sync. */
  async abandon(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    try {
      await file?.close()
    } catch (error) {
      this.#options.log.warn({ errno: errnoOf(error) }, 'cannot close a journal segment')
    }
  }

  /** A group is durable in the active segment. */
  grow(bytes: number, lastSeq: number): void {
    this.active.bytes += bytes
    this.active.lastSeq = lastSeq
    this.bytes += bytes
  }

  /** Closed segments, oldest first, that hold nothing behind `seq`. */
  doneThrough(seq: number): Segment[] {
    const keep = this.#all.findIndex((segment, i) => segment.lastSeq > seq || i === this.#all.length - 1)
    return this.#all.slice(0, Math.max(keep, 0))
  }

  /**
   * Deletes the oldest segments. Only when the directory says durably that they are gone may the ledger forget their seals: records that
   * come back after a power loss without their seals would be taken for new ones.
   */
  async remove(gone: readonly Segment[]): Promise<void> {
    const { files, dir, ledger } = this.#options
    for (const segment of gone) {
      try {
        await files.unlink(segment.path)
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error
      }
    }
    await files.syncDir(dir)
    this.#all = this.#all.filter((segment) => !gone.includes(segment))
    this.bytes -= gone.reduce((sum, segment) => sum + segment.bytes, 0)
    ledger.forgetBefore(this.#all[0]?.firstSeq ?? 1)
  }

  #checkpoint(lastSeq: number): Group {
    const { ledger, identity, pool } = this.#options
    const group = new Group(identity.salt, pool)
    group.appendOwn(CHECKPOINT, lastSeq, encodeCheckpoint(ledger.checkpoint()))
    for (const seal of ledger.seals()) group.appendOwn(SEAL, lastSeq, encodeSeal(seal))
    return group
  }
}
