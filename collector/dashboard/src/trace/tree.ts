// Spans in order of start in; the same as a tree, flattened in reading order, with their depth, out.
import type { SpanRow } from '../api/rows.ts'

export interface TreeNode {
  span: SpanRow
  id: string
  depth: number
  children: number
  startMs: number
  endMs: number
}

/** Spans whose parent is not there are roots: nothing is left out. A ring of parents is cut where it is met. */
export function flatten(spans: readonly SpanRow[], folded: ReadonlySet<string>): TreeNode[] {
  const ids = new Set(spans.map(({ span_id: id }) => id ?? ''))
  const children = new Map<string, SpanRow[]>()
  const roots: SpanRow[] = []
  for (const span of spans) {
    const parent = span.parent_span_id ?? ''
    if (parent === '' || parent === span.span_id || !ids.has(parent)) roots.push(span)
    else children.set(parent, [...(children.get(parent) ?? []), span])
  }
  const nodes: TreeNode[] = []
  const seen = new Set<string>()
  const walk = (start: readonly SpanRow[]) => {
    const stack = start.map((span) => ({ span, depth: 0 })).reverse()
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { span, depth } = next
      const id = span.span_id ?? ''
      if (seen.has(id)) continue
      seen.add(id)
      const below = children.get(id) ?? []
      nodes.push({
        span,
        id,
        depth,
        children: below.length,
        startMs: msOf(span.start_time),
        endMs: msOf(span.end_time ?? span.start_time),
      })
      if (!folded.has(id)) for (const child of [...below].reverse()) stack.push({ span: child, depth: depth + 1 })
    }
  }
  walk(roots)
  // whoever is their own ancestor has no root above
  if (folded.size === 0) walk(spans.filter(({ span_id: id }) => !seen.has(id ?? '')))
  return nodes
}

/** Milliseconds with their fraction: Date knows whole ones only. */
export function msOf(iso: string | undefined): number {
  if (iso === undefined) return Number.NaN
  const [, head = iso, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? []
  return Date.parse(`${head}Z`) + Number(`0.${fraction || '0'}`) * 1000
}
