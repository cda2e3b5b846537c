// A stored row as span_details_v1 shows it -> what was seen, in the words of the facts (semconv/test/conformance/facts.ts).
import type { Seen } from '../../../semconv/test/conformance/facts.ts'
import type { Row } from '../stored.ts'

const textOf = (row: Row, name: string): string => String(row[name] ?? '')
const list = (row: Row, name: string): readonly string[] => row[name] as readonly string[]

/** Empty text is unknown. */
function told(row: Row, name: string): string | undefined {
  const text = textOf(row, name)
  return text === '' ? undefined : text
}

/** NULL is unknown; decimals come as text. */
function number(row: Row, name: string): number | undefined {
  const value = row[name]
  return value === null || value === undefined ? undefined : Number(value)
}

const present = <T extends object>(members: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T

export function seenOfRow(row: Row): Seen {
  const stop = list(row, 'stop_sequences')
  return present<Seen>({
    kind: textOf(row, 'kind'),
    usageRole: textOf(row, 'usage_role'),
    counts: row['counts_usage'] === 1,
    usageRule: textOf(row, 'usage_rule'),
    provider: textOf(row, 'provider'),
    requestModel: told(row, 'request_model'),
    responseModel: told(row, 'response_model'),
    responseId: told(row, 'response_id'),
    finishReasons: list(row, 'finish_reasons'),
    usage: {
      input: number(row, 'input_tokens'),
      output: number(row, 'output_tokens'),
      cacheRead: number(row, 'cache_read_tokens'),
      cacheWrite: number(row, 'cache_write_tokens'),
      cacheWrite1h: number(row, 'cache_write_1h_tokens'),
      reasoning: number(row, 'reasoning_tokens'),
      inputAudio: number(row, 'input_audio_tokens'),
      outputAudio: number(row, 'output_audio_tokens'),
      inputImage: number(row, 'input_image_tokens'),
      outputImage: number(row, 'output_image_tokens'),
    },
    searches: number(row, 'searches'),
    costGiven: {
      total: number(row, 'reported_cost_usd'),
      input: number(row, 'reported_input_cost_usd'),
      output: number(row, 'reported_output_cost_usd'),
    },
    params: {
      temperature: number(row, 'temperature'),
      topP: number(row, 'top_p'),
      topK: number(row, 'top_k'),
      maxTokens: number(row, 'max_tokens'),
      seed: number(row, 'seed'),
      stop: stop.length > 0 ? stop : undefined,
      frequencyPenalty: number(row, 'frequency_penalty'),
      presencePenalty: number(row, 'presence_penalty'),
      choiceCount: number(row, 'choice_count'),
    },
    serviceTier: told(row, 'service_tier'),
    timeToFirstTokenMs: number(row, 'time_to_first_token_ms'),
    streaming: row['stream'] === 1,
    sessionId: told(row, 'session_id'),
    userId: told(row, 'user_id'),
    tags: list(row, 'tags'),
    metadata: row['metadata'] as Record<string, string>,
    environment: told(row, 'environment'),
    promptName: told(row, 'prompt_name'),
    promptVersion: told(row, 'prompt_version'),
    agentName: told(row, 'agent_name'),
    agentId: told(row, 'agent_id'),
    workflowName: told(row, 'workflow_name'),
    toolName: told(row, 'tool_name'),
    toolCallId: told(row, 'tool_call_id'),
    input: textOf(row, 'input'),
    output: textOf(row, 'output'),
    systemInstructions: textOf(row, 'system_instructions'),
    toolDefinitions: textOf(row, 'tool_definitions'),
    toolNames: list(row, 'tool_names'),
    score: row['score'] as Seen['score'],
    errorType: textOf(row, 'error_type'),
    errorClass: textOf(row, 'error_class'),
    errorMessage: textOf(row, 'error_message'),
    responseCache: told(row, 'response_cache'),
  })
}
