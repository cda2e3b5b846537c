// A case of expected.json and the row that its span became -> the facts that do not hold.
import type { Row } from '../stored.ts'

/** What a provider's true answer says of one span; a fact that is absent is not asserted. */
export interface Facts {
  kind?: string
  requestModel?: string
  responseModel?: string
  provider?: string
  responseId?: string
  finishReasons?: string[]
  inputTextContains?: string
  systemContains?: string
  outputText?: string
  toolCalls?: { name: string }[]
  toolDefinitionNames?: string[]
  toolName?: string
  toolCallId?: string
  toolResultContains?: string
  agentName?: string
  params?: { temperature?: number; topP?: number; maxTokens?: number; seed?: number }
  inputTokens?: number
  outputTokens?: number
  cacheReadTokens?: number
  cacheCreationTokens?: number
  cacheCreation5mTokens?: number
  cacheCreation1hTokens?: number
  reasoningTokens?: number
  countsTokens?: boolean
  isError?: boolean
  statusMessageContains?: string
  errorType?: string
  userId?: string
  sessionId?: string
  tags?: string[]
  outputTextContains?: string
  toolArgs?: Record<string, unknown>
  metadata?: Record<string, unknown>
  functionId?: string
  workflowName?: string
  streaming?: boolean
  hasTtft?: boolean
}

type Fact = keyof Facts

/** Kinds of the fixtures -> ours. */
const KINDS: Readonly<Record<string, string>> = {
  chat: 'generation',
  embeddings: 'embedding',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  step: 'chain',
  wrapper: 'chain',
  workflow: 'chain',
  chain: 'chain',
  task: 'chain',
  prompt: 'chain',
  memory: 'span',
}

const COLUMNS = {
  requestModel: 'request_model',
  responseModel: 'response_model',
  provider: 'provider',
  responseId: 'response_id',
  finishReasons: 'finish_reasons',
  toolName: 'tool_name',
  toolCallId: 'tool_call_id',
  agentName: 'agent_name',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cacheReadTokens: 'cache_read_tokens',
  cacheCreationTokens: 'cache_write_tokens',
  cacheCreation1hTokens: 'cache_write_1h_tokens',
  reasoningTokens: 'reasoning_tokens',
  errorType: 'error_type',
  userId: 'user_id',
  sessionId: 'session_id',
  tags: 'tags',
  functionId: 'workflow_name',
  workflowName: 'workflow_name',
} as const satisfies Partial<Record<Fact, string>>

/** fact -> [what is expected, what the row says] */
type Compare = { [K in Fact]?: (row: Row, fact: NonNullable<Facts[K]>) => [unknown, unknown] }

const contains = (text: unknown, part: string): [unknown, unknown] => [true, textOf(text).includes(part)]

const OTHERS: Compare = {
  kind: (row, kind) => [KINDS[kind], row['kind']],
  inputTextContains: (row, part) => contains(row['input'], part),
  outputText: (row, part) => contains(row['output'], part),
  outputTextContains: (row, part) => contains(row['output'], part),
  toolArgs: (row, args) => [args, JSON.parse(String(row['input']))],
  metadata: (row, entries) => [
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, String(value)])),
    Object.fromEntries(Object.keys(entries).map((key) => [key, (row['metadata'] as Record<string, string>)[key]])),
  ],
  streaming: (row, streaming) => [streaming ? 1 : 0, row['stream']],
  hasTtft: (row, has) => [has, row['time_to_first_token_ms'] !== null],
  toolResultContains: (row, part) => contains(row['output'], part),
  statusMessageContains: (row, part) => contains(row['error_message'], part),
  // Some send it apart, some as the first message.
  systemContains: (row, part) => contains(`${row['system_instructions']}${row['input']}`, part),
  toolDefinitionNames: (row, names) => [
    true,
    names.every((name) => textOf(row['tool_definitions']).includes(`"${name}"`)),
  ],
  toolCalls: (row, calls) => [calls.map(({ name }) => name), row['tool_names']],
  cacheCreation5mTokens: (row, tokens) => [
    tokens,
    Number(row['cache_write_tokens']) - Number(row['cache_write_1h_tokens']),
  ],
  countsTokens: (row, counts) => [counts ? 1 : 0, row['counts_usage']],
  isError: (row, isError) => [isError ? 'error' : 'ok', row['status']],
  params: (row, { temperature, topP, maxTokens, seed }) => [
    { temperature, topP, maxTokens, seed },
    {
      temperature: temperature === undefined ? undefined : row['temperature'],
      topP: topP === undefined ? undefined : row['top_p'],
      maxTokens: maxTokens === undefined ? undefined : row['max_tokens'],
      seed: seed === undefined ? undefined : row['seed'],
    },
  ],
}

/** Canonical content is JSON, in which the text has escapes. */
const textOf = (content: unknown): string =>
  String(content ?? '')
    .replaceAll('\\"', '"')
    .replaceAll('\\n', '\n')

/** `fact: expected … got …` of every fact that does not hold. */
export function brokenFacts(row: Row, facts: Facts): { fact: Fact; problem: string }[] {
  return (Object.keys(facts) as Fact[]).flatMap((fact) => {
    const [expected, got] = compare(row, facts, fact)
    const [left, right] = [JSON.stringify(expected), JSON.stringify(got)]
    return left === right ? [] : [{ fact, problem: `${fact}: expected ${left}, got ${right}` }]
  })
}

function compare<K extends Fact>(row: Row, facts: Facts, fact: K): [unknown, unknown] {
  if (fact in COLUMNS) return [facts[fact], row[COLUMNS[fact as keyof typeof COLUMNS]]]
  const value = facts[fact]
  const check = OTHERS[fact]
  if (check === undefined || value === undefined) throw new Error(`no way to check ${fact}`)
  return check(row, value as NonNullable<Facts[K]>)
}
