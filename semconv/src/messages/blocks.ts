// Whether an object is a block of content, and blocks that are hidden in JSON text.
import { knownPart } from './parts.ts'
import { isObj, type Obj, unwrapJson } from './values.ts'

/** Beside `text`, content blocks without a type have but these members; other objects with a text are not content. */
const TEXT_COMPANIONS: ReadonlySet<string> = new Set([
  'text',
  'thought',
  'thoughtSignature',
  'thought_signature',
  'metadata',
  'annotations',
])

export function isBlock(block: Obj): boolean {
  if (knownPart(block) === undefined) return false
  const type = block['type'] ?? block['part_kind'] ?? block['block_type']
  if (typeof type === 'string' || typeof block['content'] === 'string') return typeof type === 'string'
  return (
    block['text'] === undefined || Object.keys(block).every((key) => block[key] === null || TEXT_COMPANIONS.has(key))
  )
}

/**
 * The blocks in a text that is nothing but a JSON list of them, as Strands, Traceloop and MLflow write content; any other
 * JSON is what was said.
 */
export function blocksIn(text: string): readonly Obj[] | undefined {
  if (!STARTS_BLOCKS.test(text)) return undefined
  const parsed = unwrapJson(text)
  return Array.isArray(parsed) && parsed.every((one) => isObj(one) && isBlock(one)) ? parsed : undefined
}
const STARTS_BLOCKS = /^\s*\[\s*\{/
