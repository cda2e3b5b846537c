// Members of one message in any dialect -> what they say, sorted into roles, parts and the rest: one reader per name.
import type { MessagePart } from '../model.ts'
import { blocksIn } from './blocks.ts'
import { isCanonicalPart, knownPart, pushBlock, pushContent } from './parts.ts'
import { roleOf, roleOfType } from './roles.ts'
import { callPart, pushInvocation } from './tool-parts.ts'
import { asText, type Draft, isNothing, isObj, MAX_DEPTH, type Obj, put, scalarText, unwrapJson } from './values.ts'

/** What has been read of one message so far. */
export interface Reading {
  role: string | undefined
  /** The role that its class implies, when it names none. */
  implied: string | undefined
  name: string | undefined
  finish: string | undefined
  /** Id of the tool call that it answers. */
  answers: string | undefined
  /** Content as it came, for a tool's answer is not cut into parts. */
  raw: unknown
  /** Text that may repeat the body. */
  said: string[]
  reasoning: MessagePart[]
  body: MessagePart[]
  /** What is said beside the content: a refusal, a sound, images. */
  beside: MessagePart[]
  calls: MessagePart[]
  rest: Draft
  depth: number
}

type Reader = (reading: Reading, value: unknown, owner: Obj) => void

export function read(value: Obj): Reading {
  const reading: Reading = {
    role: undefined,
    implied: undefined,
    name: undefined,
    finish: undefined,
    answers: undefined,
    raw: undefined,
    said: [],
    reasoning: [],
    body: [],
    beside: [],
    calls: [],
    rest: {},
    depth: 0,
  }
  absorb(reading, value)
  return reading
}

function absorb(reading: Reading, value: Obj): void {
  reading.depth++
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member === undefined || member === null) continue
    const reader = READERS.get(key)
    if (reader) reader(reading, member, value)
    else keep(reading, key, member)
  }
  reading.depth--
}

function keep({ rest }: Reading, key: string, value: unknown): void {
  if (isNothing(value)) return
  let name = key
  while (Object.hasOwn(rest, name) || FIXED.has(name)) name = `source_${name}`
  put(rest, name, value)
}
/** Members of the canonical message itself. */
const FIXED: ReadonlySet<string> = new Set(['role', 'parts', 'name', 'finish_reason'])

function content(reading: Reading, value: unknown, owner?: Obj): void {
  if (isObj(value) && isWrapped(value) && reading.depth < MAX_DEPTH) {
    absorb(reading, value)
    return
  }
  const said = typeof value === 'string' ? (blocksIn(value) ?? value) : value
  if (typeof said === 'string' && owner && (owner['parts'] ?? owner['contents'] ?? owner['blocks']) !== undefined) {
    reading.said.push(said)
    return
  }
  reading.raw = reading.raw === undefined ? said : [reading.raw, said].flat(1)
  pushContent(reading.body, said)
}

/** Gemini's candidates say content: { role, parts }, the events of AgentCore content: { content } or { message }. */
const isWrapped = (value: Obj): boolean =>
  Array.isArray(value['parts']) ||
  (value['type'] === undefined &&
    (value['content'] ?? value['message']) !== undefined &&
    value['tool_call_id'] === undefined &&
    value['call_id'] === undefined)

function message(reading: Reading, value: unknown): void {
  if (isObj(value) && reading.depth < MAX_DEPTH) absorb(reading, value)
  else content(reading, value)
}

/** Text beside other content mostly repeats it: whether it does is seen at the end. */
function text(reading: Reading, value: unknown): void {
  if (typeof value === 'string') reading.said.push(value)
  else content(reading, value)
}

function reasoning(reading: Reading, value: unknown): void {
  const part = knownPart(isObj(value) ? { ...value, type: 'reasoning' } : { type: 'reasoning', text: value })
  if (part) reading.reasoning.push(part)
}

const calls =
  (key: string): Reader =>
  (reading, value) => {
    const list = unwrapJson(value)
    if (Array.isArray(list)) for (const call of list) pushCall(reading, call)
    else if (isObj(list)) pushCall(reading, list)
    else keep(reading, key, value)
  }

function pushCall({ calls: parts }: Reading, call: unknown): void {
  const part = isObj(call) ? (isCanonicalPart(call) ? (call as MessagePart & Obj) : callPart(call)) : undefined
  if (part) parts.push(part)
  else if (isObj(call)) pushBlock(parts, call)
  else if (!isNothing(call)) parts.push({ type: 'tool_call', arguments: call })
}

function invocations(reading: Reading, value: unknown): void {
  for (const call of Array.isArray(value) ? value : [value])
    if (!isObj(call) || !pushInvocation(reading.calls, call)) pushCall(reading, call)
}

function additional(reading: Reading, value: unknown, owner: Obj): void {
  if (!isObj(value)) {
    keep(reading, 'additional_kwargs', value)
    return
  }
  const rest: Draft = {}
  for (const key of Object.keys(value)) {
    const member = value[key]
    // LangChain repeats the calls here as the provider wrote them.
    if (key === 'tool_calls' && !isNothing(owner['tool_calls'])) continue
    const reader = ADDITIONAL.has(key) ? READERS.get(key) : undefined
    if (isNothing(member)) continue
    if (reader) reader(reading, member, value)
    else put(rest, key, member)
  }
  keep(reading, 'additional_kwargs', rest)
}
const ADDITIONAL: ReadonlySet<string> = new Set([
  'tool_calls',
  'function_call',
  'reasoning_content',
  'refusal',
  'audio',
])

