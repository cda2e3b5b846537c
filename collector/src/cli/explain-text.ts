// An explanation as the API gives it -> text for people: who told each field, what the tokens came to, and the sum.
import { z } from 'zod'
import { table } from './table.ts'

const shown = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
const told = { dialect: z.string().nullable(), key: z.string().nullable(), note: z.string().optional() }

export const explainedSpan = z.looseObject({
  trace_id: z.string(),
  span_id: z.string(),
  name: z.string(),
  start_time: z.string().nullable(),
  stored: z.boolean(),
  fields: z.array(z.object({ field: z.string(), value: shown, ...told, now: shown.optional() })),
  usage: z.looseObject({
    counts: z.array(
      z.object({
        count: z.string(),
        value: z.number().nullable(),
        reported: z.number().nullable(),
        ...told,
        now: z.number().nullable().optional(),
      }),
    ),
    rule: z.string(),
    rule_text: z.string(),
    rule_now: z.string().optional(),
    role: z.string(),
    role_text: z.string(),
    role_now: z.string().optional(),
    counts_usage: z.boolean(),
  }),
  cost: z.looseObject({
    cost_usd: z.string().nullable(),
    source_text: z.string(),
    reported_usd: z.string().nullable(),
    differs: z.string().optional(),
    sum: z
      .object({
        price_id: z.string().nullable(),
        tier: z.string().nullable(),
        rule: z.string().nullable(),
        since: z.string().nullable(),
        reason: z.string().nullable(),
        lines: z.array(
          z.object({
            bucket: z.string(),
            count: z.number(),
            rate_usd: z.string(),
            per: z.number(),
            amount_usd: z.string(),
          }),
        ),
        notes: z.array(z.string()),
        total_usd: z.string().nullable(),
      })
      .nullable(),
  }),
  metadata: z.record(z.string(), z.string()),
  unmapped: z.array(z.string()),
  notes: z.array(z.string()),
})

type Explained = z.infer<typeof explainedSpan>
type Shown = z.infer<typeof shown>

const MAX_VALUE = 60

export function explainedText(span: Explained): string {
  const { name, trace_id, span_id, start_time, stored, notes, unmapped } = span
  return [
    [name || 'a span without a name', trace_id && `${trace_id}/${span_id}`, start_time, stored ? '' : 'not stored']
      .filter(Boolean)
      .join('  '),
    ...notes,
    '',
    fieldsText(span),
    '',
    usageText(span),
    '',
    costText(span),
    ...(unmapped.length === 0 ? [] : ['', `keys that no rule knows: ${unmapped.join(', ')}`]),
  ].join('\n')
}

function fieldsText({ fields, metadata }: Explained): string {
  const rows = fields.map(({ field, value, dialect, key, note, now }) => [
    field,
    short(value),
    dialect ?? '-',
    key ?? '-',
    now === undefined ? (note ?? '') : `now: ${short(now)}`,
  ])
  const others = Object.entries(metadata).map(([key, value]) => [`metadata.${key}`, short(value), '', '', ''])
  return table(['FIELD', 'VALUE', 'DIALECT', 'KEY', ''], [...rows, ...others])
}

function usageText({ usage, stored }: Explained): string {
  const rows = usage.counts.map(({ count, value, reported, dialect, key, note, now }) => [
    count,
    String(value ?? '-'),
    String(reported ?? '-'),
    dialect ?? '-',
    key ?? '-',
    now === undefined ? (note ?? '') : `now: ${now}`,
  ])
  const counts = !stored ? '' : usage.counts_usage ? ' (it counts)' : ' (it does not count)'
  const otherwise = (now: string | undefined): string => (now === undefined ? '' : ` (now: ${now || 'none'})`)
  return [
    rows.length === 0 ? 'no tokens' : table(['TOKENS', 'COUNT', 'AS SENT', 'DIALECT', 'KEY', ''], rows),
    ...(usage.rule === '' && usage.rule_now === undefined
      ? []
      : [`${usage.rule || 'no rule'}: ${usage.rule_text}${otherwise(usage.rule_now)}`]),
    `${usage.role || 'no role'}: ${usage.role_text}${counts}${otherwise(usage.role_now)}`,
  ].join('\n')
}

function costText({ cost }: Explained): string {
  const { sum } = cost
  const lines = [`cost ${cost.cost_usd === null ? '' : `${cost.cost_usd} USD, `}${cost.source_text}`]
  if (cost.reported_usd !== null) lines.push(`  reported by the sender: ${cost.reported_usd} USD`)
  for (const { count, bucket, rate_usd, per, amount_usd } of sum?.lines ?? [])
    lines.push(`  ${count} ${bucket} x ${rate_usd} USD/${per === 1_000 ? '1K' : '1M'} = ${amount_usd}`)
  if (sum && sum.total_usd !== null) lines.push(`  total ${sum.total_usd} USD`)
  if (sum && sum.price_id !== null) {
    const rule = [sum.rule, sum.tier, sum.since && `in force since ${sum.since}`].filter(Boolean)
    lines.push(`  price ${sum.price_id}${rule.length === 0 ? '' : ` (${rule.join(', ')})`}`)
  }
  return [...lines, ...(sum?.notes ?? []).map((note) => `  ${note}`), ...(cost.differs ? [cost.differs] : [])].join(
    '\n',
  )
}

function short(value: Shown): string {
  const text = (Array.isArray(value) ? value.join(', ') : String(value ?? '')).replace(/\s+/g, ' ')
  return text === '' ? '-' : text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text
}
