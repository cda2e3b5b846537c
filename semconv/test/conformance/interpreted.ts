// A payload's span -> what `interpret` makes of it, in the words of the facts.
import { type Interpretation, interpret } from '../../src/index.ts'
import type { Seen } from './facts.ts'
import { attributesOf, DURATION_MS, eventsOf, type Payload, type PayloadSpan, START_MS } from './payload.ts'

const STATUS_ERROR = 2

export function interpretSpan({ scope, version }: Payload, span: PayloadSpan): Interpretation {
  return interpret({
    name: span.name,
    attributes: attributesOf(span.attributes),
    events: eventsOf(span.events),
    scopeName: span.scope ?? scope ?? '',
    scopeVersion: version ?? '',
    statusCode: span.error === undefined ? 0 : STATUS_ERROR,
    statusMessage: span.error ?? '',
    startMs: START_MS,
    durationNs: (span.durationMs ?? DURATION_MS) * 1e6,
  })
}

const present = <T extends object>(members: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T

export function seenOfMeaning(meaning: Interpretation): Seen {
  const { fields, usage } = meaning
  return present<Seen>({
    kind: meaning.kind,
    usageRole: meaning.usageRole,
    counts: meaning.countsUsage,
    usageRule: meaning.usageRule,
    provider: fields.provider ?? '',
    requestModel: fields.request_model,
    responseModel: fields.response_model,
    responseId: fields.response_id,
    finishReasons: fields.finish_reasons ?? [],
    usage: {
      input: usage.input,
      output: usage.output,
      cacheRead: usage.cacheRead,
      cacheWrite: usage.cacheWrite,
      cacheWrite1h: usage.cacheWrite1h,
      reasoning: usage.reasoning,
      inputAudio: usage.inputAudio,
      outputAudio: usage.outputAudio,
      inputImage: usage.inputImage,
      outputImage: usage.outputImage,
    },
    searches: meaning.searches,
    costGiven: {
      total: fields.reported_cost,
      input: fields.reported_input_cost,
      output: fields.reported_output_cost,
    },
    params: {
      temperature: fields.temperature,
      topP: fields.top_p,
      topK: fields.top_k,
      maxTokens: fields.max_tokens,
      seed: fields.seed,
      stop: fields.stop_sequences,
      frequencyPenalty: fields.frequency_penalty,
      presencePenalty: fields.presence_penalty,
      choiceCount: fields.choice_count,
    },
    serviceTier: fields.service_tier,
    timeToFirstTokenMs: meaning.timeToFirstTokenNs === undefined ? undefined : meaning.timeToFirstTokenNs / 1e6,
    streaming: fields.stream === true,
    sessionId: fields.session_id,
    userId: fields.user_id,
    tags: fields.tags ?? [],
    metadata: Object.fromEntries(meaning.metadata),
    environment: fields.environment,
    promptName: fields.prompt_name,
    promptVersion: fields.prompt_version,
    agentName: fields.agent_name,
    agentId: fields.agent_id,
    workflowName: fields.workflow_name,
    toolName: fields.tool_name,
    toolCallId: fields.tool_call_id,
    input: meaning.input ?? '',
    output: meaning.output ?? '',
    systemInstructions: meaning.systemInstructions ?? '',
    toolDefinitions: meaning.toolDefinitions ?? '',
    score: meaning.scores[0],
    errorType: meaning.errorType,
    errorClass: meaning.errorClass,
    errorMessage: meaning.errorMessage,
    responseCache: fields.response_cache,
  })
}
