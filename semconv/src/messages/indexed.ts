// Attributes of which each is one leaf (`llm.input_messages.0.message.role`) -> messages, tool definitions, documents.
import type { Message } from '../model.ts'
import type { Value } from '../value.ts'
import { KeyTree } from './key-tree.ts'
import { speakerOf } from './list.ts'
import { toCanonical } from './message.ts'
import { type Draft, isObj, type Obj, put, putRest, scalarText, unwrapJson } from './values.ts'

/** What the attributes below a prefix make up. */
export type IndexedTarget = 'input' | 'output' | 'tools' | 'documents' | 'inputDocuments'

/** Prefixes of such keys: `prefix` + number + `.` + path. For each target the first prefix that holds something wins. */
export const INDEXED_PREFIXES: readonly { readonly prefix: string; readonly target: IndexedTarget }[] = [
  { prefix: 'llm.input_messages.', target: 'input' },
  { prefix: 'gen_ai.prompt.', target: 'input' },
  { prefix: 'llm.prompts.', target: 'input' },
  { prefix: 'llm.output_messages.', target: 'output' },
  { prefix: 'gen_ai.completion.', target: 'output' },
  { prefix: 'llm.choices.', target: 'output' },
  { prefix: 'llm.tools.', target: 'tools' },
  { prefix: 'llm.request.functions.', target: 'tools' },
  { prefix: 'gen_ai.request.functions.', target: 'tools' },
  { prefix: 'gen_ai.request.tools.', target: 'tools' },
  { prefix: 'retrieval.documents.', target: 'documents' },
  { prefix: 'reranker.output_documents.', target: 'documents' },
  { prefix: 'reranker.input_documents.', target: 'inputDocuments' },
]

export interface IndexedContent {
  input?: Message[]
  output?: Message[]
  /** Definitions of tools. */
  tools?: unknown[]
  documents?: unknown[]
  /** What a reranker was given. */
  inputDocuments?: unknown[]
  finishReasons?: string[]
  /** The prefixes that were read; below the others nothing was found or another was trusted more. */
  prefixes: string[]
}

/** Reads indexed attributes in any order; the numbers are only sorted by, so a sparse or huge one costs nothing. */
export function indexedContent(entries: Iterable<readonly [key: string, value: Value]>): IndexedContent {
  const trees = new Map<string, KeyTree>()
  for (const [key, value] of entries) {
    const found = INDEXED_PREFIXES.find(({ prefix }) => key.startsWith(prefix))
    if (!found) continue
    let tree = trees.get(found.prefix)
    if (!tree) {
      tree = new KeyTree()
      trees.set(found.prefix, tree)
    }
    tree.add(key.slice(found.prefix.length), value)
  }
  const content: IndexedContent = { prefixes: [] }
  for (const { prefix, target } of INDEXED_PREFIXES) {
    const items = content[target] === undefined ? (trees.get(prefix)?.items() ?? []) : []
    if (items.length === 0) continue
    content.prefixes.push(prefix)
    if (target === 'input' || target === 'output')
      content[target] = items.map((item) => messageOf(item, speakerOf(target)))
    else content[target] = items.map(target === 'tools' ? toolOf : documentOf)
  }
  const reasons = (content.output ?? []).map((message) => scalarText(message.finish_reason))
  const told = reasons.filter((reason) => reason !== undefined)
  return told.length > 0 ? { ...content, finishReasons: told } : content
}

/** OpenInference keeps what an item is in a member that names it; what stands beside it comes in too. */
function unnested(item: Obj, ...names: readonly string[]): Obj {
  const name = names.find((one) => isObj(item[one]))
  if (name === undefined) return item
  const whole: Draft = {}
  putRest(whole, item[name] as Obj, [])
  putRest(whole, item, [name])
  return whole
}

function messageOf(item: unknown, role: string): Message {
  return toCanonical(isObj(item) ? adapted(unnested(item, 'message', 'prompt', 'completion')) : { content: item }, role)
}

/** OpenInference's and Traceloop's own names to those that messages have elsewhere. */
function adapted(message: Obj): Draft {
  const plain: Draft = {}
  const { function_call_name: name, function_call_arguments_json: args } = message
  for (const key of Object.keys(message)) {
    const value = message[key]
    // Traceloop for JavaScript writes the text null where there is none.
    if (key === 'content' && (value === 'null' || isPythonNone(message))) continue
    if (key === 'contents' && Array.isArray(value)) plain['contents'] = value.map(blockOf)
    else if (key === 'tool_calls' && Array.isArray(value)) plain['tool_calls'] = value.map(callOf)
    else if (key !== 'function_call_name' && key !== 'function_call_arguments_json') put(plain, key, value)
  }
  if (name !== undefined || args !== undefined) plain['function_call'] = { name, arguments: args }
  return plain
}

/** LiteLLM writes the absent text of a message that only calls tools as Python does. */
const isPythonNone = ({ content, tool_calls: calls, function_call: call }: Obj): boolean =>
  content === 'None' && (calls !== undefined || call !== undefined)

/** { message_content: { type, text … }, tool_call: { … } } is one block. */
function blockOf(block: unknown): unknown {
  if (!isObj(block)) return block
  const plain = unnested(unnested(block, 'message_content'), 'tool_call')
  return isObj(block['tool_call']) && plain['type'] === undefined ? { ...plain, type: 'tool_call' } : plain
}

const callOf = (call: unknown): unknown => (isObj(call) ? unnested(call, 'tool_call') : call)

/** Traceloop for JavaScript names the schema of the parameters `arguments`. */
function toolOf(item: unknown): unknown {
  if (!isObj(item)) return unwrapJson(item)
  const tool = unnested(item, 'tool')
  const { json_schema: schema, arguments: args, parameters = args, ...rest } = tool
  if (schema !== undefined && Object.keys(tool).length === 1) return unwrapJson(schema)
  return {
    type: 'function',
    ...rest,
    ...(parameters === args || args === undefined ? {} : { arguments: args }),
    ...(parameters === undefined ? {} : { parameters: unwrapJson(parameters) }),
    ...(schema === undefined ? {} : { json_schema: unwrapJson(schema) }),
  }
}

function documentOf(item: unknown): unknown {
  if (!isObj(item)) return item
  const document = unnested(item, 'document')
  return document['metadata'] === undefined ? document : { ...document, metadata: unwrapJson(document['metadata']) }
}
