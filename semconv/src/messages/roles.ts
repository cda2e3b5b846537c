// The names that dialects give to who speaks -> canonical roles.

const ROLES: ReadonlyMap<string, string> = new Map([
  ['model', 'assistant'],
  ['ai', 'assistant'],
  ['bot', 'assistant'],
  ['chatbot', 'assistant'],
  ['human', 'user'],
  ['function', 'tool'],
  ['ipython', 'tool'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
])

/** Message classes of LangChain, AutoGen and others, and the kinds of pydantic-ai. */
const ROLE_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['request', 'user'],
  ['response', 'assistant'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['HumanMessage', 'user'],
  ['AIMessage', 'assistant'],
  ['SystemMessage', 'system'],
  ['ToolMessage', 'tool'],
  ['FunctionMessage', 'tool'],
  ['ChatMessage', 'user'],
  ['HumanMessageChunk', 'user'],
  ['AIMessageChunk', 'assistant'],
  ['ToolMessageChunk', 'tool'],
  ['UserMessage', 'user'],
  ['AssistantMessage', 'assistant'],
  ['FunctionExecutionResultMessage', 'tool'],
  ['DeveloperMessage', 'developer'],
])

/** The canonical name of a role; one that no dialect shares stays what it is. */
export function roleOf(name: string): string {
  return ROLES.get(name) ?? ROLES.get(name.toLowerCase()) ?? name
}

/** The role that a message's `type` (or class) implies; undefined when it is no message's. */
export const roleOfType = (type: unknown): string | undefined =>
  typeof type === 'string' ? ROLE_OF_TYPE.get(type) : undefined