/** Metadata stays what it is; the reason why the model stopped is read out of it. */
const metadata =
  (key: string): Reader =>
  (reading, value) => {
    if (isObj(value))
      reading.finish ??= scalarText(
        value['finish_reason'] ?? value['finishReason'] ?? value['stop_reason'] ?? value['done_reason'],
      )
    keep(reading, key, value)
  }

const role: Reader = (reading, value) => {
  if (typeof value === 'string') reading.role ??= roleOf(value)
  else keep(reading, 'role', value)
}
const scalar =
  (field: 'name' | 'finish' | 'answers', key: string): Reader =>
  (reading, value) => {
    const said = scalarText(value)
    if (said === undefined || (reading[field] !== undefined && reading[field] !== said)) keep(reading, key, value)
    else reading[field] = said
  }
const implied =
  (key: string): Reader =>
  (reading, value, owner) => {
    const of = roleOfType(value)
    if (of !== undefined) reading.implied ??= of
    else if (value !== 'message' && owner['lc'] === undefined) keep(reading, key, value)
  }

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['role', role],
  ['_role', role],
  ['type', implied('type')],
  ['kind', implied('kind')],
  ['event.name', (reading, value) => speakerOfEvent(reading, value)],
  ['content', content],
  ['_content', content],
  ['contents', content],
  ['blocks', content],
  ['parts', content],
  ['text', text],
  ['outputText', text],
  ['generated_text', text],
  ['message', message],
  ['delta', message],
  ['name', scalar('name', 'name')],
  ['_name', scalar('name', '_name')],
  ['finish_reason', scalar('finish', 'finish_reason')],
  ['finishReason', scalar('finish', 'finishReason')],
  ['stop_reason', scalar('finish', 'stop_reason')],
  ['stopReason', scalar('finish', 'stopReason')],
  ['done_reason', scalar('finish', 'done_reason')],
  ['completionReason', scalar('finish', 'completionReason')],
  ['tool_call_id', scalar('answers', 'tool_call_id')],
  ['toolCallId', scalar('answers', 'toolCallId')],
  ['reasoning_content', reasoning],
  ['reasoning', reasoning],
  ['thinking', reasoning],
  ['tool_plan', reasoning],
  ['tool_calls', calls('tool_calls')],
  ['toolCalls', calls('toolCalls')],
  ['function_call', calls('function_call')],
  ['toolInvocations', invocations],
  ['refusal', (reading, value) => pushBlock(reading.beside, { type: 'refusal', refusal: value })],
  ['audio', pushAudio],
  ['images', (reading, value) => pushImages(reading, value)],
  ['additional_kwargs', additional],
  ['response_metadata', metadata('response_metadata')],
  ['generation_info', metadata('generation_info')],
  ['generationInfo', metadata('generationInfo')],
  ['meta', metadata('meta')],
  ['_meta', metadata('_meta')],
  // LangChain's serialised form: { lc, type: 'constructor', id: [… 'HumanMessage'], kwargs: { … } }.
  ['lc', () => {}],
  ['kwargs', (reading, value) => message(reading, value)],
  [
    'data',
    (reading, value, owner) =>
      isObj(value) && holdsMessage(value, owner) ? message(reading, value) : keep(reading, 'data', value),
  ],
  [
    'id',
    (reading, value, owner) => (owner['lc'] === undefined ? keep(reading, 'id', value) : constructed(reading, value)),
  ],
])

/** LangChain's { type: 'human', data: { content } } and AI21's { data: { text } }. */
const holdsMessage = (data: Obj, owner: Obj): boolean =>
  roleOfType(owner['type']) !== undefined || (typeof data['text'] === 'string' && owner['content'] === undefined)

function constructed(reading: Reading, id: unknown): void {
  reading.implied ??= roleOfType(Array.isArray(id) ? id.at(-1) : id)
}

/** `gen_ai.tool.message` names the speaker, `gen_ai.choice` implies one. */
function speakerOfEvent(reading: Reading, value: unknown): void {
  const [, speaker] = /^gen_ai\.(\w+)\.message$/.exec(asText(value)) ?? []
  if (speaker !== undefined) reading.implied ??= roleOf(speaker)
  else if (value === 'gen_ai.choice') reading.implied ??= 'assistant'
  else keep(reading, 'event.name', value)
}

/** A spoken reply is text, too. */
function pushAudio({ beside }: Reading, value: unknown): void {
  const { transcript, ...sound }: Obj = isObj(value) ? value : { data: value }
  pushBlock(beside, transcript)
  pushBlock(beside, { type: 'audio', audio: sound })
}

/** Ollama: a list of base64. */
function pushImages({ beside }: Reading, value: unknown): void {
  for (const image of Array.isArray(value) ? value : [value])
    pushBlock(beside, typeof image === 'string' ? { type: 'image', image } : image)
}
