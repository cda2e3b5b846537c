// A stored row -> its explanation: the rules are run again over what the row keeps, and where they come to something else today, it says so.
import {
  type Attribute,
  DIALECTS,
  type Interpretation,
  interpret,
  LOG_USES,
  readLogCall,
  tellsOfCall,
  textOfValue,
} from '@hanzo/insights-semconv'
import { textOf as costText, sumOf } from './cost.ts'
import type { PriceLayer } from './deps.ts'
import { cut } from './explain-span.ts'
import type { CostSum, ExplainedCost, ExplainedCount, ExplainedField, ExplainedSpan, Shown } from './explained.ts'
import { type FoundField, fieldsOf, isNone } from './fields.ts'
import { factsOfStored, mapOf, nanosOf, type StoredFacts, type StoredRow, textOf } from './stored-span.ts'
import { countsOf, ESTIMATED, vectorOf } from './usage.ts'
import { roleText, ruleText, timeText } from './words.ts'

/** What told a value need not be in the row: content is kept in canonical form only, and so is what it was told from. */
const GONE = 'as stored: what told it is no longer in the row'

/** @param settled reason of the last settlement of the span; '' when there was none */
export function explainStored(row: StoredRow, settled: string, prices: PriceLayer): ExplainedSpan {
  const stored = factsOfStored(row)
  const meaning = meaningOf(row, stored)
  const resource = new Map(mapOf(row['resource_attributes']))
  const origin = { scopeName: stored.facts.scopeName ?? '', resource, providerOf: prices.providerOf }
  const fields = fieldsOf(meaning, origin).map((field) => storedField(field, row, stored))
  const [role, rule] = [textOf(row, 'usage_role'), textOf(row, 'usage_rule')]
  // The provider's own object is in content, which is kept in another form: its counts cannot be read again. Nor is anything estimated again.
  const isAgain = (rule !== 'raw_usage' && rule !== 'estimated') || meaning.usageRule === rule
  const untold = rule === 'estimated' ? ESTIMATED : GONE
  const counts = countsOf(meaning).map((count) => storedCount(count, row, { isAgain, untold }))
  return {
    trace_id: textOf(row, 'trace_id'),
    span_id: textOf(row, 'span_id'),
    parent_span_id: textOf(row, 'parent_span_id') || null,
    name: textOf(row, 'name'),
    start_time: `${textOf(row, 'start_time').replace(' ', 'T')}Z`,
    stored: true,
    kind: textOf(row, 'kind'),
    dialect: textOf(row, 'dialect') || null,
    fields: fields.filter(({ value, now }) => !isNone(value) || now !== undefined),
    usage: {
      counts: counts.filter(({ value, reported, now }) => value !== null || reported !== null || now !== undefined),
      rule,
      rule_text: ruleText(rule),
      role,
      role_text: roleText(role, settled),
      counts_usage: Number(row['counts_usage']) === 1,
      ...(isAgain && meaning.usageRule !== rule ? { rule_now: meaning.usageRule } : {}),
      ...(meaning.usageRole === role ? {} : { role_now: meaning.usageRole }),
    },
    cost: storedCost(row, counts, prices),
    metadata: Object.fromEntries(mapOf(row['metadata']).map(([key, value]) => [key, String(cut(value))])),
    unmapped: meaning.unmapped.filter((key) => !stored.back.has(key)),
    notes: notesOf(row),
  }
}

/** A call that a log record told of is read as one. */
function meaningOf(row: StoredRow, { facts }: StoredFacts): Interpretation {
  if (textOf(row, 'usage_role') !== 'log') return interpret(facts)
  const valueAt = (wanted: string) => facts.attributes.findLast(([key]) => key === wanted)?.[1]
  const use = logUses(row, facts.attributes).find((one) => tellsOfCall(one, valueAt))
  const hasSpan = textOf(row, 'parent_span_id') !== ''
  // A record that does not say how long the call took bounds nothing.
  const { durationNs = 0, ...others } = facts
  return use ? readLogCall(use, { ...others, ...(durationNs > 0 ? { durationNs } : {}), hasSpan }) : interpret(facts)
}

/** The uses of the record's own name first; a row does not keep the name of every record. */
function logUses(row: StoredRow, attributes: readonly Attribute[]) {
  const name = textOfValue(attributes.findLast(([key]) => key === 'event.name')?.[1])
  const own = LOG_USES.filter((use) => use.name === name)
  return own.length > 0 ? own : LOG_USES.filter(({ dialect }) => DIALECTS[dialect]?.name === textOf(row, 'dialect'))
}

function storedField(found: FoundField, row: StoredRow, stored: StoredFacts): ExplainedField {
  const { field } = found
  const value = field === 'stream' ? flagOf(row[field]) : shownOf(row[field], found.value)
  const content = CONTENTS.indexOf(field)
  if (content >= 0) return storedContent(found, value, { row, stored, key: contentKey(row, content) })
  if (isSame(value, found.value)) return { ...found, value: cut(value) }
  if (!isNone(found.value)) return { ...found, value: cut(value), now: cut(found.value) }
  // Content is kept in canonical form: why the model stopped may have stood in what it was.
  const outputKey = field === 'finish_reasons' ? contentKey(row, CONTENTS.indexOf('output')) : undefined
  if (outputKey !== undefined) return { field, value, dialect: textOf(row, 'dialect') || null, key: outputKey }
  return { field, value: cut(value), dialect: null, key: null, note: GONE }
}

