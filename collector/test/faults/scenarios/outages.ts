// F5: ClickHouse is away until the journal is full. F6: it is slow, stalls, or the network to it is broken in ways that nobody tells.
import { eventually, type RunningCollector } from '../../collector-process.ts'
import type { NumberedLoad } from '../numbered-load.ts'
import { seededRandom } from '../numbered-load.ts'
import { type FaultReport, type FaultScenario, type Frame, pause, spawn, underLoad } from '../scenario.ts'
import { type Link, startLink, WEATHERS } from './link.ts'
import { readFrom, remoteEnv, withServer } from './server.ts'

/** Full within seconds. */
const JOURNAL_BYTES = 1 << 20
const SMALL_JOURNAL = {
  INSIGHTS_JOURNAL_MAX_BYTES: String(JOURNAL_BYTES),
  INSIGHTS_JOURNAL_SEGMENT_BYTES: String(JOURNAL_BYTES / 16),
}
/** From here on requests are refused; a little less, since no request may fit any more. */
const FULL_RATIO = 0.9
const FULL_WITHIN_MS = 120_000
const REFUSED_MS = 1_000
const INSERT_TIMEOUT_MS = 1_500
const MAX_LATE_MS = 2_500

interface Path {
  readonly link: Link
  readonly collector: RunningCollector
}

interface Outage {
  readonly env?: Readonly<Record<string, string>>
  readonly cycle: (frame: Frame, path: Path, n: number) => Promise<void>
}

/** One collector lives through all cycles, its store behind a link. */
function overLink(options: Parameters<FaultScenario['run']>[0], { env = {}, cycle }: Outage): Promise<FaultReport> {
  return withServer(async (server) => {
    const random = seededRandom(options.seed + 1)
    const link = await startLink({ target: server.url, lateMs: () => random() * MAX_LATE_MS })
    const all = { ...env, ...remoteEnv(server, link.url) }
    let collector: RunningCollector | undefined
    try {
      return await underLoad({ ...options, env: all, readFrom: readFrom(server) }, async (frame, n) => {
        const inject = { insertTimeoutMs: INSERT_TIMEOUT_MS }
        collector ??= await spawn({ dataDir: frame.dataDir, env: all, inject }).ready()
        await cycle(frame, { link, collector }, n)
        noteAnswers(frame)
        if (n === options.cycles) await collector.process.stop()
      })
    } finally {
      await link.stop()
    }
  })
}

function noteAnswers({ load, fault }: Frame): void {
  for (const status of load.answers.keys()) if (status !== 200 && status !== 503) fault(`answered ${status}`)
  if (load.withoutTime > 0) fault(`${load.withoutTime} refusals without Retry-After`)
}

export const storeAway: FaultScenario = {
  name: 'ClickHouse away until the journal is full',
  run: (options) =>
    overLink(options, {
      env: SMALL_JOURNAL,
      async cycle({ load, count, fault }, { link, collector }) {
        load.start(collector.doors.http)
        await pause(500)
        link.become('away')
        const before = load.acknowledged.size
        await untilRefused(load)
        const acknowledged = load.acknowledged.size - before
        if (acknowledged < 500) fault(`only ${acknowledged} spans were acknowledged with the store away`)
        const ratio = await budgetRatio(collector)
        if (ratio < FULL_RATIO) fault(`refused at ${ratio} of the budget of the journal`)
        await pause(REFUSED_MS)
        link.become('fair')
        await eventually('requests to be taken again', async () => takenAgain(load), FULL_WITHIN_MS)
        await load.pause()
        count('outages')
      },
    }),
}

const refusals = (load: NumberedLoad): number => load.answers.get(503) ?? 0

async function untilRefused(load: NumberedLoad): Promise<void> {
  const before = refusals(load)
  const some = async (): Promise<true | undefined> => (refusals(load) > before + 5 ? true : undefined)
  await eventually('the journal to be full', some, FULL_WITHIN_MS)
}

async function takenAgain(load: NumberedLoad): Promise<true | undefined> {
  const before = load.acknowledged.size
  await pause(200)
  return load.acknowledged.size > before ? true : undefined
}

async function budgetRatio({ doors }: RunningCollector): Promise<number> {
  const text = await (await fetch(`${doors.api}/metrics`)).text()
  return Number(/^insights_journal_budget_ratio (\S+)$/m.exec(text)?.[1] ?? Number.NaN)
}

export const storeSlow: FaultScenario = {
  name: 'a slow, stalling, half-open or swallowing way to ClickHouse',
  run: (options) =>
    overLink(options, {
      async cycle({ load, count, fault, random }, { link, collector }, n) {
        const weather = WEATHERS[n % WEATHERS.length]!
        load.start(collector.doors.http)
        await pause(300)
        link.become(weather)
        const before = load.acknowledged.size
        // Longer than an insert is waited for.
        await pause(INSERT_TIMEOUT_MS + random() * 2_000)
        if (load.acknowledged.size === before) fault(`nothing was acknowledged: ${weather}`)
        link.become('fair')
        await pause(500)
        await load.pause()
        count(weather)
      },
    }),
}
