// What the app says of a step in, the attributes of its span out: those of the gen_ai conventions, ours where they have none.
import { jsonOf, textOf } from './json.ts'
import { GEN_AI, NAMES } from './names.ts'
import { type ProviderUsage, type TokenUsage, usageAttributes } from './usage.ts'

/** What a step is for. A `generation` is one call of a model. */
export type StepKind =
  | 'span'
  | 'generation'
  | 'embedding'
  | 'tool'
  | 'agent'
  | 'retrieval'
  | 'chain'
  | 'guardrail'
  | 'evaluator'
  | 'rerank'

/** What may be said of a step, at its start, later or at its end; what is said later wins. */
export interface StepFacts {
  readonly kind?: StepKind | undefined
  /** Messages, an object with `messages`, or anything that has JSON. */
  readonly input?: unknown
  readonly output?: unknown
  readonly model?: string | undefined
  /** Where it differs from `model`: as the provider names what answered. */
  readonly responseModel?: string | undefined
  readonly responseId?: string | undefined
  readonly provider?: string | undefined
  readonly usage?: TokenUsage | ProviderUsage | undefined
  /** In US dollars, when the app knows better than the collector's prices. */
  readonly costUsd?: number | undefined
  readonly finishReasons?: readonly string[] | undefined
  readonly timeToFirstTokenMs?: number | undefined
  /** Parameters of the request, by their names in the conventions: `temperature`, `top_p`, `max_tokens`, … */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly systemInstructions?: unknown
  readonly tools?: unknown
  readonly promptName?: string | undefined
  readonly promptVersion?: string | number | undefined
  readonly userId?: string | undefined
  readonly sessionId?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** OpenTelemetry attributes, written as they are. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined
}

interface KindRow {
  readonly operation?: string
  readonly input: string
  readonly output: string
  /** Attribute that the span's name is also written to. */
  readonly name?: string
  readonly isMessages?: boolean
}

const PLAIN = { input: NAMES.input, output: NAMES.output }
const MESSAGES = { input: GEN_AI.inputMessages, output: GEN_AI.outputMessages, isMessages: true }

const KINDS: Readonly<Record<StepKind, KindRow>> = {
  span: PLAIN,
  generation: { operation: 'chat', ...MESSAGES },
  embedding: { operation: 'embeddings', ...PLAIN },
  tool: {
    operation: 'execute_tool',
    input: GEN_AI.toolCallArguments,
    output: GEN_AI.toolCallResult,
    name: GEN_AI.toolName,
  },
  agent: { operation: 'invoke_agent', ...MESSAGES, name: GEN_AI.agentName },
  retrieval: { operation: 'retrieval', input: GEN_AI.queryText, output: GEN_AI.documents },
  chain: { operation: 'invoke_workflow', ...PLAIN },
  guardrail: PLAIN,
  evaluator: { operation: 'evaluate', ...PLAIN },
  rerank: { operation: 'rerank', ...PLAIN },
}

type Attributes = Record<string, string | number | boolean | string[]>

/** The kind that the facts amount to: what has a model and usage is a call of a model, whatever it was called at its start. */
export function kindOf(facts: StepFacts): StepKind {
  if (facts.kind !== undefined) return facts.kind
  return facts.model !== undefined && facts.usage !== undefined ? 'generation' : 'span'
}

export function attributesOf(name: string, facts: StepFacts): Attributes {
  const kind = kindOf(facts)
  const row = KINDS[kind]
  const all: Record<string, string | number | boolean | readonly string[] | undefined> = {
    ...facts.attributes,
    ...(row.name ? { [row.name]: name } : {}),
    [GEN_AI.operationName]: row.operation,
    ...(kind === 'guardrail' ? { [NAMES.kind]: kind } : {}),
    ...identityAttributes(facts),
    [GEN_AI.providerName]: facts.provider,
    [GEN_AI.requestModel]: facts.model,
    [GEN_AI.responseModel]: facts.responseModel,
    [GEN_AI.responseId]: facts.responseId,
    [GEN_AI.finishReasons]: facts.finishReasons,
    [GEN_AI.timeToFirstChunk]: facts.timeToFirstTokenMs === undefined ? undefined : facts.timeToFirstTokenMs / 1000,
    [GEN_AI.cost]: facts.costUsd,
    [GEN_AI.promptName]: facts.promptName,
    [GEN_AI.promptVersion]: facts.promptVersion === undefined ? undefined : String(facts.promptVersion),
    ...(facts.usage ? usageAttributes(facts.usage) : {}),
    ...prefixed('gen_ai.request.', facts.parameters),
    ...prefixed(NAMES.metadataPrefix, facts.metadata),
    [row.input]: contentOf(facts.input, row, 'user'),
    [row.output]: contentOf(facts.output, row, 'assistant'),
    [GEN_AI.systemInstructions]: textOf(facts.systemInstructions),
    [GEN_AI.toolDefinitions]: textOf(facts.tools),
  }
  const known: Attributes = {}
  for (const key in all) {
    const value = all[key]
    if (value !== undefined) known[key] = typeof value === 'object' ? [...value] : value
  }
  return known
}

/** Whose step it is; also given to every span that is started inside. */
export function identityAttributes(facts: Pick<StepFacts, 'userId' | 'sessionId' | 'tags'>): Attributes {
  return {
    ...(facts.userId === undefined ? {} : { [NAMES.userId]: facts.userId }),
    ...(facts.sessionId === undefined ? {} : { [NAMES.sessionId]: facts.sessionId }),
    ...(facts.tags === undefined ? {} : { [NAMES.tags]: [...facts.tags] }),
  }
}

/** A text in a place of messages is one message; `{ messages }` is its messages. */
function contentOf(value: unknown, row: KindRow, role: string): string | undefined {
  if (value === undefined || !row.isMessages) return textOf(value)
  if (typeof value === 'string') return jsonOf([{ role, parts: [{ type: 'text', content: value }] }])
  if (Array.isArray(value)) return jsonOf(value)
  const messages: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'messages') : undefined
  if (Array.isArray(messages)) return jsonOf(messages)
  const isMessage = typeof value === 'object' && value !== null && ('content' in value || 'parts' in value)
  return jsonOf(isMessage ? [{ role, ...value }] : value)
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>> | undefined): Attributes {
  const attributes: Attributes = {}
  for (const [key, value] of Object.entries(values ?? {})) {
    const isPlain = typeof value === 'number' || typeof value === 'boolean'
    const written = isPlain ? value : isNames(value) ? value : textOf(value)
    if (written !== undefined && value !== null) attributes[prefix + key] = written
  }
  return attributes
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
