// Messages in the form of the gen_ai conventions: a role and typed parts, sent as JSON text.

export type Part =
  | { type: 'text'; content: string }
  | { type: 'reasoning'; content: string }
  | { type: 'tool_call'; id: string; name: string; arguments: Record<string, unknown> }
  | { type: 'tool_call_response'; id: string; response: unknown }

export interface Message {
  role: 'user' | 'assistant' | 'tool'
  parts: Part[]
}

export interface Tool {
  name: string
  description: string
  parameters: Record<string, { type: string; description: string }>
}

export interface ToolCall {
  id: string
  name: string
  arguments: Record<string, unknown>
}

export function userSays(content: string): Message {
  return { role: 'user', parts: [{ type: 'text', content }] }
}

export function assistantSays(content: string): Message {
  return { role: 'assistant', parts: [{ type: 'text', content }] }
}

export function assistantCalls(calls: readonly ToolCall[], thought?: string): Message {
  const spoken: Part[] = thought === undefined ? [] : [{ type: 'text', content: thought }]
  return { role: 'assistant', parts: [...spoken, ...calls.map((call) => ({ type: 'tool_call' as const, ...call }))] }
}

export function toolAnswers(id: string, response: unknown): Message {
  return { role: 'tool', parts: [{ type: 'tool_call_response', id, response }] }
}

export function toDefinitions(tools: readonly Tool[]): string {
  return JSON.stringify(
    tools.map(({ name, description, parameters }) => ({
      type: 'function',
      name,
      description,
      parameters: { type: 'object', properties: parameters, required: Object.keys(parameters) },
    })),
  )
}
