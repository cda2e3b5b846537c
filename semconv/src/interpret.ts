// One span as plain values -> what it means: the rules of all dialects, written to be read. The exporter maps with it, `insights explain` shows
// it, and the collector's byte walker hands it every span that says more than the plain gen_ai attributes.

import { contentsOf } from './content.ts'
import type { KindWord } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { errorClass, errorFingerprint } from './error-class.ts'
import { FIELD_NAMES, Findings } from './findings.ts'
import { kindOf, OPERATION_KINDS } from './kinds.ts'
import { COUNTING_KINDS, type Field, type Kind, type Usage, type UsageRole, type UsageRule } from './model.ts'
import type { CanonicalFields } from './read-value.ts'
import { scoreOfFields } from './scores.ts'
import type { Interpretation, Source, SpanFacts } from './span-facts.ts'
import { settleUsage } from './usage.ts'
import { declaredMode } from './usage-mode.ts'

const STATUS_ERROR = 2
const TELLING_FIELDS: readonly Field[] = ['provider', 'operation', 'request_model', 'input_tokens', 'input']

/** @example interpret({ name: 'chat', attributes: [['gen_ai.operation.name', 'chat']] }).kind // 'generation' */
export function interpret(span: SpanFacts): Interpretation {
  const attributes = [...span.attributes]
  const found = new Findings(span, (wanted) => attributes.findLast(([key]) => key === wanted)?.[1])
  let position = 0
  for (const [key, value] of attributes) found.attribute(key, value, position++)
  for (const event of span.events ?? []) found.event(event)
  return conclude(found, span)
}

/** What the findings of a span come to. `attributes` and `events` of the facts are not looked at again. */
export function conclude(found: Findings, span: Omit<SpanFacts, 'attributes' | 'events'>): Interpretation {
  found.settle()
  const { word, source } = kindFound(found)
  const kind: Kind = word === 'wrapper' ? 'chain' : word
  if (kind === 'tool' || kind === 'agent') nameOf(found, kind)
  const contents = contentsOf(found, kind)
  if (!found.has('finish_reasons') && contents.finishReasons.length > 0)
    found.give('finish_reasons', contents.finishReasons, contents.keys.get('output')?.key ?? '')
  const fields = fieldsOf(found)
  const { usage, rule, searches } = usageOf(found, fields)
  const { moved, keys, finishReasons: _, ...texts } = contents
  const role = found.isRepeat ? 'repeat' : roleOf(word, kind, usage)
  return {
    kind,
    kindWord: word,
    dialect: kind === 'span' ? '' : dialectOf(found),
    fields,
    usage,
    ...(searches === undefined ? {} : { searches }),
    usageRule: rule,
    usageRole: role,
    countsUsage: role === 'call',
    ...firstToken(found, fields, span),
    ...failure(found, fields, kind, span),
    ...texts,
    metadata: found.metadataEntries,
    unmapped: kind === 'span' ? [] : found.unmapped.list(),
    scores: [...scoreOfFields(fields), ...found.events.scores],
    moved,
    contentKeys: new Map([...keys].map(([field, { key }]) => [field, key])),
    sources: () => sourcesOf(found, source, keys),
  }
}

function kindFound(found: Findings): { word: KindWord; source: Source | undefined } {
  const told = found.kindTelling
  const fromTold = told && { word: told.word, source: { dialect: DIALECTS[told.dialect]!.name, key: told.key } }
  if (fromTold && told.isStrong) return fromTold
  const operation = found.winner('operation')
  const named = operation && OPERATION_KINDS.get(String(operation.value))
  if (named) return { word: named, source: { dialect: DIALECTS[operation.dialect]!.name, key: operation.key } }
  if (fromTold) return fromTold
  return kindByName(found) ?? { word: kindByEvidence(found), source: undefined }
}

/** Where no attribute names the tool or agent, the span may. */
function nameOf(found: Findings, kind: 'tool' | 'agent'): void {
  const isNamed = found.dialects.some((number) => DIALECTS[number]!.spanNameIs?.includes(kind))
  if (isNamed) found.give(kind === 'tool' ? 'tool_name' : 'agent_name', found.spanName, 'span name')
}

