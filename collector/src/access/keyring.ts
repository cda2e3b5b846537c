// Keys by their SHA-256, in memory: a shown text in, the grant or the reason for a refusal out. Compared in constant time.
import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../telemetry/clock.ts'
import { digestOf, formOf } from './key-text.ts'
import type { Grant, KeyRecord, Scope } from './types.ts'

/** A key of the configuration. It has no record: it is what the operator wrote, until the next start. */
export interface ConfiguredKey {
  project: string
  key: string
  scopes: readonly Scope[]
}

export type Found =
  | { status: 'known'; grant: Grant }
  /** starting: nobody has been able to read the keys yet, so whether this one is known cannot be told. */
  | { status: 'mistyped' | 'unknown' | 'foreign' | 'revoked' | 'expired' | 'starting' }

export interface Keyring {
  find(text: string): Found
  /** Puts the kept keys in force, all at once; keys of the configuration stay. */
  replace(records: readonly KeyRecord[]): void
  /** One more, or another version of one, before the next `replace`. */
  put(record: KeyRecord): void
  records(): readonly KeyRecord[]
  /** False until `replace`. */
  isLoaded(): boolean
  /** Every origin that some public key names: what a preflight, which shows no key, may be told. */
  hasOrigin(origin: string): boolean
}

interface Entry {
  digest: Buffer
  grant: Grant
  record: KeyRecord | undefined
}

const NO_ORIGINS: ReadonlySet<string> = new Set()
const SHOWN_ID_DIGITS = 12

export function createKeyring(options: { configured: readonly ConfiguredKey[]; clock: Clock }): Keyring {
  const { clock } = options
  const configured = new Map(options.configured.map((key) => pairOf(configuredEntry(key))))
  let kept = new Map<string, Entry>()
  let origins: ReadonlySet<string> = NO_ORIGINS
  let isLoaded = false
  const setKept = (entries: Map<string, Entry>): void => {
    kept = entries
    const live = [...entries.values()].filter(({ record }) => record?.revokedMs === undefined)
    origins = new Set(live.flatMap(({ grant }) => [...grant.origins]))
  }
  return {
    find(text) {
      const digest = digestOf(text)
      // Looking the digest up first leaks nothing useful: who can choose a digest already knows the key.
      const name = digest.toString('hex')
      const entry = configured.get(name) ?? kept.get(name)
      if (entry !== undefined && timingSafeEqual(entry.digest, digest)) return judge(entry, clock.nowMs())
      const form = formOf(text)
      if (form !== 'whole') return { status: form }
      return { status: isLoaded ? 'unknown' : 'starting' }
    },
    replace(records) {
      isLoaded = true
      setKept(new Map(records.map((record) => pairOf(keptEntry(record)))))
    },
    put(record) {
      setKept(new Map([...kept, pairOf(keptEntry(record))]))
    },
    isLoaded: () => isLoaded,
    records: () => [...kept.values()].flatMap(({ record }) => (record === undefined ? [] : [record])),
    hasOrigin: (origin) => origins.has(origin),
  }
}

function judge({ grant, record }: Entry, nowMs: number): Found {
  if (record?.revokedMs !== undefined) return { status: 'revoked' }
  if (record?.expiresMs !== undefined && record.expiresMs <= nowMs) return { status: 'expired' }
  return { status: 'known', grant }
}

const pairOf = (entry: Entry): [string, Entry] => [entry.digest.toString('hex'), entry]

function configuredEntry({ project, key, scopes }: ConfiguredKey): Entry {
  const digest = digestOf(key)
  const keyId = `config-${digest.toString('hex').slice(0, SHOWN_ID_DIGITS)}`
  const grant = {
    keyId,
    project,
    scopes: new Set(scopes),
    isPublic: false,
    isAmbient: false,
    origins: NO_ORIGINS,
    rates: {},
  }
  return { digest, grant, record: undefined }
}

function keptEntry(record: KeyRecord): Entry {
  const { keyId, project, rates, kind } = record
  const grant = {
    keyId,
    project,
    scopes: new Set(record.scopes),
    isPublic: kind === 'public',
    isAmbient: false,
    origins: new Set(record.origins),
    rates,
  }
  return { digest: Buffer.from(record.sha256, 'hex'), grant, record }
}
