// The word under the caret in; what it may become out: names of fields, then values that there are in the range.
import type { QueryClient } from '@tanstack/react-query'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { count } from '../format/numbers.ts'
import { quoted } from './clauses.ts'
import type { ListSpec } from './lists.ts'

export interface Proposal {
  insert: string
  hint: string
}

interface Given {
  spec: ListSpec
  fields: readonly string[]
  client: QueryClient
  from: string | undefined
  to: string | undefined
}

const MAX = 12
/** Short or usual name -> dimension of the metrics, whose values are counted in rollups already. */
const VALUE_DIMENSIONS: Readonly<Record<string, string>> = {
  model: 'model',
  models: 'model',
  provider: 'provider',
  providers: 'provider',
  env: 'environment',
  environment: 'environment',
  service: 'service_name',
  service_name: 'service_name',
  services: 'service_name',
  operation: 'operation',
  kind: 'kind',
  error: 'error_type',
  error_type: 'error_type',
}
const STATES: Readonly<Record<string, readonly string[]>> = {
  is: ['error', 'root', 'cached', 'streamed', 'unpriced'],
  has: ['error', 'user', 'session', 'score', 'output'],
  status: ['ok', 'error'],
}

/** The word that the caret stands in or behind; quotes keep spaces together. */
export function wordAt(text: string, caret: number): { start: number; end: number; text: string } {
  let start = 0
  let isQuoted = false
  for (let at = 0; at < caret; at++) {
    if (text[at] === '"' && text[at - 1] !== '\\') isQuoted = !isQuoted
    else if (text[at] === ' ' && !isQuoted) start = at + 1
  }
  let end = caret
  while (end < text.length && text[end] !== ' ') end++
  return { start, end, text: text.slice(start, end) }
}

export async function proposalsFor(word: string, given: Given): Promise<Proposal[]> {
  const [, sign = '', name = '', typed] = /^(-?)([\w.]*)(?::(.*))?$/.exec(word) ?? []
  if (typed === undefined) return namesFor(name, sign, given)
  const values = STATES[name]?.map((value) => ({ value, hint: '' })) ?? (await valuesOf(name, given))
  const wanted = typed.replaceAll('"', '').toLowerCase()
  return values
    .filter(({ value }) => value.toLowerCase().includes(wanted) && value !== typed)
    .slice(0, MAX)
    .map(({ value, hint }) => ({ insert: `${sign}${name}:${quoted(value)}`, hint }))
}

function namesFor(name: string, sign: string, { fields, spec }: Given): Proposal[] {
  if (name === '') return spec.examples.map((insert) => ({ insert, hint: 'example' }))
  const lower = name.toLowerCase()
  const starting = fields.filter((field) => field.startsWith(lower))
  const holding = fields.filter((field) => !field.startsWith(lower) && field.includes(lower))
  return [...starting, ...holding]
    .slice(0, MAX)
    .map((field) => ({ insert: `${sign}${field}:`, hint: hintOf(field, spec) }))
}

const hintOf = (field: string, { columns }: ListSpec): string => columns[field] ?? ''

async function valuesOf(name: string, { client, from, to }: Given): Promise<{ value: string; hint: string }[]> {
  const dimension = VALUE_DIMENSIONS[name]
  if (dimension === undefined) return []
  const path = apiPath('/api/v1/metrics/error_rate', { from, to, group_by: dimension })
  const answer = await client
    .fetchQuery(jsonQuery<{ data: Record<string, string | number | null>[] }>(path))
    .catch(() => undefined)
  return (answer?.data ?? [])
    .map((row) => ({
      value: String(row[dimension] ?? ''),
      calls: Number(row['errors'] !== undefined && dimension === 'error_type' ? row['errors'] : row['calls']),
    }))
    .filter(({ value }) => value !== '')
    .sort((a, b) => b.calls - a.calls)
    .map(({ value, calls }) => ({ value, hint: count(calls) }))
}
