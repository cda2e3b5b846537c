// Spans of one trace as they lie in the store in; the tree of them out: rows in order (a parent, then all below it), depths, and sums of each subtree.
// However the parents are said: a parent that is not there makes a root, and a ring is cut at its first span.

/** What a subtree is added up of; undefined = not known. */
export interface TreeSpan {
  spanId: string
  /** '' = none. */
  parentId: string
  failed: boolean
  /** Whether its usage counts: that of others is told again by what is below them. */
  counts: boolean
  tokens: number | undefined
  picodollars: bigint | undefined
}

export interface Subtree {
  spans: number
  errors: number
  calls: number
  unpricedCalls: number
  tokens: number | undefined
  picodollars: bigint | undefined
}

export interface TraceTree<Span extends TreeSpan> {
  /** In order of the tree; brothers in the order that they came in. */
  spans: readonly Span[]
  depths: Int32Array
  /** Place of the parent among `spans`; -1 = a root. */
  parents: Int32Array
  /** Direct children. */
  children: Int32Array
  /** The span itself and all below it; those are the rows from its own to its own + subtree.spans. */
  subtrees: readonly Subtree[]
}

/** @param given in order of start */
export function buildTree<Span extends TreeSpan>(given: readonly Span[]): TraceTree<Span> {
  const parentOf = parentsOf(given)
  const order = orderOf(parentOf)
  const place = new Int32Array(given.length)
  for (const [at, index] of order.entries()) place[index] = at
  const count = given.length
  const [depths, parents, children] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
  const spans: Span[] = []
  for (const [at, index] of order.entries()) {
    const span = given[index]
    if (span === undefined) continue
    spans.push(span)
    const parent = parentOf[index] ?? -1
    const parentAt = parent < 0 ? -1 : (place[parent] ?? -1)
    parents[at] = parentAt
    if (parentAt < 0) continue
    depths[at] = (depths[parentAt] ?? 0) + 1
    children[parentAt] = (children[parentAt] ?? 0) + 1
  }
  return { spans, depths, parents, children, subtrees: sumUp(spans, parents) }
}

/** Index of each span's parent, or -1. Of two rows with one id the first is the parent. */
function parentsOf(given: readonly TreeSpan[]): Int32Array {
  const byId = new Map<string, number>()
  for (const [index, { spanId }] of given.entries()) if (!byId.has(spanId)) byId.set(spanId, index)
  const parents = Int32Array.from(given, ({ parentId }, index) => {
    const parent = parentId === '' ? undefined : byId.get(parentId)
    return parent === undefined || parent === index ? -1 : parent
  })
  cutRings(parents)
  return parents
}

/** Walks up from each span; who is met again on the same walk is in a ring, and its first span becomes a root. */
function cutRings(parents: Int32Array): void {
  const walks = new Int32Array(parents.length).fill(-1)
  for (let start = 0; start < parents.length; start++) {
    let at = start
    while (at >= 0 && walks[at] === -1) {
      walks[at] = start
      at = parents[at] ?? -1
    }
    if (at >= 0 && walks[at] === start) parents[firstOfRing(parents, at)] = -1
  }
}

function firstOfRing(parents: Int32Array, within: number): number {
  let first = within
  for (let at = parents[within] ?? within; at !== within; at = parents[at] ?? within) first = Math.min(first, at)
  return first
}

/** Indexes in order of the tree, without recursion: a trace may be a chain of a hundred thousand. */
function orderOf(parents: Int32Array): Int32Array {
  const count = parents.length
  const [firstChild, lastChild, nextBrother] = [filled(count), filled(count), filled(count)]
  const roots: number[] = []
  for (let index = 0; index < count; index++) {
    const parent = parents[index] ?? -1
    if (parent < 0) {
      roots.push(index)
      continue
    }
    const last = lastChild[parent] ?? -1
    if (last < 0) firstChild[parent] = index
    else nextBrother[last] = index
    lastChild[parent] = index
  }
  const order = new Int32Array(count)
  let at = 0
  for (const root of roots) {
    let index = root
    while (index >= 0) {
      order[at++] = index
      const child = firstChild[index] ?? -1
      index = child >= 0 ? child : following(index, root, { parents, nextBrother })
    }
  }
  return order
}

const filled = (count: number): Int32Array => new Int32Array(count).fill(-1)

/** The next brother, of the span or else of one above it. */
function following(
  from: number,
  root: number,
  { parents, nextBrother }: Record<'parents' | 'nextBrother', Int32Array>,
): number {
  for (let index = from; index !== root; index = parents[index] ?? root) {
    const brother = nextBrother[index] ?? -1
    if (brother >= 0) return brother
  }
  return -1
}

function sumUp(spans: readonly TreeSpan[], parents: Int32Array): Subtree[] {
  const sums = spans.map(ownSum)
  // What is below stands after: from the end each is whole when it is added to its parent.
  for (let at = spans.length - 1; at > 0; at--) {
    const [sum, above] = [sums[at], sums[parents[at] ?? -1]]
    if (sum === undefined || above === undefined) continue
    above.spans += sum.spans
    above.errors += sum.errors
    above.calls += sum.calls
    above.unpricedCalls += sum.unpricedCalls
    if (sum.tokens !== undefined) above.tokens = (above.tokens ?? 0) + sum.tokens
    if (sum.picodollars !== undefined) above.picodollars = (above.picodollars ?? 0n) + sum.picodollars
  }
  return sums
}

const ownSum = ({ failed, counts, tokens, picodollars }: TreeSpan): Subtree => ({
  spans: 1,
  errors: failed ? 1 : 0,
  calls: counts ? 1 : 0,
  unpricedCalls: counts && picodollars === undefined ? 1 : 0,
  tokens: counts ? tokens : undefined,
  picodollars: counts ? picodollars : undefined,
})
