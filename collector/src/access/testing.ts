// For tests: keys as they would be kept, and an access over them with a clock of its own.
import { type AccessOptions, createAccess } from './access.ts'
import { createKeyText, digestOf, shownPart } from './key-text.ts'
import { createKeyring } from './keyring.ts'
import { createMeters, type MetersOptions } from './meters.ts'
import { type KeyRecord, SCOPES, type Scope } from './types.ts'
import { createUsageBook } from './usage.ts'

export interface TestClock {
  ms: number
  nowMs(): number
  monotonicMs(): number
}

export function createTestClock(): TestClock {
  const clock: TestClock = { ms: Date.UTC(2026, 0, 15), nowMs: () => clock.ms, monotonicMs: () => clock.ms }
  return clock
}

let made = 0

/** A new key and its record. */
export function testKey(over: Partial<KeyRecord> = {}): { text: string; record: KeyRecord } {
  const kind = over.kind ?? 'secret'
  const text = createKeyText(kind)
  made += 1
  const record: KeyRecord = {
    keyId: `key${made}`,
    project: 'shop',
    name: `key ${made}`,
    kind,
    prefix: shownPart(text),
    sha256: digestOf(text).toString('hex'),
    scopes: kind === 'public' ? ['ingest'] : ['ingest', 'read'],
    origins: [],
    rates: {},
    createdMs: 0,
    expiresMs: undefined,
    revokedMs: undefined,
    ...over,
  }
  return { text, record }
}

export interface TestAccessOptions extends Partial<Omit<AccessOptions, 'keyring' | 'meters'>> {
  configured?: { project: string; key: string; scopes?: readonly Scope[] }[]
  records?: readonly KeyRecord[]
  meters?: Partial<Omit<MetersOptions, 'usage' | 'clock'>>
}

/** Without any key everyone is let in, as in the collector. */
export function testAccess(options: TestAccessOptions = {}) {
  const { configured = [], records, meters, ...over } = options
  const clock = createTestClock()
  const keyring = createKeyring({
    configured: configured.map((key) => ({ scopes: SCOPES.filter((scope) => scope !== 'admin'), ...key })),
    clock,
  })
  if (records !== undefined) keyring.replace(records)
  const usage = createUsageBook(clock)
  const rates = { keyRates: {}, publicKeyRates: {}, projectRates: {}, burstSeconds: 1 }
  const access = createAccess({
    keyring,
    meters: createMeters({ ...rates, ...meters, usage, clock }),
    isOpen: configured.length === 0 && records === undefined,
    corsOrigins: [],
    certificates: new Map(),
    maxPublicBodyBytes: 1000,
    ...over,
  })
  return { access, keyring, usage, clock }
}
