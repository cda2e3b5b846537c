// The spans of a trace as the API answers them in; one table of columns in order of the tree out. Columns are typed arrays: a hundred thousand spans are some megabytes.
import { fromPicodollars, toPicodollars } from '../../../src/query/money.ts'
import { buildTree, type TreeSpan } from '../../../src/query/trace-tree.ts'
import type { SpanRow } from '../api/rows.ts'

/** Row = place in order of the tree: a span stands before all that is below it. */
export interface SpanTable {
  count: number
  /** False: spans are missing, either still to come or too many to show. */
  isWhole: boolean
  ids: BigUint64Array
  /** Row of the parent; -1 = a root. */
  parents: Int32Array
  depths: Int32Array
  /** Direct children. */
  children: Int32Array
  /** Rows of the span and all below it: they are its own row and those that follow. */
  sizes: Int32Array
  /** Among its brothers, from 1; and how many they are. */
  positions: Int32Array
  brothers: Int32Array
  /** Places in `words`. */
  names: Int32Array
  kinds: Int32Array
  models: Int32Array
  services: Int32Array
  words: Readonly<Record<Word, readonly string[]>>
  /** Milliseconds since the first span began. */
  starts: Float64Array
  lengths: Float64Array
  /** When the last span ended, in milliseconds since the first began. */
  endMs: number
  failed: Uint8Array
  /** Failed spans of the subtree. */
  errors: Int32Array
  /** NaN = not known; those of the span itself, and those of calls that count in its subtree. */
  tokens: Float64Array
  subtreeTokens: Float64Array
  /** Exact dollars. */
  costs: readonly (string | null)[]
  subtreeCosts: readonly (string | null)[]
}

type Word = 'name' | 'kind' | 'model' | 'service'

export interface Skeleton {
  complete: boolean
  name: string[]
  kind: string[]
  model: string[]
  service: string[]
  columns: string[]
  rows: (string | number | null)[][]
}

const idOf = (hex: string): bigint => (/^[0-9a-f]{1,16}$/.test(hex) ? BigInt(`0x${hex}`) : 0n)

/** In halves: making a BigInt out of each text takes ten times as long. */
function idsOf(hexes: readonly string[]): BigUint64Array {
  const ids = new BigUint64Array(hexes.length)
  const halves = new DataView(ids.buffer)
  for (const [row, hex] of hexes.entries()) {
    const text = hex.padStart(16, '0')
    halves.setUint32(row * 8, Number.parseInt(text.slice(8), 16), true)
    halves.setUint32(row * 8 + 4, Number.parseInt(text.slice(0, 8), 16), true)
  }
  return ids
}

export const hexOf = (id: bigint): string => id.toString(16).padStart(16, '0')

/** @returns -1 when there is none */
export const rowOf = (table: SpanTable, spanId: string): number => table.ids.indexOf(idOf(spanId))
export const spanIdAt = (table: SpanTable, row: number): string => hexOf(table.ids[row] ?? 0n)
export const wordAt = (table: SpanTable, word: Word, row: number): string =>
  table.words[word][table[`${word}s`][row] ?? -1] ?? ''

export function tableOfSkeleton(skeleton: Skeleton): SpanTable {
  const { rows, columns } = skeleton
  const column = (name: string): number => columns.indexOf(name)
  // plain loops: from() with a function walks by iterator, ten times as slow
  const integers = (name: string): Int32Array => {
    const [at, values] = [column(name), new Int32Array(rows.length)]
    for (let row = 0; row < values.length; row++) values[row] = Number(rows[row]?.[at] ?? 0)
    return values
  }
  const numbers = (name: string): Float64Array => {
    const [at, values] = [column(name), new Float64Array(rows.length)]
    for (let row = 0; row < values.length; row++) {
      const value = rows[row]?.[at]
      values[row] = typeof value === 'number' ? value : Number.NaN
    }
    return values
  }
  const texts = (name: string): (string | null)[] => {
    const at = column(name)
    return rows.map((row) => (typeof row[at] === 'string' ? row[at] : null))
  }
  const [id, status] = [column('span_id'), column('status')]
  return withPlaces({
    count: rows.length,
    isWhole: skeleton.complete,
    ids: idsOf(rows.map((row) => String(row[id]))),
    parents: integers('parent'),
    depths: integers('depth'),
    children: integers('children'),
    sizes: integers('subtree_spans'),
    names: integers('name'),
    kinds: integers('kind'),
    models: integers('model'),
    services: integers('service'),
    words: { name: skeleton.name, kind: skeleton.kind, model: skeleton.model, service: skeleton.service },
    starts: numbers('start_ms'),
    lengths: numbers('latency_ms'),
    failed: Uint8Array.from(rows, (row) => (row[status] === 'error' ? 1 : 0)),
    errors: integers('subtree_errors'),
    tokens: numbers('total_tokens'),
    subtreeTokens: numbers('subtree_tokens'),
    costs: texts('cost_usd'),
    subtreeCosts: texts('subtree_cost_usd'),
  })
}

