// The names under which bodies of requests and responses keep their messages, as tables.
import { isObj, type Obj } from './values.ts'

export const FINISH_KEYS = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason', 'done_reason']

/** Says whether the value under a name is content, given the object that it stands in. */
type Accept = (value: unknown, owner: Obj) => boolean

const has =
  (...keys: readonly string[]): Accept =>
  (_, owner) =>
    keys.some((key) => owner[key] !== undefined && owner[key] !== null)
const isTexts = (value: unknown): boolean => Array.isArray(value) && typeof value[0] === 'string'
const isStructure = (value: unknown): boolean => typeof value === 'object' && !isTexts(value)
/** A structure says by itself what it is; a bare text or a list of texts only beside members that only a request has. */
const structureOr =
  (told: Accept): Accept =>
  (value, owner) =>
    isStructure(value) || told(value, owner)
const isAlone: Accept = (_, owner) => Object.keys(owner).length === 1

/** Where a request keeps what is asked, in order of trust. */
export const REQUEST_KEYS: readonly (readonly [key: string, accept: Accept])[] = [
  ['messages', structureOr(has('model', 'system'))],
  ['contents', structureOr(has('model', 'config', 'generationConfig'))],
  ['chat_history', (value, owner) => Array.isArray(value) && typeof owner['message'] === 'string'],
  ['items', (value) => Array.isArray(value) && isObj(value[0]) && typeof value[0]['type'] === 'string'],
  ['input', structureOr(has('model', 'instructions', 'modelId', 'model_name'))],
  ['prompt', structureOr((value, owner) => isAlone(value, owner) || has('model', 'system')(value, owner))],
  ['prompts', (value) => Array.isArray(value)],
  ['inputText', has('textGenerationConfig')],
]

/** Where a response keeps its alternatives, and the members of which each must have one. */
export const ALTERNATIVES: readonly (readonly [key: string, members: readonly string[]])[] = [
  ['choices', ['message', 'delta', 'text', 'content']],
  ['candidates', ['message', 'content', 'text']],
  ['generations', ['message', 'text']],
  ['replies', ['content', 'text', '_content']],
  ['completions', ['text', 'data', 'message', 'completion']],
  ['outputs', FINISH_KEYS],
  ['results', ['outputText', 'generated_text']],
]

/** A reply's text by name, and the members of which one must stand beside it. */
export const REPLY_TEXTS: readonly (readonly [key: string, companions: readonly string[]])[] = [
  [
    'text',
    [
      ...FINISH_KEYS,
      'tool_calls',
      'toolCalls',
      'generation_id',
      'usage',
      'reasoning',
      'toolResults',
      'sources',
      'files',
      'steps',
    ],
  ],
  ['content', [...FINISH_KEYS, 'tool_calls', 'toolCalls']],
  ['completion', []],
  ['combined_chunk_content', []],
  ['generated_text', []],
  ['response', ['done', 'model']],
  ['generation', ['stop_reason', 'generation_token_count']],
  ['output_text', ['model', 'usage']],
]

/** Around a conversation: inputs and outputs of a step, arguments of a function, a logged request. */
export const NESTED_KEYS = [
  'inputs',
  'input',
  'kwargs',
  'outputs',
  'output',
  'request',
  'body',
  'value',
  'response',
  'result',
  'state',
  'data',
]

/** What a response says of itself, beside a message of which it has the form. */
export const RESPONSE_META: ReadonlySet<string> = new Set([
  'id',
  'model',
  'usage',
  'object',
  'created',
  'created_at',
  'stop_sequence',
  'service_tier',
  'container',
  'system_fingerprint',
  'usage_metadata',
  'token_usage',
  'raw',
  'usageMetadata',
])

export const SYSTEM_KEYS = [
  'system',
  'systemInstruction',
  'system_instruction',
  'system_instructions',
  'system_prompt',
  'systemPrompt',
  'instructions',
  'preamble',
]
export const TOOL_KEYS = ['tools', 'functions']
/** Objects in which a body keeps system or tools beside other settings. */
export const SETTING_KEYS = ['config', 'toolConfig']
export const isSettings = (value: unknown): value is Obj => isObj(value)
