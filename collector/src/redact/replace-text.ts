// A text as bytes -> the same with what the rules name replaced, or undefined when there is nothing to replace.
import { createHmac } from 'node:crypto'
import type { RedactMode } from '../config/redaction.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { PlainView } from './text/plain-view.ts'

/** Calls for each replacement. */
export type Count = (rule: string) => void

export class TextRedactor {
  private readonly policy: CompiledPolicy
  private readonly key: Buffer
  private readonly count: Count
  private readonly view = new PlainView()

  /** @param key makes hashes of this installation; equal texts have equal ones */
  constructor(policy: CompiledPolicy, key: Buffer, count: Count) {
    this.policy = policy
    this.key = key
    this.count = count
  }

  redact(bytes: Uint8Array): Buffer | undefined {
    const { scanner, rules } = this.policy
    const hasView = this.view.read(bytes)
    const text = hasView ? this.view.text.subarray(0, this.view.length) : bytes
    if (!scanner.scan(text)) return undefined
    const { starts, ends, rules: found } = scanner.hits
    const parts: Uint8Array[] = []
    let from = 0
    for (let i = 0; i < starts.length; i++) {
      const [start = 0, end = 0] = [starts[i], ends[i]]
      const [first, last] = hasView ? [this.view.origins[start] ?? 0, this.view.origins[end] ?? 0] : [start, end]
      const rule = rules[found[i] ?? 0]
      if (rule === undefined) continue
      const mark = isBareNumber(bytes, first, last) ? '0' : this.mark(rule, text.subarray(start, end))
      parts.push(bytes.subarray(from, first), Buffer.from(mark))
      from = last
      this.count(rule.name)
    }
    parts.push(bytes.subarray(from))
    return Buffer.concat(parts)
  }

  private mark({ name, mode }: { name: string; mode: RedactMode }, text: Uint8Array): string {
    if (mode === 'drop') return ''
    return mode === 'hash' ? `[${name}:${this.hash(plainOf(text)).slice(0, 16)}]` : `[${name}]`
  }

  /** 32 hexadecimal digits. */
  hash(value: Uint8Array | string): string {
    return createHmac('sha256', this.key).update(value).digest('hex').slice(0, 32)
  }
}

// One number or address may be written in several ways.
const plainOf = (text: Uint8Array): string =>
  Buffer.from(text)
    .toString('utf8')
    .toLowerCase()
    .replace(/[\s()/-]/g, '')

const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d])

// A number of a JSON document that stands without quotes must stay one, or the document could not be read any more.
function isBareNumber(bytes: Uint8Array, first: number, last: number): boolean {
  let head = 0
  // Also where the document is a text of another.
  while (BLANKS.has(bytes[head] ?? 0) || isOneOf('"\\', bytes[head])) head++
  if (bytes[head] !== 0x7b && bytes[head] !== 0x5b) return false
  for (let i = first; i < last; i++) if ((bytes[i] ?? 0) < 0x30 || (bytes[i] ?? 0) > 0x39) return false
  let before = first - 1
  while (BLANKS.has(bytes[before] ?? 0)) before--
  let after = last
  while (BLANKS.has(bytes[after] ?? 0)) after++
  return isOneOf(':[,', bytes[before]) && isOneOf(',]}', bytes[after])
}

const isOneOf = (text: string, c: number | undefined): boolean =>
  c !== undefined && text.includes(String.fromCharCode(c))