function kindByName(found: Findings): { word: KindWord; source: Source } | undefined {
  for (const number of found.dialects) {
    const { spanNames = {}, name } = DIALECTS[number]!
    for (const key of [found.spanName, found.spanName.split(' ', 1)[0]!]) {
      if (Object.hasOwn(spanNames, key)) return { word: spanNames[key]!, source: { dialect: name, key: 'span name' } }
    }
  }
  return undefined
}

function kindByEvidence(found: Findings): KindWord {
  if (found.has('evaluation_name') && !found.has('request_model')) return 'evaluator'
  const messages = Object.values(found.events.messages).flat().length
  const told = ['input_tokens', 'output_tokens', 'input', 'output', 'output_text', 'output_tool_calls'] as const
  return kindOf({
    operation: '',
    hasToolName: found.has('tool_name') || found.has('tool_call_id'),
    hasModel: found.has('request_model') || found.has('response_model'),
    hasUsageOrContent:
      messages > 0 ||
      found.indexed.length > 0 ||
      found.raw !== undefined ||
      found.details !== undefined ||
      told.some((field) => found.has(field)),
  })
}

function fieldsOf(found: Findings): CanonicalFields {
  const fields: Record<string, unknown> = {}
  for (let i = 0; i < FIELD_NAMES.length; i++) {
    const winner = found.winners[i]
    if (winner) fields[FIELD_NAMES[i]!] = winner.value
  }
  return fields as CanonicalFields
}

function dialectOf(found: Findings): string {
  const [first] = found.dialects
  if (first !== undefined && DIALECTS[first]!.isBase !== true) return DIALECTS[first]!.name
  const telling = TELLING_FIELDS.map((field) => found.winner(field)).find((winner) => winner !== undefined)
  return telling === undefined ? '' : DIALECTS[telling.dialect]!.name
}

function usageOf(
  found: Findings,
  fields: CanonicalFields,
): { usage: Usage; rule: UsageRule; searches: number | undefined } {
  const told = found.details?.usage ?? {}
  const raw = found.raw?.usage
  const reported = {
    input: fields.input_tokens ?? told.input ?? Number.NaN,
    output: fields.output_tokens ?? told.output ?? Number.NaN,
    total: fields.total_tokens ?? told.total ?? Number.NaN,
    cacheRead: fields.cache_read_tokens ?? told.cacheRead ?? Number.NaN,
    cacheWrite: fields.cache_write_tokens ?? told.cacheWrite ?? Number.NaN,
    cacheWrite5m: fields.cache_write_5m_tokens ?? Number.NaN,
    cacheWrite1h: fields.cache_write_1h_tokens ?? told.cacheWrite1h ?? Number.NaN,
    reasoning: fields.reasoning_tokens ?? told.reasoning ?? Number.NaN,
  }
  const rule = settleUsage(reported, modeOf(found, fields))
  const counts: Record<keyof Usage, number | undefined> = {
    input: reported.input,
    output: reported.output,
    cacheRead: reported.cacheRead,
    cacheWrite: reported.cacheWrite,
    cacheWrite1h: reported.cacheWrite1h,
    reasoning: reported.reasoning,
    inputAudio: fields.input_audio_tokens ?? told.inputAudio,
    outputAudio: fields.output_audio_tokens ?? told.outputAudio,
    inputImage: fields.input_image_tokens ?? told.inputImage,
    outputImage: fields.output_image_tokens ?? told.outputImage,
  }
  const known = Object.entries(counts).filter(([, count]) => count !== undefined && !Number.isNaN(count))
  const { searches = fields.searches, ...better } = raw ?? {}
  return { usage: { ...Object.fromEntries(known), ...better }, rule: raw ? 'raw_usage' : rule, searches }
}

function modeOf(found: Findings, fields: CanonicalFields): ReturnType<typeof declaredMode> {
  // Buckets that do not overlap were added up already.
  if (found.details !== undefined && fields.input_tokens === undefined)
    return { input: 'inclusive', reasoningApart: false }
  const winner = found.winner('input_tokens')
  return declaredMode(
    found.dialects.map((number) => DIALECTS[number]!),
    DIALECTS[winner?.dialect ?? 0],
    {
      scopeName: found.scopeName,
      scopeVersion: found.scopeVersion,
      provider: fields.provider ?? '',
      model: fields.request_model ?? fields.response_model ?? '',
      hasPrefix: (prefix) => found.hasPrefix(prefix),
      flag: (key) => ({ true: true, false: false })[found.text(key) ?? ''],
    },
  )
}

