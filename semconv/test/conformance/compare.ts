// The facts expected of a span + what came out -> those that do not hold.
import { normaliseProvider } from '../../src/index.ts'
import type { Fact, Facts, Seen, WrongFact } from './facts.ts'

/** Kinds of the facts -> ours. Coarse ones may merge; none of the right may be a call that counts where the left is not. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  chat: ['generation'],
  text_completion: ['generation'],
  image: ['generation'],
  embeddings: ['embedding'],
  rerank: ['rerank'],
  retrieval: ['retrieval'],
  execute_tool: ['tool'],
  invoke_agent: ['agent'],
  create_agent: ['agent'],
  workflow: ['chain', 'span'],
  chain: ['chain', 'span'],
  step: ['chain', 'span'],
  task: ['chain', 'span'],
  wrapper: ['chain', 'span'],
  guardrail: ['guardrail'],
  evaluation: ['evaluator'],
  score: ['evaluator'],
  prompt: ['chain', 'span'],
  memory: ['chain', 'span', 'retrieval'],
  event: ['span'],
  span: ['span', 'chain'],
}

/** [does it hold, what was seen] */
type Check<K extends Fact> = (seen: Seen, fact: NonNullable<Facts[K]>) => readonly [holds: boolean, got: unknown]

const is = (expected: unknown, got: unknown): readonly [boolean, unknown] => [same(expected, got), got]
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const oneOf = (expected: string, got: string | undefined): readonly [boolean, unknown] => [
  expected.split('|').includes(got ?? ''),
  got,
]
const near = (expected: number, got: number | undefined): readonly [boolean, unknown] => [
  got !== undefined && Math.abs(expected - got) < 1e-12,
  got,
]
const shown = (text: string): string => text.slice(0, 200)
/** Canonical content is JSON, in which texts have escapes, twice where a text was JSON itself. */
const plain = (text: string): string => text.replaceAll('\\"', '"').replaceAll('\\n', '\n').replaceAll('\\\\', '\\')
const holds = (text: string, part: string): readonly [boolean, unknown] => [
  part.split('|').some((each) => plain(text).includes(each) || plain(plain(text)).includes(each)),
  shown(text),
]

const fold = (reason: string): string => reason.toLowerCase().replace(/[-_]/g, '')
const FOLDED: Readonly<Record<string, string>> = { toolcall: 'toolcalls', tooluse: 'toolcalls' }
const finish = (reasons: readonly string[]): string[] => reasons.map((it) => FOLDED[fold(it)] ?? fold(it))

const uncached = ({ usage: { input, cacheRead = 0, cacheWrite = 0 } }: Seen): number | undefined =>
  input === undefined ? undefined : input - cacheRead - cacheWrite
const total = ({ usage: { input, output } }: Seen): number | undefined =>
  input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0)
const written5m = ({ usage: { cacheWrite, cacheWrite1h = 0 } }: Seen): number | undefined =>
  cacheWrite === undefined ? undefined : cacheWrite - cacheWrite1h

interface Part {
  type?: unknown
  content?: unknown
  id?: unknown
  name?: unknown
  arguments?: unknown
}
function partsOf(text: string): readonly Part[] {
  try {
    const messages: unknown = JSON.parse(text)
    if (!Array.isArray(messages)) return []
    return messages.flatMap((message: { parts?: readonly Part[] }) => message.parts ?? [])
  } catch {
    return []
  }
}
const textIn = (output: string): string =>
  partsOf(output)
    .filter(({ type }) => type === 'text')
    .map(({ content }) => content)
    .join('')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Every member of the left is in the right. */
export function isIn(left: unknown, right: unknown): boolean {
  if (left === null || typeof left !== 'object') return left === right || String(left) === String(right)
  if (right === null || typeof right !== 'object') return false
  return Object.entries(left).every(([key, value]) => isIn(value, Reflect.get(right, key)))
}

function documents(text: string): readonly { id?: unknown; score?: unknown }[] {
  const list = parsed(text)
  return Array.isArray(list) ? list : []
}

