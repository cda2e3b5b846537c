// The configured redaction, with the key of its hashes; its counts go into the store now and then.
import { type Process, stageOf } from './app-process.ts'
import { loadOrCreatePassword } from './engine/password.ts'
import { createRedactor, type Redactor } from './redact/redactor.ts'
import type { Store } from './store/client.ts'
import { writeRedactions } from './store/redactions.ts'

const WRITE_MS = 30_000

export interface Redaction {
  /** Undefined: nothing is configured. */
  redact: Redactor['redact'] | undefined
  /** Writes counts from now on, until `stop`. */
  connect(store: Store): void
  stop(): Promise<void>
}

/** @throws InsightsError INSIGHTS_CONFIG_INVALID */
export async function openRedaction(self: Process): Promise<Redaction> {
  const { config, metrics, clock } = self
  const { log } = stageOf(self, 'redact')
  if (config.redact.size === 0) return { redact: undefined, connect: () => undefined, stop: async () => undefined }
  const redactor = createRedactor(config.redact, await loadOrCreatePassword(config.dataDir, 'redact-key'), metrics)
  let store: Store | undefined
  let timer: NodeJS.Timeout | undefined
  const write = async (): Promise<void> => {
    const counts = redactor?.takeCounts() ?? []
    if (!store || counts.length === 0) return
    // They are for information: a store that is away takes the next ones.
    await writeRedactions(store, counts, clock.nowMs()).catch((error: unknown) =>
      log.warn({ err: error }, 'cannot note how much was redacted'),
    )
  }
  return {
    redact: redactor?.redact,
    connect(to) {
      store = to
      timer = setInterval(() => void write(), WRITE_MS)
    },
    async stop() {
      clearInterval(timer)
      await write()
    },
  }
}
