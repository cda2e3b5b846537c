// The prices in force: the list, the operator's file, and each project's own as the store keeps them; the same in every collector of a store.
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { type Process, stageOf } from './app-process.ts'
import { CATALOG_VERSION } from './price/catalog.ts'
import { describePrice } from './price/describe.ts'
import { checkPrices } from './price/overrides.ts'
import { overridesSchema, type PriceDocument } from './price/overrides-schema.ts'
import { createPricing, type Pricing } from './price/pricing.ts'
import type { ProjectPrices } from './query/deps.ts'
import type { Store } from './store/client.ts'
import { readPrices, readPriceVersions, writePrices } from './store/prices.ts'
import { InsightsError } from './telemetry/errors.ts'

/** How long another collector of the same store may price by what was before. */
const REFRESH_MS = 10_000

export interface PriceBook {
  readonly pricing: Pricing
  /** Names what a cost depends on: list, file, and the versions of the projects' own. */
  codec(): string
  /** Reads the projects' prices of a store; resolves when they are in force. Then looks for changes until `stop`. */
  connect(store: Store): Promise<void>
  /** Looks for changes now. */
  refresh(): Promise<void>
  /** False until `connect` has read them. */
  isKnown(): boolean
  readonly projects: ProjectPrices
  stop(): Promise<void>
}

/** @throws InsightsError INSIGHTS_PRICES_INVALID */
export async function openPrices(self: Process): Promise<PriceBook> {
  const file = await readFileOf(self.config.prices)
  const pricing = createPricing({ overrides: file.content })
  const { log } = stageOf(self, 'prices')
  const versions = new Map<string, number>()
  let store: Store | undefined
  let timer: NodeJS.Timeout | undefined
  let refreshing: Promise<void> = Promise.resolve()
  let writing: Promise<unknown> = Promise.resolve()

  const apply = (project: string, version: number, document: unknown): void => {
    pricing.setProject(project, document)
    versions.set(project, version)
  }

  const take = async (from: Store, project: string): Promise<void> => {
    const stored = await readPrices(from, project)
    if (!stored || stored.version === versions.get(project)) return
    try {
      apply(project, stored.version, JSON.parse(stored.document))
    } catch (error) {
      // Of a newer version of this program, say. What held before holds on.
      log.error({ err: error, project }, 'cannot use the stored prices of a project')
      versions.set(project, stored.version)
    }
  }

  const refresh = async (from: Store): Promise<void> => {
    for (const [project, version] of await readPriceVersions(from)) {
      if (versions.get(project) !== version) await take(from, project)
    }
  }

  const tick = (from: Store): void => {
    refreshing = refresh(from).catch((error: unknown) =>
      log.debug({ err: error }, 'cannot look for changed prices now'),
    )
  }

  const replace = async (project: string, document: unknown, ifVersion: number | undefined) => {
    const checked = checkPrices(document)
    if (!store)
      throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot keep the prices: the store is not open yet')
    await take(store, project)
    const before = versions.get(project) ?? 0
    if (ifVersion !== undefined && ifVersion !== before) {
      throw new InsightsError('INSIGHTS_CONFLICT', `cannot replace the prices: version ${before} is in force`, {
        hint: 'read them again, and repeat the change',
      })
    }
    const version = Math.max(self.clock.nowMs(), before + 1)
    await writePrices(store, { project, version, document: JSON.stringify(checked) })
    apply(project, version, checked)
    return { version, ...checked }
  }

  return {
    pricing,
    codec: () => [CATALOG_VERSION, file.hash, hashOf(versions)].filter(Boolean).join('+'),
    refresh: async () => {
      if (store) await refresh(store)
    },
    isKnown: () => store !== undefined,
    async connect(to) {
      await refresh(to)
      store = to
      timer = setInterval(tick, REFRESH_MS, to)
    },
    projects: {
      schema: overridesSchema,
      // One after the other, so that two who read the same version cannot both replace it.
      put: (project, document, ifVersion) => {
        const done = writing.then(() => replace(project, document, ifVersion))
        writing = done.catch(() => undefined)
        return done
      },
      get: async (project) => {
        const stored = store && (await readPrices(store, project))
        return {
          version: stored?.version ?? 0,
          ...checkPrices(stored && (JSON.parse(stored.document) as PriceDocument)),
        }
      },
      find: (project, { provider, model, atMs, serviceTier }) =>
        describePrice(
          pricing.find({ project, provider, responseModel: model, requestModel: model }, atMs),
          serviceTier,
        ),
    },
    async stop() {
      clearInterval(timer)
      await refreshing
    },
  }
}

async function readFileOf(path: string | undefined): Promise<{ content: unknown; hash: string }> {
  if (path === undefined) return { content: undefined, hash: '' }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot read the prices file ${path}`, { cause })
  })
  try {
    return { content: parse(text), hash: hash('sha256', text).slice(0, 12) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot read the prices file ${path}: ${reason}`, { cause })
  }
}

function hashOf(versions: ReadonlyMap<string, number>): string {
  if (versions.size === 0) return ''
  return hash('sha256', JSON.stringify([...versions].sort())).slice(0, 12)
}
