// A generation with its whole content in; the request that asks its provider the same again out, as cURL with a placeholder for the key.
import type { Json, SpanRow } from '../api/rows.ts'
import { readAsSent } from '../content/messages.ts'
import { quoted } from '../ui/copy.ts'
import { hostOf } from './provider-hosts.ts'
import { anthropicMessages, type Body, openaiMessages } from './provider-messages.ts'

/** Anthropic asks for it; this is for calls that did not say it. */
const MAX_TOKENS = 4_096

/** @returns undefined when the span is no call of a model with messages */
export function providerCurl(span: SpanRow): string | undefined {
  if (span.kind !== 'generation' || typeof span.input !== 'string' || span.input === '') return undefined
  const { form, url, key } = hostOf(span.provider)
  const body = form === 'anthropic' ? anthropicBody(span) : openaiBody(span)
  const auth =
    form === 'anthropic'
      ? `-H "x-api-key: $${key}" -H 'anthropic-version: 2023-06-01'`
      : `-H "authorization: Bearer $${key}"`
  // a variable is for the shell to fill in: double quotes
  const address = url.startsWith('$') ? `"${url}"` : quoted(url)
  return `curl -sS ${address} ${auth} -H 'content-type: application/json' -d ${quoted(JSON.stringify(body, null, 2))}`
}

const modelOf = ({ request_model, response_model, model }: SpanRow): string =>
  request_model || response_model || model || ''

function openaiBody(span: SpanRow): Body {
  return withoutNothing({
    model: modelOf(span),
    messages: [...systemOf(span).map((content) => ({ role: 'system', content })), ...openaiMessages(inputOf(span))],
    tools: toolsOf(span).map(({ name, description, schema }) => ({
      type: 'function',
      function: withoutNothing({ name, description, parameters: schema }),
    })),
    temperature: span.temperature,
    top_p: span.top_p,
    max_tokens: span.max_tokens,
    frequency_penalty: span.frequency_penalty,
    presence_penalty: span.presence_penalty,
    seed: span.seed,
    n: span.choice_count,
    stop: span.stop_sequences,
    service_tier: span.service_tier,
  })
}

function anthropicBody(span: SpanRow): Body {
  const messages = inputOf(span)
  const system = [...systemOf(span), ...anthropicMessages(messages).system].join('\n\n')
  return withoutNothing({
    model: modelOf(span),
    max_tokens: span.max_tokens ?? MAX_TOKENS,
    system,
    messages: anthropicMessages(messages).messages,
    tools: toolsOf(span).map(({ name, description, schema }) =>
      withoutNothing({ name, description, input_schema: schema ?? { type: 'object' } }),
    ),
    temperature: span.temperature,
    top_p: span.top_p,
    top_k: span.top_k,
    stop_sequences: span.stop_sequences,
  })
}

function inputOf({ input }: SpanRow) {
  const content = readAsSent(input ?? '')
  if (content.form === 'messages') return content.messages
  const text = content.form === 'text' ? content.text : JSON.stringify(content.value)
  return [{ role: 'user', parts: [{ kind: 'text' as const, text }], finish: undefined }]
}

function systemOf({ system_instructions: text }: SpanRow): string[] {
  if (typeof text !== 'string' || text === '') return []
  const content = readAsSent(text)
  if (content.form === 'text') return [content.text]
  if (content.form === 'json') return [JSON.stringify(content.value)]
  return content.messages.map(({ parts }) => parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n\n'))
}

interface Tool {
  name: string
  description: string | undefined
  schema: Json | undefined
}

/** The conventions' form, and those of the providers themselves. */
function toolsOf({ tool_definitions: text }: SpanRow): Tool[] {
  let told: unknown
  try {
    told = JSON.parse(text || '[]')
  } catch {
    return []
  }
  return [told].flat().flatMap((one): Tool[] => {
    if (typeof one !== 'object' || one === null) return []
    const fields = one as { [key: string]: Json }
    const inner = fields['function']
    const tool = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : fields
    const { name, description } = tool
    if (typeof name !== 'string') return []
    return [
      {
        name,
        description: typeof description === 'string' ? description : undefined,
        schema: tool['parameters'] ?? tool['input_schema'],
      },
    ]
  })
}

/** What nobody said is left to the provider. */
function withoutNothing(body: Readonly<Record<string, unknown>>): Body {
  const isSaid = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isSaid(value)))
}