const usage =
  (name: keyof Seen['usage']) =>
  (seen: Seen, expected: number): readonly [boolean, unknown] =>
    is(expected, seen.usage[name])

const field =
  <K extends keyof Seen>(name: K) =>
  (seen: Seen, expected: unknown): readonly [boolean, unknown] =>
    is(expected, seen[name])

const CHECKS: { readonly [K in Fact]: Check<K> } = {
  kind: (seen, kind) => [(KINDS[kind] ?? [kind]).includes(seen.kind), seen.kind],
  provider: ({ provider }, expected) => [
    expected.split('|').some((it) => it === provider || normaliseProvider(it) === normaliseProvider(provider)),
    provider,
  ],
  providerCanonical: (seen, expected) => oneOf(expected, normaliseProvider(seen.provider)),
  requestModel: (seen, expected) => oneOf(expected, seen.requestModel),
  responseModel: (seen, expected) => oneOf(expected, seen.responseModel),
  modelIs: (seen, model) => [
    [seen.requestModel, seen.responseModel].includes(model),
    [seen.requestModel, seen.responseModel],
  ],
  responseId: (seen, expected) => oneOf(expected, seen.responseId),
  finishReasons: (seen, reasons) => is(finish(reasons), finish(seen.finishReasons)),
  inputTokens: usage('input'),
  outputTokens: usage('output'),
  totalTokens: (seen, expected) => is(expected, total(seen)),
  uncachedInputTokens: (seen, expected) => is(expected, uncached(seen)),
  cacheReadTokens: usage('cacheRead'),
  cacheCreationTokens: usage('cacheWrite'),
  cacheCreation5mTokens: (seen, expected) => is(expected, written5m(seen)),
  cacheCreation1hTokens: (seen, expected) => is(expected, seen.usage.cacheWrite1h ?? 0),
  reasoningTokens: usage('reasoning'),
  audioInputTokens: usage('inputAudio'),
  audioOutputTokens: usage('outputAudio'),
  imageInputTokens: usage('inputImage'),
  imageOutputTokens: usage('outputImage'),
  searches: field('searches'),
  usageRule: field('usageRule'),
  countsTokens: (seen, counts) => [counts === seen.counts, [seen.usageRole, seen.counts]],
  usageRole: field('usageRole'),
  costGivenTotal: (seen, usd) => near(usd, seen.costGiven.total),
  costGivenInput: (seen, usd) => near(usd, seen.costGiven.input),
  costGivenOutput: (seen, usd) => near(usd, seen.costGiven.output),
  params: ({ params }, expected) => [
    Object.entries(expected).every(([name, value]) => same(value ?? undefined, params[name])),
    params,
  ],
  serviceTier: field('serviceTier'),
  hasTtft: (seen, has) => [has === (seen.timeToFirstTokenMs !== undefined), seen.timeToFirstTokenMs],
  ttftMs: ({ timeToFirstTokenMs: ms }, expected) => [ms !== undefined && Math.abs(ms - expected) <= 1, ms],
  streaming: field('streaming'),
  sessionId: field('sessionId'),
  userId: field('userId'),
  tags: field('tags'),
  metadata: ({ metadata }, expected) => [
    Object.entries(expected).every(([key, value]) => metadata[key] === String(value)),
    metadata,
  ],
  environment: field('environment'),
  promptName: field('promptName'),
  promptVersion: field('promptVersion'),
  agentName: field('agentName'),
  agentId: field('agentId'),
  workflowName: field('workflowName'),
  functionId: ({ workflowName, agentName }, id) => [id === workflowName || id === agentName, [workflowName, agentName]],
  toolName: field('toolName'),
  toolCallId: field('toolCallId'),
  toolArgs: (seen, args) => [isIn(args, parsed(seen.input)), shown(seen.input)],
  toolResultContains: (seen, part) => holds(seen.output, part),
  inputTextContains: (seen, part) => holds(seen.input, part),
  queryContains: (seen, part) => holds(seen.input, part),
  outputText: ({ output }, text) => [text === textIn(output) || text === output, shown(output)],
  outputTextContains: (seen, part) => holds(seen.output, part),
  // Some send it apart, some as the first message.
  systemContains: (seen, part) => holds(`${seen.systemInstructions}${seen.input}`, part),
  toolCalls: ({ output, toolNames }, expected) => {
    const calls = partsOf(output).filter(({ type }) => type === 'tool_call')
    const matches = expected.map(({ name, id, args }) =>
      calls.some(
        (it) => it.name === name && (id ?? it.id) === it.id && (args === undefined || isIn(args, it.arguments)),
      ),
    )
    const names = expected.map(({ name }) => name)
    const isComplete = calls.length === expected.length && (toolNames === undefined || same(names, toolNames))
    return [matches.every(Boolean) && isComplete, [calls, toolNames]]
  },
  toolDefinitionNames: ({ toolDefinitions }, names) => [
    names.every((name) => plain(toolDefinitions).includes(`"${name}"`)),
    shown(toolDefinitions),
  ],
  documentIds: ({ output }, ids) =>
    is(
      ids,
      documents(output).flatMap(({ id }) => id ?? []),
    ),
  documentScores: ({ output }, scores) =>
    is(
      scores,
      documents(output).flatMap(({ score }) => score ?? []),
    ),
  documentsContain: (seen, part) => holds(seen.output, part),
  scoreName: (seen, expected) => is(expected, seen.score?.name),
  scoreValue: (seen, expected) => is(expected, seen.score?.value),
  scoreLabel: (seen, expected) => is(expected, seen.score?.label),
  scoreComment: (seen, expected) => is(expected, seen.score?.explanation),
  isError: ({ errorClass }, isError) => [isError === (errorClass !== ''), errorClass],
  errorType: field('errorType'),
  errorClass: field('errorClass'),
  statusMessageContains: (seen, part) => holds(seen.errorMessage, part),
  proxyCacheHit: ({ responseCache }, isHit) => [isHit === (responseCache === 'exact'), responseCache],
}

