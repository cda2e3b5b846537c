// What a request shows (key, certificate, origin) in; the project it may send to or read, or why not, out. One for all doors.
import { timingSafeEqual } from 'node:crypto'
import { digestOf } from './key-text.ts'
import type { Keyring } from './keyring.ts'
import type { Account, Meters } from './meters.ts'
import { AMBIENT_ORIGIN, FOREIGN_ORIGIN, KEY_REFUSALS, lacksScope, type Refusal } from './refusal.ts'
import { type Grant, SCOPES } from './types.ts'

export const DEFAULT_PROJECT = 'default'

/** What a request shows of itself. */
export interface Shown {
  authorization?: string | undefined
  apiKey?: string | undefined
  /** Of the page for which a browser sends. */
  origin?: string | undefined
  /** Names in a client certificate that a CA of ours signed. */
  certificateNames?: readonly string[] | undefined
  /** The project that an operator names; nobody else can. */
  project?: string | undefined
}

/** A request that may send. */
export interface Sender extends Account {
  readonly status: 'admitted'
  readonly project: string
  /** Smaller than everyone's, when set. */
  readonly maxBodyBytes: number | undefined
}

export type Identified = { status: 'known'; grant: Grant } | { status: 'refused'; refusal: Refusal }

export interface Access {
  /** Who it is. What it may do is for the caller to ask of `grant.scopes`. */
  identify(shown: Shown): Identified
  /** The same for who wants to send: with scope, origin and rate. */
  admit(shown: Shown): Sender | Refusal
  /** Whether it may know of all projects: by the operator's key, or the one of the metrics. */
  seesProjects(shown: Shown): boolean
  /** Whether pages of this origin may send with some key: what a preflight, which shows none, is told. */
  allowsOrigin(origin: string): boolean
}

export interface AccessOptions {
  keyring: Keyring
  meters: Meters
  /** Who shows nothing is let in, as project `default`. */
  isOpen: boolean
  /** Pages that may use any key, or none where none is asked for. */
  corsOrigins: readonly string[]
  /** Names of client certificates and the project of each. */
  certificates: ReadonlyMap<string, string>
  maxPublicBodyBytes: number
  /** Opens every project for reading and changing; of the owner of the data directory. */
  operatorKey?: string
  /** Opens the metrics of all projects, and nothing else. */
  metricsKey?: string
}

const PROJECT = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/
const PLAIN = { isPublic: false, isAmbient: false, origins: new Set<string>(), rates: {} }
const ANYONE: Grant = { ...PLAIN, keyId: '', isAmbient: true, project: DEFAULT_PROJECT, scopes: new Set(SCOPES) }

export function createAccess(options: AccessOptions): Access {
  const { keyring, meters, isOpen } = options
  const corsOrigins = new Set(options.corsOrigins)
  const isOperator = checkOf(options.operatorKey)
  const isMetrics = checkOf(options.metricsKey)
  const ofCertificates = new Map(
    [...options.certificates].map(([name, project]): [string, Grant] => [
      name,
      { ...PLAIN, keyId: `cert-${name}`, isAmbient: true, project, scopes: new Set(['ingest', 'read']) },
    ]),
  )
  const withoutKey = ({ certificateNames = [] }: Shown): Identified => {
    const name = certificateNames.find((one) => ofCertificates.has(one))
    const grant = ofCertificates.get(name ?? '') ?? (isOpen ? ANYONE : undefined)
    return grant === undefined ? refused(KEY_REFUSALS.missing) : { status: 'known', grant }
  }
  const identify = (shown: Shown): Identified => {
    const text = keyIn(shown)
    if (text === undefined || text === '') return withoutKey(shown)
    if (text.startsWith('hz_opr_') && isOperator(text)) return asOperator(shown.project ?? DEFAULT_PROJECT)
    const found = keyring.find(text)
    if (found.status === 'known')
      return isBasic(shown) ? { ...found, grant: { ...found.grant, isAmbient: true } } : found
    // Where no key is asked for, senders may show what means nothing here; a key of ours that is wrong must not pass for none.
    return isOpen && found.status === 'foreign' ? withoutKey(shown) : refused(KEY_REFUSALS[found.status])
  }
  const originRefusal = (grant: Grant, origin: string | undefined): Refusal | undefined => {
    if (origin === undefined || corsOrigins.has('*') || corsOrigins.has(origin)) return undefined
    if (grant.isPublic) return grant.origins.has(origin) ? undefined : FOREIGN_ORIGIN
    // A page elsewhere can reach what listens here, by a rebound name too. A browser adds certificates by itself, but no key.
    return grant.isAmbient ? AMBIENT_ORIGIN : undefined
  }
  return {
    identify,
    admit(shown) {
      const identified = identify(shown)
      if (identified.status === 'refused') return identified.refusal
      const { grant } = identified
      if (!grant.scopes.has('ingest')) return lacksScope('ingest')
      const account = originRefusal(grant, shown.origin) ?? meters.open(grant)
      if ('status' in account) return account
      const maxBodyBytes = grant.isPublic ? options.maxPublicBodyBytes : undefined
      return { status: 'admitted', project: grant.project, maxBodyBytes, ...account }
    },
    seesProjects(shown) {
      const text = keyIn(shown)
      return isOpen || (text !== undefined && (isOperator(text) || isMetrics(text)))
    },
    allowsOrigin: (origin) => corsOrigins.has('*') || corsOrigins.has(origin) || keyring.hasOrigin(origin),
  }
}

const refused = (refusal: Refusal): Identified => ({ status: 'refused', refusal })

function checkOf(key: string | undefined): (text: string) => boolean {
  if (key === undefined) return () => false
  const wanted = digestOf(key)
  return (text) => timingSafeEqual(digestOf(text), wanted)
}

const keyIn = ({ authorization, apiKey }: Shown): string | undefined =>
  bearer(authorization) ?? passwordOf(authorization) ?? apiKey

const isBasic = ({ authorization }: Shown): boolean =>
  bearer(authorization) === undefined && passwordOf(authorization) !== undefined

function asOperator(project: string): Identified {
  if (!PROJECT.test(project)) return refused(KEY_REFUSALS.nameless)
  return { status: 'known', grant: { ...PLAIN, keyId: 'operator', project, scopes: new Set(['read', 'admin']) } }
}

/** Senders that know of a user and a password show the key as the password. A browser keeps both and shows them by itself, as it does a certificate. */
function passwordOf(authorization: string | undefined): string | undefined {
  const encoded = authorization && /^basic +([A-Za-z0-9+/]{1,2048}={0,2}) *$/i.exec(authorization)?.[1]
  if (!encoded) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 || colon === text.length - 1 ? undefined : text.slice(colon + 1)
}

function bearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1]
}