interface OwnSpan extends TreeSpan {
  row: SpanRow
}

/** Of spans in order of start: the whole of a short trace, the beginning of a long one. */
export function tableOfSpans(spans: readonly SpanRow[], isWhole: boolean): SpanTable {
  const tree = buildTree<OwnSpan>(
    spans.map((row) => ({
      row,
      spanId: row.span_id ?? '',
      parentId: row.parent_span_id ?? '',
      failed: row.status === 'error',
      counts: row.counts_usage === 1,
      tokens: numberOf(row.total_tokens),
      picodollars: row.cost_usd == null ? undefined : toPicodollars(row.cost_usd),
    })),
  )
  const first = Math.min(...spans.map(({ start_time: time }) => msOf(time)))
  const lists = { name: placesOf(), kind: placesOf(), model: placesOf(), service: placesOf() }
  const rows = tree.spans.map(({ row }) => row)
  return withPlaces({
    count: rows.length,
    isWhole,
    ids: idsOf(rows.map(({ span_id: spanId }) => spanId ?? '')),
    parents: tree.parents,
    depths: tree.depths,
    children: tree.children,
    sizes: Int32Array.from(tree.subtrees, ({ spans: size }) => size),
    names: Int32Array.from(rows, ({ name }) => lists.name.of(name)),
    kinds: Int32Array.from(rows, ({ kind }) => lists.kind.of(kind)),
    models: Int32Array.from(rows, ({ model }) => lists.model.of(model)),
    services: Int32Array.from(rows, ({ service_name: service }) => lists.service.of(service)),
    words: {
      name: lists.name.values,
      kind: lists.kind.values,
      model: lists.model.values,
      service: lists.service.values,
    },
    starts: Float64Array.from(rows, ({ start_time: time }) => msOf(time) - first),
    lengths: Float64Array.from(rows, ({ latency_ms: ms }) => ms ?? Number.NaN),
    failed: Uint8Array.from(rows, ({ status }) => (status === 'error' ? 1 : 0)),
    errors: Int32Array.from(tree.subtrees, ({ errors }) => errors),
    tokens: Float64Array.from(tree.spans, ({ tokens }) => tokens ?? Number.NaN),
    subtreeTokens: Float64Array.from(tree.subtrees, ({ tokens }) => tokens ?? Number.NaN),
    costs: rows.map(({ cost_usd: cost }) => cost ?? null),
    subtreeCosts: tree.subtrees.map(({ picodollars }) =>
      picodollars === undefined ? null : fromPicodollars(picodollars),
    ),
  })
}

const numberOf = (value: number | string | null | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value)

function placesOf(): { values: string[]; of(value: string | null | undefined): number } {
  const values: string[] = []
  const places = new Map<string, number>()
  return {
    values,
    of(value) {
      const text = value ?? ''
      const known = places.get(text)
      if (known !== undefined) return known
      places.set(text, values.length)
      return values.push(text) - 1
    },
  }
}

function withPlaces(table: Omit<SpanTable, 'positions' | 'brothers' | 'endMs'>): SpanTable {
  const { count, parents, children, starts, lengths } = table
  const [positions, brothers, met] = [new Int32Array(count), new Int32Array(count), new Int32Array(count + 1)]
  let [roots, endMs] = [0, 0]
  for (let row = 0; row < count; row++) {
    const parent = parents[row] ?? -1
    if (parent < 0) roots++
    const slot = parent < 0 ? count : parent
    met[slot] = (met[slot] ?? 0) + 1
    positions[row] = met[slot] ?? 1
    const end = (starts[row] ?? 0) + (lengths[row] || 0)
    if (end > endMs) endMs = end
  }
  for (let row = 0; row < count; row++) {
    const parent = parents[row] ?? -1
    brothers[row] = parent < 0 ? roots : (children[parent] ?? 1)
  }
  return { ...table, positions, brothers, endMs }
}

/** Milliseconds with their fraction: Date knows whole ones only. */
export function msOf(iso: string | undefined): number {
  if (iso === undefined) return Number.NaN
  const [, head = iso, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? []
  return Date.parse(`${head}Z`) + Number(`0.${fraction || '0'}`) * 1000
}
