// Seals and commits in; what is still owed to the store out. Pure state: no disk, no timers.
import type { Checkpoint, CommitMark, SealState } from './bodies.ts'
import type { Seal, SealInput, SeqRange } from './types.ts'

interface LiveSeal extends SealState {
  missing: number
  /** Monotonic time at which the last batch was committed. */
  completedAtMs: number
}

/** Which records are sealed, and which batches of those seals are in the store. Seals follow each other without gaps. */
export class Ledger {
  readonly #codec: () => string
  /** Durable seals, oldest first. */
  readonly #seals = new Map<number, LiveSeal>()
  /** Those of them that miss a batch, oldest first. */
  #open: LiveSeal[] = []
  #openRecords = 0
  #unwritten: CommitMark[] = []
  #nextSealId = 1
  #unsealedFrom = 1
  #durableUnsealedFrom = 1

  constructor(codec: () => string) {
    this.#codec = codec
  }

  get unsealedFrom(): number {
    return this.#unsealedFrom
  }

  /** Records in seals that miss a batch. */
  get openRecords(): number {
    return this.#openRecords
  }

  /** The seal that this would be. Throws RangeError when the range is not the next one. */
  propose(input: SealInput, lastSeq: number): Seal {
    if (input.first !== this.#unsealedFrom || input.last < input.first || input.last > lastSeq) {
      const wanted = `from ${this.#unsealedFrom} to at most ${lastSeq}`
      throw new RangeError(`cannot seal ${input.first} to ${input.last}: a seal must reach ${wanted}`)
    }
    return { ...input, id: this.#nextSealId, codec: this.#codec() }
  }

  /** Takes the id and the range of a proposed seal; `settle` follows when it is durable. */
  begin(seal: Seal): void {
    this.#nextSealId = seal.id + 1
    this.#unsealedFrom = seal.last + 1
  }

  /** A seal is durable. */
  settle(seal: Seal, nowMs: number): void {
    this.restore({ ...seal, committed: seal.batches.map(() => false) }, nowMs)
  }

  /** A seal as found on disk; one that is known already only adds its commits. */
  restore(seal: SealState, nowMs: number): void {
    this.#nextSealId = Math.max(this.#nextSealId, seal.id + 1)
    this.#durableUnsealedFrom = Math.max(this.#durableUnsealedFrom, seal.last + 1)
    this.#unsealedFrom = Math.max(this.#unsealedFrom, this.#durableUnsealedFrom)
    const known = this.#seals.get(seal.id)
    if (known) {
      for (const [batchIndex, done] of seal.committed.entries())
        if (done) this.#mark({ sealId: seal.id, batchIndex }, nowMs)
      return
    }
    const missing = seal.committed.filter((done) => !done).length
    const live: LiveSeal = { ...seal, committed: [...seal.committed], missing, completedAtMs: nowMs }
    this.#seals.set(seal.id, live)
    if (missing === 0) return
    this.#open.push(live)
    this.#openRecords += seal.last - seal.first + 1
  }

  /** A batch is in the store. A seal that is gone had been committed whole, so its commits say nothing new. */
  commit(mark: CommitMark, nowMs: number): void {
    if (this.#mark(mark, nowMs)) this.#unwritten.push(mark)
  }

  /** A commit as found on disk. */
  restoreCommit(mark: CommitMark, nowMs: number): void {
    this.#mark(mark, nowMs)
  }

  restoreCheckpoint(checkpoint: Checkpoint): void {
    this.#nextSealId = Math.max(this.#nextSealId, checkpoint.nextSealId)
    this.#durableUnsealedFrom = Math.max(this.#durableUnsealedFrom, checkpoint.unsealedFrom)
    this.#unsealedFrom = Math.max(this.#unsealedFrom, this.#durableUnsealedFrom)
  }

  /** Damage may have hidden up to `count` seals, whose ids name batches in the store: they are not given again. */
  skipIds(count: number): void {
    this.#nextSealId += count
  }

  /** Forgets the ranges of seals that never became durable. Their ids stay used. */
  rollBack(): void {
    this.#unsealedFrom = this.#durableUnsealedFrom
  }

  get hasUnwritten(): boolean {
    return this.#unwritten.length > 0
  }

  /** Commits that no record holds yet; the caller writes them. */
  takeUnwritten(): CommitMark[] {
    const taken = this.#unwritten
    this.#unwritten = []
    return taken
  }

  /** For the head of a new segment; it holds every commit, written or not. */
  checkpoint(): Checkpoint {
    return { nextSealId: this.#nextSealId, unsealedFrom: this.#durableUnsealedFrom }
  }

  seals(): SealState[] {
    return [...this.#seals.values()].map(({ missing: _, completedAtMs: __, ...seal }) => ({
      ...seal,
      committed: [...seal.committed],
    }))
  }

  /** First record that the store may not have. */
  oldestOwed(): number {
    return this.#open[0]?.first ?? this.#unsealedFrom
  }

  /** Ranges that the store may not have, oldest first. */
  owed(lastSeq: number): SeqRange[] {
    const open = this.#open.map(({ first, last }) => ({ first, last }))
    return this.#unsealedFrom > lastSeq ? open : [...open, { first: this.#unsealedFrom, last: lastSeq }]
  }

  /** Records up to this number are in the store, and have been for `retainMs`. */
  doneThrough(nowMs: number, retainMs: number): number {
    let through = this.#durableUnsealedFrom - 1
    if (this.#open[0]) through = Math.min(through, this.#open[0].first - 1)
    for (const seal of this.#seals.values()) {
      if (seal.first > through) break
      if (nowMs - seal.completedAtMs < retainMs) return seal.first - 1
    }
    return through
  }

  /** The records before `firstSeq` are deleted, durably: committed seals that lie before it are of no more use. */
  forgetBefore(firstSeq: number): void {
    for (const seal of this.#seals.values()) {
      if (seal.last >= firstSeq) return
      if (seal.missing === 0) this.#seals.delete(seal.id)
    }
  }

  #mark(mark: CommitMark, nowMs: number): boolean {
    const seal = this.#seals.get(mark.sealId)
    if (seal?.committed[mark.batchIndex] !== false) return false
    seal.committed[mark.batchIndex] = true
    if (--seal.missing > 0) return true
    seal.completedAtMs = nowMs
    this.#open = this.#open.filter((open) => open !== seal)
    this.#openRecords -= seal.last - seal.first + 1
    return true
  }
}
