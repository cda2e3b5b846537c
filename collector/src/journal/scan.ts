// One segment file in, its records out, one at a time and checked. Reads ahead in large pieces and holds at most one piece or record.

import type { OpenFile } from './files.ts'
import { isRecordIntact, RECORD_HEADER_BYTES, type RecordHead, readRecordHead, type Salt } from './format.ts'

const PIECE_BYTES = 4 * 1024 * 1024

export interface ScanOptions {
  from: number
  /** Nothing at or behind this offset is looked at. */
  end: number
  salt: Salt
  /** Reuse the piece: quicker, but a record's bytes are only good until the next `fill`. */
  reuse: boolean
}

/** `more`: call `fill` and ask again. `bad`: no intact record starts here. */
export type Step = 'record' | 'more' | 'bad' | 'end'

/** A cursor over the records of a segment. After `step()` said `record`, `head`, `offset` and `body()` describe it. */
export class Scanner {
  readonly head: RecordHead = { type: 0, flags: 0, kind: 0, projectBytes: 0, seq: 0, receivedMs: 0, bodyBytes: 0 }
  /** Where the last record starts, or, after `bad`, the place that is bad. */
  offset: number
  readonly #file: OpenFile
  readonly #options: ScanOptions
  readonly #marker = Buffer.alloc(4)
  #piece = Buffer.alloc(0)
  #base: number
  #next: number
  #want = 0

  constructor(file: OpenFile, options: ScanOptions) {
    this.#file = file
    this.#options = options
    this.#marker.writeUInt32LE(options.salt.marker)
    this.#base = options.from
    this.#next = options.from
    this.offset = options.from
  }

  step(): Step {
    const { end, salt } = this.#options
    const at = this.#next - this.#base
    this.offset = this.#next
    if (this.#next >= end) return 'end'
    if (this.#next + RECORD_HEADER_BYTES > end) return 'bad'
    if (at + RECORD_HEADER_BYTES > this.#piece.length) return this.#needs(RECORD_HEADER_BYTES)
    if (this.#piece.readUInt32LE(at) !== salt.marker) return 'bad'
    readRecordHead(this.#piece, at, this.head)
    const bytes = RECORD_HEADER_BYTES + this.head.bodyBytes
    if (this.#next + bytes > end || this.head.projectBytes > this.head.bodyBytes) return 'bad'
    if (at + bytes > this.#piece.length) return this.#needs(bytes)
    if (!isRecordIntact(this.#piece, at, at + bytes, salt.seed)) return 'bad'
    this.#next += bytes
    return 'record'
  }

  /** Reads the next piece; throws when the file ends before `end`. */
  async fill(): Promise<void> {
    const { end, reuse } = this.#options
    const kept = this.#piece.subarray(this.#next - this.#base)
    const bytes = Math.min(Math.max(PIECE_BYTES, this.#want), end - this.#next)
    const fits = reuse && this.#piece.buffer.byteLength >= bytes
    const piece = fits ? Buffer.from(this.#piece.buffer, 0, bytes) : Buffer.allocUnsafeSlow(bytes)
    piece.set(kept)
    const got = await this.#file.read(piece.subarray(kept.length), this.#next + kept.length)
    if (kept.length + got < bytes) throw Object.assign(new Error('the segment is shorter than before'), { code: 'EIO' })
    this.#piece = piece
    this.#base = this.#next
    this.#want = 0
  }

  /** After `bad`: moves on to the next place behind it where a record may start; `end` when there is none. */
  async skip(): Promise<'record' | 'end'> {
    for (;;) {
      const at = this.#next - this.#base + 1
      const found = this.#piece.indexOf(this.#marker, at)
      this.#next = this.#base + (found >= 0 ? found : Math.max(at, this.#piece.length - this.#marker.length + 1))
      if (this.#next + RECORD_HEADER_BYTES > this.#options.end) {
        this.offset = this.#next = this.#options.end
        return 'end'
      }
      if (found < 0) {
        this.#next -= 1
        await this.fill()
        continue
      }
      let step = this.step()
      for (; step === 'more'; step = this.step()) await this.fill()
      if (step === 'record') return 'record'
    }
  }

  /** Goes on at `offset`, which must not lie behind the cursor. */
  seek(offset: number): void {
    this.#next = offset
  }

  project(): string {
    const at = this.offset - this.#base + RECORD_HEADER_BYTES
    return this.#piece.toString('utf8', at, at + this.head.projectBytes)
  }

  /** The payload, without the project. */
  body(): Buffer {
    const at = this.offset - this.#base + RECORD_HEADER_BYTES
    return this.#piece.subarray(at + this.head.projectBytes, at + this.head.bodyBytes)
  }

  #needs(bytes: number): 'more' {
    this.#want = bytes
    return 'more'
  }
}
