// The keyring and the usage book kept together with a store and a copy on disk: read, changed, written, one after the other.
import { randomUUID } from 'node:crypto'
import { readKeyFile, writeKeyFile } from './access/key-file.ts'
import type { Keyring } from './access/keyring.ts'
import { makeKey } from './access/make-key.ts'
import type { KeyRecord } from './access/types.ts'
import { monthOf, type UsageBook } from './access/usage.ts'
import type { KeyState, ProjectKeys } from './query/access-deps.ts'
import type { Store } from './store/client.ts'
import { addUsage, readKeys, readUsage, type StoredUsage, writeKey } from './store/keys.ts'
import type { Clock } from './telemetry/clock.ts'
import { InsightsError } from './telemetry/errors.ts'
import type { Log } from './telemetry/log.ts'

const MAX_KEYS_OF_PROJECT = 1_000
const YEAR_MS = 365 * 86_400_000

export interface UsageStore {
  connect(store: Store): Promise<void>
  /** Writes what has come, and reads what all collectors have written. */
  exchange(): Promise<void>
  /** Of the last year. */
  read(): Promise<readonly StoredUsage[]>
}

export function createUsageStore(book: UsageBook, clock: Clock): UsageStore {
  let store: Store | undefined
  // The same for a repeat of the same rows, so that they count once.
  let token = randomUUID()
  const exchangeNow = async (): Promise<void> => {
    if (store === undefined) return
    const changes = book.changes()
    if (changes.length > 0) {
      await addUsage(store, changes, token)
      book.written()
      token = randomUUID()
    }
    book.setStored(await readUsage(store, monthOf(clock.nowMs())))
  }
  let running: Promise<void> | undefined
  // Never two at once: the second would note as written what only the first has sent.
  const exchange = (): Promise<void> => {
    running ??= exchangeNow().finally(() => {
      running = undefined
    })
    return running
  }
  return {
    async connect(to) {
      store = to
      await exchange()
    },
    exchange,
    read: async () => (store === undefined ? [] : await readUsage(store, monthOf(clock.nowMs() - YEAR_MS))),
  }
}

export interface KeyStore extends ProjectKeys {
  /** Puts in force what was known at the last end; ClickHouse may be away for long. */
  readCopy(): Promise<void>
  connect(store: Store): Promise<void>
  refresh(): Promise<void>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

interface KeyStoreDeps {
  keyring: Keyring
  usage: UsageStore
  dataDir: string
  log: Log
  clock: Clock
}

export function createKeyStore(deps: KeyStoreDeps): KeyStore {
  const { keyring, usage, clock } = deps
  const copy = createCopy(deps)
  let store: Store | undefined
  // One after the other: a list that was read before a change must not be put in force after it.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = queue.then(task)
    queue = done.catch(() => undefined)
    return done
  }
  const refresh = async (): Promise<void> => {
    if (store === undefined) return
    keyring.replace(await readKeys(store))
    await copy.write()
  }
  const change = async (record: KeyRecord): Promise<void> => {
    if (store === undefined)
      throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot change the keys: the store is not open yet')
    await writeKey(store, record, clock.nowMs())
    keyring.put(record)
    await copy.write()
  }
  const recordsOf = (project: string): KeyRecord[] => keyring.records().filter((record) => record.project === project)
  const stateOf = (record: KeyRecord, all: readonly StoredUsage[]): KeyState => {
    const own = all.filter(({ project, keyId }) => project === record.project && keyId === record.keyId)
    const month = own.find((one) => one.month === monthOf(clock.nowMs()))
    const lastUsedMs = own.length === 0 ? undefined : Math.max(...own.map((one) => one.lastUsedMs))
    return { ...record, lastUsedMs, month: { bytes: month?.bytes ?? 0, spans: month?.spans ?? 0 } }
  }
  return {
    readCopy: copy.read,
    connect: (to) => {
      store = to
      return inTurn(refresh)
    },
    refresh: () => inTurn(refresh),
    settled: () => inTurn(async () => undefined),
    async list(project) {
      const used = await usage.read()
      return recordsOf(project).map((record) => stateOf(record, used))
    },
    create: (project, wish) =>
      inTurn(async () => {
        if (recordsOf(project).filter(({ revokedMs }) => revokedMs === undefined).length >= MAX_KEYS_OF_PROJECT)
          throw tooMany()
        const { text, record } = makeKey(project, wish, clock.nowMs())
        await change(record)
        return { ...stateOf(record, []), key: text }
      }),
    revoke: (project, keyId) =>
      inTurn(async () => {
        const record = recordsOf(project).find((one) => one.keyId === keyId)
        if (record === undefined) return undefined
        const revoked = { ...record, revokedMs: record.revokedMs ?? clock.nowMs() }
        if (record.revokedMs === undefined) await change(revoked)
        return stateOf(revoked, await usage.read())
      }),
  }
}

/** The keys as a file, written when they differ from what is in it. What goes wrong with it is no reason to refuse anybody. */
function createCopy({ keyring, dataDir, log }: KeyStoreDeps) {
  let written: string | undefined
  return {
    async read(): Promise<void> {
      try {
        const copied = await readKeyFile(dataDir)
        if (copied !== undefined) keyring.replace(copied)
      } catch (err) {
        log.error({ err }, 'cannot read the copy of the keys: those of the store are known when ClickHouse answers')
      }
    },
    async write(): Promise<void> {
      const text = JSON.stringify(keyring.records())
      if (text === written) return
      try {
        await writeKeyFile(dataDir, keyring.records())
        written = text
      } catch (err) {
        log.error({ err }, 'cannot write the copy of the keys: a start without ClickHouse would not know the newest')
      }
    },
  }
}

const tooMany = (): InsightsError =>
  new InsightsError('INSIGHTS_KEY_INVALID', `cannot make the key: the project has ${MAX_KEYS_OF_PROJECT} already`, {
    hint: 'revoke those that nobody uses',
  })
