// Records in, the buffers of one write out. Everything in a group becomes durable, or is refused, together.
import {
  DATA,
  OPENS_GROUP,
  PROJECT_MAX_BYTES,
  RECORD_HEADER_BYTES,
  type Salt,
  writeRecordCrc,
  writeRecordHead,
} from './format.ts'
import type { JournalInput } from './types.ts'

const CHUNK_BYTES = 1024 * 1024
/** Up to this size a copy is cheaper than two more buffers in the writev. */
const COPY_MAX_BYTES = 16 * 1024
const POOLED_CHUNKS = 8

/** Chunks that go round between groups, so that steady load allocates nothing. */
export class ChunkPool {
  readonly #free: Buffer[] = []

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)
  }

  give(chunks: readonly Buffer[]): void {
    for (const chunk of chunks) if (this.#free.length < POOLED_CHUNKS) this.#free.push(chunk)
  }
}

/** A commit group: filled while the one before it is being synced. */
export class Group {
  readonly durable: Promise<void>
  bytes = 0
  /** Data records in it, the number of the first, and when that was received. */
  records = 0
  firstSeq = 0
  firstReceivedMs = 0
  readonly #salt: Salt
  readonly #pool: ChunkPool
  readonly #chunks: Buffer[] = []
  readonly #buffers: Uint8Array[] = []
  readonly #settled = Promise.withResolvers<void>()
  readonly #onDurable: (() => void)[] = []
  #chunk: Buffer | undefined
  #runStart = 0
  #at = 0

  constructor(salt: Salt, pool: ChunkPool) {
    this.#salt = salt
    this.#pool = pool
    this.durable = this.#settled.promise
    // A record that nobody waits for must not end the process when its group fails.
    this.durable.catch(() => undefined)
  }

  /** Adds a data record; its payload is copied only when small. Throws RangeError on a project name that is too long. */
  append(seq: number, input: JournalInput): void {
    const projectBytes = Buffer.byteLength(input.project)
    if (projectBytes > PROJECT_MAX_BYTES) throw new RangeError('cannot append: the project name is too long')
    if (this.records === 0) {
      this.firstSeq = seq
      this.firstReceivedMs = input.receivedMs
    }
    this.records++
    const head = {
      type: DATA,
      flags: 0,
      kind: input.kind,
      projectBytes,
      seq,
      receivedMs: input.receivedMs,
      bodyBytes: 0,
    }
    this.#add(head, input.project, input.bytes)
  }

  /** Adds a record of the journal's own. `seq` is the last data number given so far. */
  appendOwn(type: number, seq: number, body: Uint8Array): void {
    this.#add({ type, flags: 0, kind: 0, projectBytes: 0, seq, receivedMs: 0, bodyBytes: 0 }, '', body)
  }

  /** Runs once the group is on disk, before its waiters do. */
  onDurable(run: () => void): void {
    this.#onDurable.push(run)
  }

  /** Everything to write, in order. */
  takeBuffers(): readonly Uint8Array[] {
    this.#endRun()
    return this.#buffers
  }

  resolve(): void {
    this.#pool.give(this.#chunks)
    for (const run of this.#onDurable) run()
    this.#settled.resolve()
  }

  reject(error: Error): void {
    this.#settled.reject(error)
  }

  #add(head: Parameters<typeof writeRecordHead>[3], project: string, bytes: Uint8Array): void {
    const copied = bytes.length <= COPY_MAX_BYTES
    const headBytes = RECORD_HEADER_BYTES + head.projectBytes
    const chunk = this.#reserve(headBytes + (copied ? bytes.length : 0))
    const at = this.#at
    head.flags = this.bytes === 0 ? OPENS_GROUP : 0
    head.bodyBytes = head.projectBytes + bytes.length
    writeRecordHead(chunk, at, this.#salt.marker, head)
    if (head.projectBytes > 0) chunk.write(project, at + RECORD_HEADER_BYTES)
    this.#at += headBytes
    if (copied) {
      chunk.set(bytes, this.#at)
      this.#at += bytes.length
      writeRecordCrc(chunk, at, this.#at, { seed: this.#salt.seed })
    } else {
      writeRecordCrc(chunk, at, this.#at, { seed: this.#salt.seed, rest: bytes })
      this.#endRun()
      this.#buffers.push(bytes)
    }
    this.bytes += headBytes + bytes.length
  }

  #reserve(bytes: number): Buffer {
    if (this.#chunk !== undefined && this.#at + bytes <= this.#chunk.length) return this.#chunk
    this.#endRun()
    const chunk = this.#pool.take()
    this.#chunks.push(chunk)
    this.#chunk = chunk
    this.#runStart = 0
    this.#at = 0
    return chunk
  }

  #endRun(): void {
    if (this.#chunk !== undefined && this.#at > this.#runStart)
      this.#buffers.push(this.#chunk.subarray(this.#runStart, this.#at))
    this.#runStart = this.#at
  }
}
