// One call of a chat model in, one `chat` span out, with every attribute that the 2026 gen_ai conventions name for it.
import { type Attributes, SpanKind } from '@opentelemetry/api'
import { type Message, type Tool, toDefinitions } from './messages.ts'
import type { Model } from './models.ts'
import type { Random } from './random.ts'
import type { Failure, Step } from './step.ts'
import { countTokens } from './tokens.ts'

/** Input tokens that the provider read from, or wrote to, its prompt cache. Both are part of the input tokens. */
export interface PromptCache {
  readonly readTokens: number
  readonly writeTokens: number
  readonly ttl: '5m' | '1h'
}

export interface ModelCall {
  readonly model: Model
  readonly system: string
  readonly history: readonly Message[]
  readonly reply: Message
  readonly tools?: readonly Tool[]
  readonly stream?: boolean
  readonly temperature?: number
  readonly maxTokens?: number
  readonly cache?: PromptCache
  readonly prompt?: { readonly name: string; readonly version: string }
  /** Default: `tool_call` when the reply calls tools, else `stop`. */
  readonly finishReason?: string
  readonly failure?: Failure | undefined
}

/** True when the call succeeded. */
export function callModel(parent: Step, random: Random, call: ModelCall): boolean {
  const { model } = call
  return parent.run(`chat ${model.request}`, { kind: SpanKind.CLIENT, attributes: requestAttributes(call) }, (step) => {
    if (call.failure) {
      step.wait(call.failure.type === 'timeout' ? 30_000 : random.around(180))
      step.fail(call.failure)
      return false
    }
    const reasoningTokens = model.reasons ? Math.round(random.around(420)) : 0
    const outputTokens = countTokens(JSON.stringify(call.reply.parts)) + reasoningTokens
    const firstChunkMs = random.around(model.firstChunkMs)
    step.wait(firstChunkMs + (outputTokens / random.around(model.tokensPerSecond)) * 1000)
    step.set(responseAttributes(call, step.uniqueId))
    step.set(usageAttributes(call, outputTokens, reasoningTokens))
    // A double of seconds; only a streamed call has a first chunk.
    if (call.stream) step.set({ 'gen_ai.response.time_to_first_chunk': firstChunkMs / 1000 })
    return true
  })
}

function requestAttributes(call: ModelCall): Attributes {
  const { model } = call
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': model.provider,
    'gen_ai.request.model': model.request,
    'gen_ai.request.temperature': call.temperature ?? 0.2,
    'gen_ai.request.max_tokens': call.maxTokens ?? 1024,
    'gen_ai.output.type': 'text',
    'server.address': model.host,
    'server.port': 443,
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: call.system }]),
    'gen_ai.input.messages': JSON.stringify(call.history),
    ...(call.stream ? { 'gen_ai.request.stream': true } : {}),
    ...(call.tools ? { 'gen_ai.tool.definitions': toDefinitions(call.tools) } : {}),
    ...(call.prompt ? { 'gen_ai.prompt.name': call.prompt.name, 'gen_ai.prompt.version': call.prompt.version } : {}),
  }
}

function responseAttributes(call: ModelCall, uniqueId: string): Attributes {
  const callsTools = call.reply.parts.some((part) => part.type === 'tool_call')
  const finishReason = call.finishReason ?? (callsTools ? 'tool_call' : 'stop')
  return {
    'gen_ai.response.id': `${call.model.idPrefix}${uniqueId}`,
    'gen_ai.response.model': call.model.response,
    'gen_ai.response.finish_reasons': [finishReason],
    'gen_ai.output.messages': JSON.stringify([{ ...call.reply, finish_reason: finishReason }]),
  }
}

function usageAttributes(call: ModelCall, outputTokens: number, reasoningTokens: number): Attributes {
  const written = countTokens(call.system + JSON.stringify(call.history)) + countTokens(toDefinitions(call.tools ?? []))
  const { cache } = call
  const cached = (cache?.readTokens ?? 0) + (cache?.writeTokens ?? 0)
  return {
    // Cached tokens are part of the input tokens, reasoning tokens part of the output tokens.
    'gen_ai.usage.input_tokens': written + cached,
    'gen_ai.usage.output_tokens': outputTokens,
    ...(reasoningTokens > 0 ? { 'gen_ai.usage.reasoning.output_tokens': reasoningTokens } : {}),
    ...(cache && cache.readTokens > 0 ? { 'gen_ai.usage.cache_read.input_tokens': cache.readTokens } : {}),
    ...(cache && cache.writeTokens > 0 ? cacheWriteAttributes(cache) : {}),
  }
}

function cacheWriteAttributes(cache: PromptCache): Attributes {
  return {
    'gen_ai.usage.cache_creation.input_tokens': cache.writeTokens,
    // Written for an hour costs more than for five minutes, so emitters that know say which.
    [`gen_ai.usage.cache_creation.input_tokens.ephemeral_${cache.ttl}`]: cache.writeTokens,
  }
}
