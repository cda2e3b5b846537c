// The payloads and the facts that each must yield -> CONFORMANCE.md: how many facts prove a field, dialect by dialect.
import { DIALECTS } from '../../src/index.ts'
import { FACT_NAMES } from './compare.ts'
import type { Fact } from './facts.ts'
import type { Payload } from './payload.ts'

/** A column of the table and the facts that it counts. */
const GROUPS: readonly (readonly [heading: string, facts: readonly Fact[]])[] = [
  ['kind', ['kind']],
  ['counted once', ['countsTokens', 'usageRole']],
  ['provider', ['provider', 'providerCanonical']],
  ['model', ['requestModel', 'responseModel', 'modelIs']],
  ['response id', ['responseId']],
  ['finish', ['finishReasons']],
  ['parameters', ['params', 'serviceTier']],
  ['input, output tokens', ['inputTokens', 'outputTokens', 'totalTokens', 'uncachedInputTokens', 'usageRule']],
  ['cache', ['cacheReadTokens', 'cacheCreationTokens', 'cacheCreation5mTokens', 'cacheCreation1hTokens']],
  ['reasoning', ['reasoningTokens']],
  ['audio, image', ['audioInputTokens', 'audioOutputTokens', 'imageInputTokens', 'imageOutputTokens', 'searches']],
  ['given cost', ['costGivenTotal', 'costGivenInput', 'costGivenOutput', 'proxyCacheHit']],
  ['first token', ['hasTtft', 'ttftMs']],
  ['stream', ['streaming']],
  ['session, user', ['sessionId', 'userId']],
  ['tags, metadata', ['tags', 'metadata', 'environment']],
  ['prompt', ['promptName', 'promptVersion']],
  ['agent, workflow', ['agentName', 'agentId', 'workflowName', 'functionId']],
  ['tool', ['toolName', 'toolCallId', 'toolArgs', 'toolResultContains']],
  ['messages', ['inputTextContains', 'queryContains', 'outputText', 'outputTextContains', 'systemContains']],
  ['tool calls', ['toolCalls', 'toolDefinitionNames']],
  ['documents', ['documentIds', 'documentScores', 'documentsContain']],
  ['scores', ['scoreName', 'scoreValue', 'scoreLabel', 'scoreComment']],
  ['errors', ['isError', 'errorType', 'errorClass', 'statusMessageContains']],
]

/** Facts that no column counts; a new fact needs its column. */
export const homelessFacts = (): Fact[] => {
  const homes = new Set(GROUPS.flatMap(([, facts]) => facts))
  return FACT_NAMES.filter((fact) => !homes.has(fact))
}

const INTRO = `# Conformance

Made by \`npm run conformance\` from the payloads in [test/conformance](test/conformance): each is written as its client sends it, with the facts
that must come out. A number says how many facts of the field are proved for the dialect, by \`interpret\` and through a running collector
alike; an empty cell, that no payload of the dialect has the field. The test fails while one fact is missing, and while this page is not what it makes.
`

/** What real clients sent, recorded: `collector/test/interop/live-fixtures.test.ts` proves these facts. */
export interface Recording {
  readonly client: string
  readonly spans: number
  readonly facts: number
}

/** Markdown, wholly derived. */
export function conformanceMatrix(payloads: readonly Payload[], recordings: readonly Recording[]): string {
  const dialects = DIALECTS.map(({ name }) => name).filter((name) => payloads.some(({ dialect }) => dialect === name))
  const total = dialects.reduce((sum, dialect) => sum + countOf(payloads, dialect, FACT_NAMES), 0)
  return [
    INTRO,
    `${total} facts of ${payloads.reduce((sum, { spans }) => sum + spans.length, 0)} spans in ${dialects.length} dialects.`,
    '',
    '## Fields',
    '',
    ...table(payloads, dialects),
    '',
    '## Clients and versions',
    '',
    ...dialects.flatMap((dialect) => versions(payloads, dialect)),
    '',
    '## Recorded from unmodified clients',
    '',
    ...recordings.map(({ client, spans, facts }) => `* ${client}: ${facts} facts of ${spans} spans`),
    '',
  ].join('\n')
}

function table(payloads: readonly Payload[], dialects: readonly string[]): string[] {
  const headings = ['dialect', ...GROUPS.map(([heading]) => heading)]
  const rows = dialects.map((dialect) => [
    dialect,
    ...GROUPS.map(([, facts]) => String(countOf(payloads, dialect, facts) || '')),
  ])
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function countOf(payloads: readonly Payload[], dialect: string, facts: readonly Fact[]): number {
  return payloads
    .filter((payload) => payload.dialect === dialect)
    .flatMap(({ spans }) => spans)
    .reduce((sum, span) => sum + facts.filter((fact) => Object.hasOwn(span.facts, fact)).length, 0)
}

const versions = (payloads: readonly Payload[], dialect: string): string[] => [
  `* **${dialect}**`,
  ...payloads.filter((payload) => payload.dialect === dialect).map(({ source }) => `  * ${source}`),
]
