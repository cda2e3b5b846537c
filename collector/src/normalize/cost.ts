// Provider and model names + usage -> the price of a call, looked up by name once and remembered.
import { equalSlices, type Source, toSource } from './wire/bytes.ts'

/** What the price stage gives for one call; reused, so read it before the next call. Amounts are picodollars, NaN unknown. */
export interface PricedCall {
  readonly total: number
  readonly input: number
  readonly output: number
  /** Per request and per search; input, output and fees are the total. */
  readonly fees: number
  /** What cache reads would have cost as plain input, less what they cost. */
  readonly cacheReadSavings: number
  /** What cache writes cost above plain input. */
  readonly cacheWriteExtra: number
  readonly priceId: string
  readonly tier: string
  /** How the price was found, and which rates stood in for missing ones. */
  readonly rule: string
  /** Why the total is unknown; '' when it is known. */
  readonly reason: string
  /** Set when the amounts are beyond what a double holds exactly. */
  readonly exact?:
    | {
        readonly total: bigint
        readonly input: bigint
        readonly output: bigint
        readonly fees: bigint
        readonly cacheReadSavings: bigint
        readonly cacheWriteExtra: bigint
      }
    | undefined
}

/** The price stage as the normaliser sees it (joined in app.ts). */
export interface Pricing {
  /** Canonical provider value; '' for a framework that is no provider. */
  providerOf(raw: string): string
  /** Goes up when a handle given before may no longer hold. */
  readonly version: number
  /** A handle for these names at this time, good for the half hour of `atMs`. */
  find(names: CallNames, atMs: number): unknown
  /** `usage` in the layout of semconv U. */
  price(handle: unknown, usage: Float64Array, serviceTier: string): PricedCall
  /** Reported USD -> picodollars, rounded half to even. */
  toPico(usd: number): number
}

export interface CallNames {
  readonly project: string
  readonly provider: string
  readonly responseModel: string
  readonly requestModel: string
}

/** Price lists change with the date and, for a few models, with the half hour of the day. */
const STEP_MS = 1_800_000
const MAX_NAMES = 4096
const MAX_PROJECTS = 1024

/** Of the provider, the response's model and the request's; the same array each time, so that none is made per call. */
export type NameIds = readonly [provider: number, responseModel: number, requestModel: number]

/** Distinct byte strings -> small numbers and JS strings. Bounded: starts over when full, and says so by `epoch`. */
export class Names {
  epoch = 0
  private readonly byHash = new Map<number, number>()
  private known: Source[] = [toSource(Buffer.alloc(0))]
  private texts: string[] = ['']

  id(source: Source, start: number, end: number, hash: number): number {
    if (start === end) return 0
    let key = hash
    for (;;) {
      const found = this.byHash.get(key)
      if (found === undefined) return this.add(source, start, end, key)
      const known = this.known[found]!
      if (known.bytes.length === end - start && equalSlices(source, start, end, known, 0)) return found
      key = (key + 1) | 0
    }
  }

  text(id: number): string {
    return this.texts[id]!
  }

  private add(source: Source, start: number, end: number, key: number): number {
    if (this.texts.length >= MAX_NAMES) {
      this.epoch++
      this.byHash.clear()
      this.known = [toSource(Buffer.alloc(0))]
      this.texts = ['']
    }
    const id = this.texts.length
    const copy = Buffer.alloc(end - start)
    source.bytes.copy(copy, 0, start, end)
    this.byHash.set(key, id)
    this.known.push(toSource(copy))
    this.texts.push(copy.toString('utf8'))
    return id
  }
}

type Handles = Map<number, { handle: unknown; step: number }>

/** Remembers the handle of each (project, provider, response model, request model) for the half hour that it holds. */
export class PriceCache {
  readonly names = new Names()
  private readonly pricing: Pricing
  private readonly byProject = new Map<string, Handles>()
  /** Of `project`: a request has one, so the map is asked once a request. */
  private handles: Handles = new Map()
  private project: string | undefined
  private epoch = 0
  private version = 0

  constructor(pricing: Pricing) {
    this.pricing = pricing
  }

  /** Names are ids of `names`. The time comes in what holds it: a double that is passed to a function may be allocated. */
  find(project: string, ids: NameIds, { startMs }: { readonly startMs: number }): unknown {
    this.turnTo(project)
    const step = Math.floor(startMs / STEP_MS)
    // By index: taking the array apart would make an iterator.
    const provider = ids[0]
    const responseModel = ids[1]
    const requestModel = ids[2]
    // Ids stay below 2^12, so three of them fit a double exactly.
    const key = (provider * MAX_NAMES + responseModel) * MAX_NAMES + requestModel
    const known = this.handles.get(key)
    if (known?.step === step) return known.handle
    if (this.handles.size >= MAX_NAMES * 4) this.handles.clear()
    const { names } = this
    const call = {
      project,
      provider: names.text(provider),
      responseModel: names.text(responseModel),
      requestModel: names.text(requestModel),
    }
    const handle = this.pricing.find(call, startMs)
    this.handles.set(key, { handle, step })
    return handle
  }

  private turnTo(project: string): void {
    const { names, pricing } = this
    if (this.epoch !== names.epoch || this.version !== pricing.version || this.byProject.size > MAX_PROJECTS) {
      this.epoch = names.epoch
      this.version = pricing.version
      this.byProject.clear()
      this.project = undefined
    }
    if (this.project === project) return
    this.project = project
    this.handles = this.byProject.get(project) ?? new Map()
    this.byProject.set(project, this.handles)
  }
}
