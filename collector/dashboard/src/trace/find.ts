// What is looked for within a trace in; the rows that have it out. Names are looked at here, content by the API.
import type { SpanTable } from './span-table.ts'
import { spanIdAt } from './span-table.ts'

export interface Wanted {
  /** Asked of names, kinds, models, services and ids; undefined: only the API can say. */
  local: string | undefined
  /** The one kind wanted. */
  kind: string | undefined
  /** In the filter language; undefined: the API is not asked. */
  q: string | undefined
}

const MIN_CHARS = 3
const FILTER = /^-?[\w.]+(:|>=?|<=?|!=|=)\S/

export function wantedOf(text: string): Wanted {
  const trimmed = text.trim()
  const kind = /^kind:([a-z]+)$/.exec(trimmed)?.[1]
  if (kind !== undefined) return { local: undefined, kind, q: undefined }
  if (FILTER.test(trimmed) || trimmed.startsWith('"')) return { local: undefined, kind: undefined, q: trimmed }
  const quoted = `"${trimmed.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  return { local: trimmed.toLowerCase(), kind: undefined, q: trimmed.length < MIN_CHARS ? undefined : quoted }
}

/** Rows in order. */
export function findRows(table: SpanTable, { local, kind }: Wanted, found: readonly number[]): Int32Array {
  const hit = new Uint8Array(table.count)
  for (const row of found) if (row < hit.length) hit[row] = 1
  if (kind !== undefined) markWords(table.words.kind, table.kinds, (word) => word === kind, hit)
  if (local !== undefined && local !== '') {
    const has = (word: string): boolean => word.toLowerCase().includes(local)
    markWords(table.words.name, table.names, has, hit)
    markWords(table.words.kind, table.kinds, has, hit)
    markWords(table.words.model, table.models, has, hit)
    markWords(table.words.service, table.services, has, hit)
    if (local === 'error' || local === 'failed')
      for (let row = 0; row < table.count; row++) if (table.failed[row] === 1) hit[row] = 1
    // an id is short of nothing: part of one may be anything
    if (/^[0-9a-f]{16}$/.test(local))
      for (let row = 0; row < table.count; row++) if (spanIdAt(table, row) === local) hit[row] = 1
  }
  const rows: number[] = []
  for (let row = 0; row < hit.length; row++) if (hit[row] === 1) rows.push(row)
  return Int32Array.from(rows)
}

function markWords(
  words: readonly string[],
  places: Int32Array,
  has: (word: string) => boolean,
  hit: Uint8Array,
): void {
  const fits = words.map((word) => word !== '' && has(word))
  for (let row = 0; row < places.length; row++) if (fits[places[row] ?? -1] === true) hit[row] = 1
}

/** The match after or before a row, round the end. */
export function nextMatch(rows: Int32Array, from: number, step: 1 | -1): number | undefined {
  if (rows.length === 0) return undefined
  if (step === 1) return rows.find((row) => row > from) ?? rows[0]
  return rows.findLast((row) => row < from) ?? rows.at(-1)
}
