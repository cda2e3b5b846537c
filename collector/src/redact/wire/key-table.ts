// The bytes of an attribute's key -> what the policy says of it, asked once a key: the same few come again and again.
import type { RedactMode } from '../../config/redaction.ts'
import type { CompiledPolicy } from '../compile-policy.ts'

export interface KeyEntry {
  key: Uint8Array
  mode: RedactMode | undefined
  /** No rule finds anything in the key itself. */
  clean: boolean
}

const SLOTS = 4096
/** Longer keys are hardly ever met twice. */
const MAX_KEPT = 128

export class KeyTable {
  private readonly policy: CompiledPolicy
  private readonly slots: (KeyEntry | undefined)[] = new Array(SLOTS).fill(undefined)

  constructor(policy: CompiledPolicy) {
    this.policy = policy
  }

  find(bytes: Uint8Array, start: number, end: number): KeyEntry {
    let hash = 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
    const slot = (hash >>> 0) % SLOTS
    const known = this.slots[slot]
    if (known !== undefined && isSame(known.key, bytes, start, end)) return known
    const entry = this.learn(bytes.slice(start, end))
    if (end - start <= MAX_KEPT) this.slots[slot] = entry
    return entry
  }

  private learn(key: Uint8Array): KeyEntry {
    const mode = this.policy.modeOf(Buffer.from(key).toString('utf8'))
    const clean = !this.policy.scanner.isWorth(key, 0, key.length) || !this.policy.scanner.scan(key)
    return { key, mode, clean }
  }
}

function isSame(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false
  return true
}