const CONTENTS: readonly string[] = ['input', 'output', 'system_instructions', 'tool_definitions']

/** The key that a content came from; undefined when the row has none. */
function contentKey(row: StoredRow, content: number): string | undefined {
  const key = textOf(row, 'content_keys').split(' ')[content] ?? ''
  return key === '' || key === '-' ? undefined : key
}

interface StoredContent {
  readonly row: StoredRow
  readonly stored: StoredFacts
  readonly key: string | undefined
}

function storedContent(found: FoundField, value: Shown, { row, stored, key }: StoredContent): ExplainedField {
  const { field } = found
  if (key === undefined || isNone(value)) {
    // Where a content is gone that was put together, what would stand in for it says nothing.
    const now = isNone(found.value) || stored.made.size > 0 ? {} : { now: cut(found.value) }
    return { field, value: '', dialect: null, key: null, ...now }
  }
  const dialect = found.key === key ? found.dialect : textOf(row, 'dialect') || null
  // Values of events are kept as text.
  const isAgain = found.key === key && key !== 'events' && !stored.made.has(field)
  const now = !isAgain || isSame(value, found.value) ? {} : { now: cut(found.value) }
  return { field, value: cut(value), dialect, key, ...now }
}

interface Again {
  readonly isAgain: boolean
  /** What is said of a count that nothing in the row tells. */
  readonly untold: string
}

function storedCount(found: ExplainedCount, row: StoredRow, { isAgain, untold }: Again): ExplainedCount {
  if (found.count === 'total_tokens') return found
  const { count } = found
  const value = numberOf(row[count])
  if (value === found.value) return found
  if (!isAgain || found.value === null) return { count, value, reported: null, dialect: null, key: null, note: untold }
  return { ...found, value, now: found.value }
}

function storedCost(row: StoredRow, counts: readonly ExplainedCount[], prices: PriceLayer): ExplainedCost {
  const known = (column: string): string | null => textOf(row, column) || null
  const sum = textOf(row, 'usage_role') === '' ? null : sumOf(prices.sum(callOf(row, counts)))
  const source = textOf(row, 'cost_source')
  const differs = sum === null ? undefined : differenceOf(row, sum)
  return {
    cost_usd: known('cost_usd'),
    source: source || null,
    source_text: costText(source, sum === null ? null : { ...sum, reason: known('cost_reason') }),
    reported_usd: known('reported_cost_usd'),
    computed_usd: known('computed_cost_usd'),
    reason: known('cost_reason'),
    price_id: known('price_id'),
    sum,
    ...(differs === undefined ? {} : { differs }),
  }
}

const callOf = (row: StoredRow, counts: readonly ExplainedCount[]) => ({
  project: textOf(row, 'project_id'),
  provider: textOf(row, 'provider'),
  responseModel: textOf(row, 'response_model'),
  requestModel: textOf(row, 'request_model'),
  serviceTier: textOf(row, 'service_tier'),
  atMs: Number(nanosOf(textOf(row, 'start_time'))) / 1e6,
  usage: vectorOf(counts),
})

/** The row is priced by what it says of itself: it differs when prices have changed since. */
function differenceOf(row: StoredRow, sum: CostSum): string | undefined {
  const before = textOf(row, 'computed_cost_usd')
  if (plainDecimal(before) === plainDecimal(sum.total_usd ?? '') && textOf(row, 'price_id') === (sum.price_id ?? ''))
    return undefined
  const told = (usd: string | null, id: string | null, reason: string | null): string =>
    `${usd === null ? `unknown (${reason ?? 'no reason'})` : `${usd} USD`}${id === null ? '' : ` by ${id}`}`
  const then = told(before || null, textOf(row, 'price_id') || null, textOf(row, 'cost_reason') || null)
  const now = told(sum.total_usd, sum.price_id, sum.reason)
  return `the row was priced at ${then}; the prices of now come to ${now}. \`insights reprice\` rewrites stored rows`
}

const plainDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function notesOf(row: StoredRow): string[] {
  const dropped = Number(row['dropped_attributes'])
  const notes = [timeText(textOf(row, 'time_flag'))].filter((note) => note !== undefined)
  return dropped > 0 ? [...notes, `${dropped} attributes were dropped on the way: what they told is not known`] : notes
}

const flagOf = (value: unknown): Shown => (Number(value) === 1 ? true : null)

/** The API's rows have 64-bit numbers as text. */
function shownOf(value: unknown, like: Shown): Shown {
  if (Array.isArray(value)) return value.map(String)
  if (typeof like === 'number' && typeof value === 'string' && value !== '') return Number(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

const numberOf = (value: unknown): number | null =>
  value === null || value === undefined || value === '' ? null : Number(value)

function isSame(stored: Shown, now: Shown): boolean {
  if (isNone(stored) && isNone(now)) return true
  if (typeof now === 'number') return Math.abs(Number(stored) - now) <= Math.abs(now) * 1e-9
  return JSON.stringify(stored) === JSON.stringify(now)
}