/** What null of a fact stands for: nothing was seen. */
const UNKNOWN: { readonly [K in Fact]?: (seen: Seen) => unknown } = {
  requestModel: (seen) => seen.requestModel,
  responseModel: (seen) => seen.responseModel,
  responseId: (seen) => seen.responseId,
  inputTokens: (seen) => seen.usage.input,
  outputTokens: (seen) => seen.usage.output,
  totalTokens: total,
  uncachedInputTokens: uncached,
  cacheReadTokens: (seen) => seen.usage.cacheRead,
  cacheCreationTokens: (seen) => seen.usage.cacheWrite,
  cacheCreation5mTokens: written5m,
  cacheCreation1hTokens: (seen) => seen.usage.cacheWrite1h,
  reasoningTokens: (seen) => seen.usage.reasoning,
  costGivenTotal: (seen) => seen.costGiven.total,
  serviceTier: (seen) => seen.serviceTier,
  sessionId: (seen) => seen.sessionId,
  userId: (seen) => seen.userId,
  promptName: (seen) => seen.promptName,
}

/** @throws for a fact that cannot be null */
function check<K extends Fact>(seen: Seen, fact: K, expected: Facts[K]): readonly [boolean, unknown] {
  if (expected !== null && expected !== undefined) return CHECKS[fact](seen, expected as NonNullable<Facts[K]>)
  const got = UNKNOWN[fact]
  if (!got) throw new Error(`cannot check that ${fact} is unknown`)
  return [got(seen) === undefined, got(seen)]
}

/** Names of facts in the order of the table. */
export const FACT_NAMES = Object.keys(CHECKS) as readonly Fact[]

/** `fact: expected … got …` of every fact that does not hold. Members that are no facts (`name` of a fixture's case) are passed over. */
export function wrongFacts(seen: Seen, facts: Facts): WrongFact[] {
  return FACT_NAMES.filter((fact) => Object.hasOwn(facts, fact)).flatMap((fact) => {
    const [isRight, got] = check(seen, fact, facts[fact])
    if (isRight) return []
    return [{ fact, problem: `${fact}: expected ${JSON.stringify(facts[fact])}, got ${JSON.stringify(got)}` }]
  })
}
