// A grant in; the meter of its key and its project out: what one request reserves before it is read and settles when it is done.
import type { Clock } from '../telemetry/clock.ts'
import { createMeter, type Meter } from './meter.ts'
import type { Refusal } from './refusal.ts'
import type { Grant, Rates } from './types.ts'
import type { Totals, UsageBook } from './usage.ts'

export interface MetersOptions {
  /** For keys that have no value of their own. */
  keyRates: Rates
  /** For public keys that have none; pages are read by everyone, so their keys are too. */
  publicKeyRates: Rates
  /** Of all keys of a project together. */
  projectRates: Rates
  /** How many seconds' worth may come at once. */
  burstSeconds: number
  usage: UsageBook
  clock: Clock
}

/** One request's account. Each `reserve` may be refused; `settle` says what it really was and never is. */
export interface Account {
  reserve(bytes: number): Refusal | undefined
  settle(totals: Totals): void
}

export interface Meters {
  /** @returns the refusal when there is nothing left to take from */
  open(grant: Grant): Account | Refusal
}

/** Nobody's key, no limit: nothing to count. */
const NO_ACCOUNT: Account = { reserve: () => undefined, settle: () => undefined }
const RATE_NAMES = ['bytesPerSecond', 'spansPerSecond', 'bytesPerMonth', 'spansPerMonth'] as const

export function createMeters(options: MetersOptions): Meters {
  const { usage, clock, burstSeconds } = options
  const made = new Map<string, { rates: Rates; meter: Meter | undefined }>()
  // Kept over a refresh of the keys: a bucket that begins anew is full again.
  const meterOf = (name: string, whose: 'key' | 'project', rates: Rates, used: () => Totals): Meter | undefined => {
    const known = made.get(name)
    if (known !== undefined && RATE_NAMES.every((rate) => known.rates[rate] === rates[rate])) return known.meter
    const meter = createMeter({ whose, rates, burstSeconds, used, clock })
    made.set(name, { rates, meter })
    return meter
  }
  const metersOf = ({ project, keyId, isPublic, rates: own }: Grant): readonly Meter[] => {
    const rates = { ...(isPublic ? options.publicKeyRates : options.keyRates), ...set(own) }
    return [
      meterOf(`key ${project} ${keyId}`, 'key', rates, () => usage.ofKey(project, keyId)),
      meterOf(`project ${project}`, 'project', options.projectRates, () => usage.ofProject(project)),
    ].filter((meter) => meter !== undefined)
  }
  const ofGrant = new WeakMap<Grant, readonly Meter[]>()
  return {
    open(grant) {
      const meters = ofGrant.get(grant) ?? metersOf(grant)
      ofGrant.set(grant, meters)
      const { project, keyId } = grant
      if (meters.length === 0 && keyId === '') return NO_ACCOUNT
      return firstRefusal(meters, 0) ?? createAccount(meters, (totals) => usage.add(project, keyId, totals))
    },
  }
}

function createAccount(meters: readonly Meter[], count: (totals: Totals) => void): Account {
  let reserved = 0
  let isSettled = false
  return {
    reserve(bytes) {
      const refusal = firstRefusal(meters, bytes)
      if (refusal !== undefined) return refusal
      for (const meter of meters) meter.take({ bytes, spans: 0 })
      reserved += bytes
      return undefined
    },
    settle({ bytes, spans }) {
      if (isSettled) return
      isSettled = true
      for (const meter of meters) meter.take({ bytes: bytes - reserved, spans })
      count({ bytes, spans })
    },
  }
}

function firstRefusal(meters: readonly Meter[], bytes: number): Refusal | undefined {
  for (const meter of meters) {
    const refusal = meter.refuse(bytes)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** An undefined value must not hide a default. */
const set = (rates: Rates): Rates => Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== undefined))
