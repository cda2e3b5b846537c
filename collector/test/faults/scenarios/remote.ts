// F7: ambiguous commits of a ClickHouse server that is not the collector's own, with kills of the collector among them.
import type { RunningCollector } from '../../collector-process.ts'
import { seededRandom } from '../numbered-load.ts'
import { type FaultScenario, pause, spawn, underLoad } from '../scenario.ts'
import { startAmbiguousProxy } from './ambiguous-proxy.ts'
import { readFrom, remoteEnv, withServer } from './server.ts'

const INSERT_TIMEOUT_MS = 1_500
const READY_WITHIN_MS = 300_000
const LATE_MS = 2_500
/** Each so many cycles end with a kill; the others go on in the same life. */
const KILL_EVERY = 2

const INSERTS_PER_CYCLE = 4
const INSERTS_WITHIN_MS = 15_000

/** A cycle is worth something only when inserts were spoiled in it. */
async function moreInserts(counts: ReadonlyMap<string, number>): Promise<void> {
  const sum = (): number => [...counts.values()].reduce((total, n) => total + n, 0)
  const [wanted, end] = [sum() + INSERTS_PER_CYCLE, performance.now() + INSERTS_WITHIN_MS]
  while (sum() < wanted && performance.now() < end) await pause(50)
}

export const ambiguousCommits: FaultScenario = {
  name: 'ambiguous commits of a remote server, with kill -9 of the collector',
  run: (options) =>
    withServer(async (server) => {
      const proxy = await startAmbiguousProxy({
        target: server.url,
        random: seededRandom(options.seed + 1),
        lateMs: LATE_MS,
      })
      const env = remoteEnv(server, proxy.url)
      try {
        let running: RunningCollector | undefined
        const report = await underLoad({ ...options, env, readFrom: readFrom(server) }, async (frame, n) => {
          const { dataDir, load, random, count } = frame
          running ??= await spawn({ dataDir, env, inject: { insertTimeoutMs: INSERT_TIMEOUT_MS } }).ready(
            READY_WITHIN_MS,
          )
          load.start(running.doors.http)
          await pause(500 + random() * 1_000)
          await moreInserts(proxy.counts)
          if (n % KILL_EVERY === 0 || n === options.cycles) {
            await running.process.kill()
            running = undefined
            count('killed')
          }
          await load.pause()
          if (n === options.cycles) proxy.calm()
        })
        return { ...report, events: { ...report.events, ...Object.fromEntries(proxy.counts) } }
      } finally {
        await proxy.stop()
      }
    }),
}
