// Traces that were erased: what still comes of them (a sender's second try, the journal's unsealed end) is not stored again.
import type { Source } from './wire/bytes.ts'

/** Far more than anybody erases in the time that they are remembered. */
const MAX_TRACES = 2_000_000

export class ErasedTraces {
  /** First four bytes of the ids: nearly every span is told apart by them, without making a text. */
  private readonly beginnings = new Set<number>()
  private readonly known = new Set<string>()

  /** @param traceIds 32 hex digits each */
  add(project: string, traceIds: Iterable<string>): void {
    for (const id of traceIds) {
      if (this.known.size >= MAX_TRACES) return
      this.beginnings.add(Number.parseInt(id.slice(0, 8), 16))
      this.known.add(`${id} ${project}`)
    }
  }

  /** @param at place of the trace id; negative when there is none */
  has({ bytes, view }: Source, at: number, project: string): boolean {
    if (this.beginnings.size === 0 || at < 0 || !this.beginnings.has(view.getUint32(at))) return false
    const id = Buffer.from(bytes.buffer, bytes.byteOffset + at, 16).toString('hex')
    return this.known.has(`${id} ${project}`)
  }
}
