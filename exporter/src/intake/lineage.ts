// Ended spans in, children before their parents as they end; which to keep, and under which parent, out.
import type { ReadableSpan } from '../span.ts'

/** Traces that never end must not fill the memory; what is forgotten is only that a parent is to be kept, or was left out. */
const MAX_REMEMBERED = 20_000

export class Lineage {
  /** Ids of spans that are still running and have a kept span below them. */
  readonly #needed = new Set<string>()
  /** Left out: id -> parent's id, '' for a root. */
  readonly #leftOut = new Map<string, string>()

  /** True for a span that is wanted, and for the ancestor of one. */
  keeps(span: ReadableSpan, isWanted: boolean): boolean {
    const { spanId } = span.spanContext()
    const isAncestor = this.#needed.delete(spanId)
    if (isWanted || isAncestor) {
      const parent = this.parentOf(span)
      if (parent) remember(this.#needed, parent)
      return true
    }
    this.#leftOut.set(spanId, span.parentSpanContext?.spanId ?? '')
    forgetOldest(this.#leftOut)
    return false
  }

  /** The nearest ancestor that was not left out: one that ended before its child began to matter is gone. '' when there is none. */
  parentOf(span: ReadableSpan): string {
    let parent = span.parentSpanContext?.spanId ?? ''
    for (let hops = 0; hops < MAX_REMEMBERED; hops += 1) {
      const next = this.#leftOut.get(parent)
      if (next === undefined) break
      parent = next
    }
    return parent
  }
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id)
  forgetOldest(ids)
}

function forgetOldest(ids: { readonly size: number; keys(): Iterator<string>; delete(id: string): boolean }): void {
  if (ids.size <= MAX_REMEMBERED) return
  const oldest = ids.keys().next()
  if (!oldest.done) ids.delete(oldest.value)
}