function roleOf(word: KindWord, kind: Kind, usage: Usage): UsageRole {
  if (word === 'wrapper') return 'repeat'
  if (COUNTING_KINDS.includes(kind)) return 'call'
  return usage.input === undefined && usage.output === undefined ? '' : 'summary'
}

function firstToken(
  found: Findings,
  fields: CanonicalFields,
  { startMs, durationNs = Number.POSITIVE_INFINITY }: Pick<SpanFacts, 'startMs' | 'durationNs'>,
): Pick<Interpretation, 'timeToFirstTokenNs' | 'firstTokenFlag'> {
  const { first_token_at: at } = fields
  const ns =
    fields.time_to_first_token ??
    (at === undefined || startMs === undefined ? found.events.firstTokenOffsetNs : Math.round((at - startMs) * 1e6))
  if (ns === undefined) return { firstTokenFlag: '' }
  if (ns < 0) return { firstTokenFlag: 'negative' }
  // Beyond the call's own duration it is impossible.
  return ns > durationNs ? { firstTokenFlag: 'beyond_duration' } : { firstTokenFlag: '', timeToFirstTokenNs: ns }
}

function failure(
  found: Findings,
  fields: CanonicalFields,
  kind: Kind,
  { statusCode, statusMessage }: Pick<SpanFacts, 'statusCode' | 'statusMessage'>,
): Pick<Interpretation, 'errorType' | 'errorClass' | 'errorMessage' | 'errorFingerprint'> {
  const named = fields.error_type
  if (statusCode !== STATUS_ERROR && named === undefined && fields.failed !== true)
    return { errorType: '', errorClass: '', errorMessage: '', errorFingerprint: '' }
  const type = named ?? (found.events.exceptionType || 'unknown')
  const message = found.events.exceptionMessage || statusMessage || (fields.failure ?? '')
  return {
    errorType: type,
    errorClass: errorClass({ type, message, httpStatus: fields.http_status, isTool: kind === 'tool' }),
    errorMessage: message,
    errorFingerprint: errorFingerprint(message === '' ? type : message),
  }
}

function sourcesOf(
  found: Findings,
  kind: Source | undefined,
  contents: ReadonlyMap<string, { key: string; dialect: number }>,
): ReadonlyMap<Field | 'kind', Source> {
  const sources = new Map<Field | 'kind', Source>()
  if (kind) sources.set('kind', kind)
  for (let i = 0; i < FIELD_NAMES.length; i++) {
    const winner = found.winners[i]
    if (winner) sources.set(FIELD_NAMES[i]!, { dialect: DIALECTS[winner.dialect]!.name, key: winner.key })
  }
  for (const [field, { key, dialect }] of contents)
    sources.set(field as Field, { dialect: DIALECTS[dialect]?.name ?? '', key })
  for (const { usage, key } of [found.details, found.raw].filter((told) => told !== undefined)) {
    const dialect = DIALECTS[found.dialects[0] ?? -1]?.name ?? ''
    for (const [field, member] of USAGE_FIELDS)
      if (usage[member] !== undefined && (usage === found.raw?.usage || !found.has(field)))
        sources.set(field, { dialect, key })
  }
  return sources
}

/** Fields whose count a usage object may tell too: the provider's own one before any other, another one where no attribute tells. */
const USAGE_FIELDS = [
  ['input_tokens', 'input'],
  ['output_tokens', 'output'],
  ['cache_read_tokens', 'cacheRead'],
  ['cache_write_tokens', 'cacheWrite'],
  ['cache_write_1h_tokens', 'cacheWrite1h'],
  ['reasoning_tokens', 'reasoning'],
  ['input_audio_tokens', 'inputAudio'],
  ['output_audio_tokens', 'outputAudio'],
  ['input_image_tokens', 'inputImage'],
  ['output_image_tokens', 'outputImage'],
] as const satisfies readonly (readonly [Field, keyof Usage])[]
