// What a span means -> its columns, each with the dialect and key that told it.
import {
  DIALECTS,
  dialectOfScope,
  type Field,
  type Interpretation,
  RESOURCE_KEYS,
  type ResourceField,
  type Source,
} from '@hanzo/insights-semconv'
import type { Shown, Told } from './explained.ts'

/** What a span was read from, beside its meaning. */
export interface Origin {
  readonly scopeName: string
  readonly resource: ReadonlyMap<string, string>
  /** Canonical provider; '' for a framework. */
  readonly providerOf: (raw: string) => string
}

export interface FoundField extends Told {
  readonly field: string
  readonly value: Shown
}

type Sources = ReadonlyMap<Field | 'kind', Source>

interface Rule {
  readonly field: string
  readonly value: (meaning: Interpretation, origin: Origin) => Shown
  readonly told: (meaning: Interpretation, sources: Sources, origin: Origin) => Told
}

const NOBODY: Told = { dialect: null, key: null }
const told = (source: Source | undefined): Told => source ?? NOBODY

/** A column of the field's own name that holds its value. */
const plain = (field: Field, none: Shown = ''): Rule => ({
  field,
  value: ({ fields }) => shownOf(fields[field], none),
  told: (_, sources) => told(sources.get(field)),
})

/** A value of the span, or else of its resource. */
const ofResource = (field: ResourceField & Field): Rule => ({
  field,
  value: ({ fields }, origin) => fields[field] ?? resourceValue(origin, field)?.value ?? '',
  told: ({ fields }, sources, origin) =>
    fields[field] === undefined ? resourceTold(origin, field) : told(sources.get(field)),
})

const derived = (field: string, value: Rule['value'], note?: string): Rule => ({
  field,
  value,
  told: () => (note === undefined ? NOBODY : { ...NOBODY, note }),
})

const content = (field: 'input' | 'output', value: Rule['value']): Rule => ({ ...plain(field), value })

const RULES: readonly Rule[] = [
  {
    field: 'kind',
    value: ({ kind }) => kind,
    told: ({ kind }, sources) => {
      const source = sources.get('kind')
      if (source || kind === 'span') return told(source)
      return { ...NOBODY, note: 'no attribute names it: told by what else the span has' }
    },
  },
  {
    field: 'dialect',
    value: ({ dialect }) => dialect,
    told: ({ dialect }, _, { scopeName }) =>
      dialect !== '' && DIALECTS[dialectOfScope(scopeName)]?.name === dialect
        ? { dialect, key: `scope ${scopeName}` }
        : NOBODY,
  },
  plain('operation'),
  {
    ...plain('provider'),
    value: ({ fields: { provider = '' } }, { providerOf }) => providerOf(provider) || provider,
  },
  plain('request_model'),
  plain('response_model'),
  plain('response_id'),
  plain('session_id'),
  plain('user_id'),
  ofResource('environment'),
  ofResource('release'),
  {
    field: 'service_name',
    value: (_, origin) => resourceValue(origin, 'service_name')?.value ?? '',
    told: (_, __, origin) => resourceTold(origin, 'service_name'),
  },
  plain('agent_name'),
  plain('agent_id'),
  plain('workflow_name'),
  plain('tool_name'),
  plain('tool_call_id'),
  plain('prompt_name'),
  plain('prompt_version'),
  plain('tags', []),
  plain('finish_reasons', []),
  plain('stop_sequences', []),
  plain('output_type'),
  plain('service_tier'),
  plain('server_address'),
  { ...plain('stream'), value: ({ fields }) => (fields.stream === true ? true : null) },
  ...(['temperature', 'top_p', 'top_k', 'frequency_penalty', 'presence_penalty', 'max_tokens'] as const).map((field) =>
    plain(field, null),
  ),
  { ...plain('seed'), value: ({ fields: { seed } }) => (Number.isSafeInteger(seed) ? (seed ?? null) : null) },
  plain('choice_count', null),
  {
    field: 'time_to_first_token_ms',
    value: ({ timeToFirstTokenNs: ns }) => (ns === undefined ? null : ns / 1e6),
    told: (_, sources) =>
      sources.get('time_to_first_token') ?? sources.get('first_token_at') ?? { dialect: null, key: 'events' },
  },
  derived('first_token_flag', ({ firstTokenFlag }) => firstTokenFlag, 'why a told time to first token is not shown'),
  plain('response_cache'),
  {
    field: 'error_type',
    value: ({ errorType }) => errorType,
    told: (_, sources) => {
      const source = sources.get('error_type')
      return source ?? { ...NOBODY, note: "of the span's exception, or unknown" }
    },
  },
  derived('error_class', ({ errorClass }) => errorClass, 'of a closed list, by error type, message and HTTP status'),
  derived('error_message', ({ errorMessage }) => errorMessage),
  content('input', ({ input = '' }) => input),
  content('output', ({ output = '' }) => output),
  { ...plain('system_instructions'), value: ({ systemInstructions = '' }) => systemInstructions },
  { ...plain('tool_definitions'), value: ({ toolDefinitions = '' }) => toolDefinitions },
]

/** Every column of a span that is read from it, also those that nothing told. */
export function fieldsOf(meaning: Interpretation, origin: Origin): FoundField[] {
  const sources = meaning.sources()
  return RULES.map(({ field, value, told: tell }) => {
    const shown = value(meaning, origin)
    return { field, value: shown, ...(isNone(shown) ? NOBODY : tell(meaning, sources, origin)) }
  })
}

/** Names of the columns, for whoever reads rows to explain. */
export const FIELD_COLUMNS: readonly string[] = RULES.map(({ field }) => field)

export const isNone = (value: Shown): boolean =>
  value === '' || value === null || (Array.isArray(value) && value.length === 0)

function shownOf(value: unknown, none: Shown): Shown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : none
}

function resourceValue({ resource }: Origin, field: ResourceField): { key: string; value: string } | undefined {
  for (const key of RESOURCE_KEYS[field]) {
    const value = resource.get(key)
    if (value) return { key, value }
  }
  return undefined
}

function resourceTold(origin: Origin, field: ResourceField): Told {
  const found = resourceValue(origin, field)
  return found ? { dialect: 'resource', key: found.key } : NOBODY
}
