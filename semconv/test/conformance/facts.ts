// What must come out of a span, what came out, and the difference. The same facts are asked of `interpret` and of a stored row.

/** A fact that is left out is not asserted; null = unknown. `a|b`: either is right. */
export interface Facts {
  kind?: string
  provider?: string
  providerCanonical?: string
  requestModel?: string | null
  responseModel?: string | null
  modelIs?: string
  responseId?: string | null
  finishReasons?: readonly string[]
  inputTokens?: number | null
  outputTokens?: number | null
  totalTokens?: number | null
  uncachedInputTokens?: number | null
  cacheReadTokens?: number | null
  cacheCreationTokens?: number | null
  cacheCreation5mTokens?: number | null
  cacheCreation1hTokens?: number | null
  reasoningTokens?: number | null
  audioInputTokens?: number
  audioOutputTokens?: number
  imageInputTokens?: number
  imageOutputTokens?: number
  searches?: number
  usageRule?: string
  countsTokens?: boolean
  usageRole?: '' | 'call' | 'repeat' | 'summary'
  costGivenTotal?: number | null
  costGivenInput?: number
  costGivenOutput?: number
  params?: Readonly<Record<string, unknown>>
  serviceTier?: string | null
  hasTtft?: boolean
  ttftMs?: number
  streaming?: boolean
  sessionId?: string | null
  userId?: string | null
  tags?: readonly string[]
  metadata?: Readonly<Record<string, unknown>>
  environment?: string
  promptName?: string | null
  promptVersion?: string
  agentName?: string
  agentId?: string
  workflowName?: string
  functionId?: string
  toolName?: string
  toolCallId?: string
  toolArgs?: unknown
  toolResultContains?: string
  inputTextContains?: string
  queryContains?: string
  outputText?: string
  outputTextContains?: string
  systemContains?: string
  toolCalls?: readonly { name: string; id?: string; args?: unknown }[]
  toolDefinitionNames?: readonly string[]
  documentIds?: readonly string[]
  documentScores?: readonly number[]
  documentsContain?: string
  scoreName?: string
  scoreValue?: number
  scoreLabel?: string
  scoreComment?: string
  isError?: boolean
  errorType?: string
  errorClass?: string
  statusMessageContains?: string
  proxyCacheHit?: boolean
}
export type Fact = keyof Facts

/** What came out: the canonical fields of one span, whoever read it. Unknown is undefined. */
export interface Seen {
  kind: string
  usageRole: string
  /** Adds to totals. */
  counts: boolean
  usageRule: string
  provider: string
  requestModel?: string
  responseModel?: string
  responseId?: string
  finishReasons: readonly string[]
  usage: Readonly<Record<UsageName, number | undefined>>
  searches?: number
  costGiven: Readonly<Record<'total' | 'input' | 'output', number | undefined>>
  params: Readonly<Record<string, unknown>>
  serviceTier?: string
  timeToFirstTokenMs?: number
  streaming: boolean
  sessionId?: string
  userId?: string
  tags: readonly string[]
  metadata: Readonly<Record<string, string>>
  environment?: string
  promptName?: string
  promptVersion?: string
  agentName?: string
  agentId?: string
  workflowName?: string
  toolName?: string
  toolCallId?: string
  input: string
  output: string
  systemInstructions: string
  toolDefinitions: string
  /** Of the tools that the model asked for, where they are kept apart. */
  toolNames?: readonly string[]
  score?: { name?: string; value?: number; label?: string; explanation?: string }
  errorType: string
  errorClass: string
  errorMessage: string
  responseCache?: string
}
export type UsageName =
  | 'input'
  | 'output'
  | 'cacheRead'
  | 'cacheWrite'
  | 'cacheWrite1h'
  | 'reasoning'
  | 'inputAudio'
  | 'outputAudio'
  | 'inputImage'
  | 'outputImage'

export interface WrongFact {
  fact: Fact
  problem: string
}
