// The tree of a trace in; all its spans as short rows out, texts that come again and again as places in lists.
import { fromPicodollars } from './money.ts'
import { toSqlTime } from './time.ts'
import type { ReadTree } from './tree-read.ts'
import { SKELETON_COLUMNS, type SkeletonRow } from './tree-schema.ts'

const NANOS_PER_MS = 1e6

export function skeletonOf({ trace, tree, complete }: ReadTree) {
  const lists = { name: createList(), kind: createList(), model: createList(), service: createList() }
  let startNanos = tree.spans[0]?.startNanos ?? 0n
  for (const span of tree.spans) if (span.startNanos < startNanos) startNanos = span.startNanos
  const rows = tree.spans.map((span, at): SkeletonRow => {
    const subtree = tree.subtrees[at]
    return [
      span.spanId,
      tree.parents[at] ?? -1,
      tree.depths[at] ?? 0,
      tree.children[at] ?? 0,
      lists.name.place(span.name),
      lists.kind.place(span.kind),
      lists.model.place(span.model),
      lists.service.place(span.service),
      Number(span.startNanos - startNanos) / NANOS_PER_MS,
      span.latencyMs,
      span.status,
      span.tokens ?? null,
      span.picodollars === undefined ? null : fromPicodollars(span.picodollars),
      subtree?.spans ?? 1,
      subtree?.errors ?? 0,
      subtree?.tokens ?? null,
      subtree?.picodollars === undefined ? null : fromPicodollars(subtree.picodollars),
    ]
  })
  return {
    trace_id: String(trace['trace_id']),
    start_time: `${toSqlTime(startNanos).replace(' ', 'T')}Z`,
    spans: Number(trace['spans']),
    complete,
    name: lists.name.values,
    kind: lists.kind.values,
    model: lists.model.values,
    service: lists.service.values,
    columns: [...SKELETON_COLUMNS],
    rows,
  }
}

function createList(): { values: string[]; place(value: string): number } {
  const values: string[] = []
  const places = new Map<string, number>()
  return {
    values,
    place(value) {
      const known = places.get(value)
      if (known !== undefined) return known
      places.set(value, values.length)
      return values.push(value) - 1
    },
  }
}
