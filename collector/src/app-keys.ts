// Who is let in, and how much: keys of the configuration, of the store and of the operator, the same in every collector of a store.
import { type Access, createAccess } from './access/access.ts'
import { createKeyring } from './access/keyring.ts'
import { createMeters } from './access/meters.ts'
import { createUsageBook } from './access/usage.ts'
import { createKeyStore, createUsageStore } from './app-key-store.ts'
import { type Process, stageOf } from './app-process.ts'
import type { Config } from './config/schema.ts'
import type { ProjectKeys } from './query/access-deps.ts'
import type { Store } from './store/client.ts'

/** How long another collector of the same store may let a revoked key in. */
const REFRESH_MS = 5_000
/** What a crash may forget of what was sent. */
const USAGE_MS = 30_000

export interface KeyBook {
  readonly access: Access
  readonly projects: ProjectKeys
  /** Puts the keys of a store in force; then looks for changes, and writes down what was sent, until `stop`. */
  connect(store: Store): Promise<void>
  stop(): Promise<void>
}

/** @param operatorKey absent: in a process without doors, which nobody has to reach */
export async function openKeys(self: Process, operatorKey?: string): Promise<KeyBook> {
  const { config, clock } = self
  const { log } = stageOf(self, 'access')
  const configured = config.apiKeys.map(({ project, key, scopes }) => ({ project, scopes, key: key.reveal() }))
  const keyring = createKeyring({ configured, clock })
  const book = createUsageBook(clock)
  const access = createAccess({
    keyring,
    meters: createMeters({ ...ratesOf(config), usage: book, clock }),
    isOpen: config.auth === 'none',
    corsOrigins: config.corsOrigins,
    certificates: config.tls?.clientProjects ?? new Map(),
    maxPublicBodyBytes: config.limits.maxPublicBodyBytes,
    ...(operatorKey === undefined ? {} : { operatorKey }),
    ...(config.metricsKey === undefined ? {} : { metricsKey: config.metricsKey.reveal() }),
  })
  const usage = createUsageStore(book, clock)
  const keys = createKeyStore({ keyring, usage, dataDir: config.dataDir, log, clock })
  await keys.readCopy()

  const timers: NodeJS.Timeout[] = []
  const repeat = (task: () => Promise<void>, everyMs: number): void => {
    const tick = (): void => {
      task().catch((error: unknown) => log.debug({ err: error }, 'cannot look for changed keys now'))
    }
    timers.push(setInterval(tick, everyMs))
  }
  return {
    access,
    projects: keys,
    async connect(store) {
      await Promise.all([keys.connect(store), usage.connect(store)])
      repeat(keys.refresh, REFRESH_MS)
      repeat(usage.exchange, USAGE_MS)
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await keys.settled()
      await usage.exchange().catch((err: unknown) => log.warn({ err }, 'cannot write down what keys have sent'))
    },
  }
}

function ratesOf({ rates }: Config) {
  const monthly = { bytesPerMonth: rates.keyBytesPerMonth, spansPerMonth: rates.keySpansPerMonth }
  return {
    keyRates: { ...monthly, bytesPerSecond: rates.keyBytesPerSecond, spansPerSecond: rates.keySpansPerSecond },
    publicKeyRates: {
      ...monthly,
      bytesPerSecond: rates.publicKeyBytesPerSecond,
      spansPerSecond: rates.publicKeySpansPerSecond,
    },
    projectRates: {
      bytesPerSecond: rates.projectBytesPerSecond,
      spansPerSecond: rates.projectSpansPerSecond,
      bytesPerMonth: rates.projectBytesPerMonth,
      spansPerMonth: rates.projectSpansPerMonth,
    },
    burstSeconds: rates.burstSeconds,
  }
}
