// F8: a real ClickHouse says no: for want of rights, memory, room or time, for another schema, or for single rows. What waits goes in later; rows at
// fault lie in the dead letters, alone, until they are replayed.
import { eventually, type RunningCollector } from '../../collector-process.ts'
import { drained } from '../../drained.ts'
import { runCli } from '../../run-cli.ts'
import { type FaultScenario, type Frame, pause, spawn, underLoad } from '../scenario.ts'
import { CONDITIONS, type Condition, isPoison, POISON, type Server } from './conditions.ts'
import { readFrom, remoteEnv, withServer } from './server.ts'
import { startSettingsProxy } from './settings-proxy.ts'

const MET_WITHIN_MS = 60_000
const STORED_WITHIN_MS = 300_000

export const refusals: FaultScenario = {
  name: 'a ClickHouse that says no, and rows that it never takes',
  run: (options) =>
    withServer(async (engine) => {
      const proxy = await startSettingsProxy(engine.url)
      const env = remoteEnv(engine, proxy.url)
      const read = readFrom(engine)
      let collector: RunningCollector | undefined
      const last = (frame: Frame, running: RunningCollector) => replayDead(frame, running, read(running))
      try {
        return await underLoad({ ...options, env, readFrom: read, last }, async (frame, n) => {
          collector ??= await spawn({ dataDir: frame.dataDir, env }).ready()
          const running = collector
          const server: Server = { proxy, sql: (statement) => read(running).sql(statement) }
          // Each so many conditions the rows themselves are at fault.
          const cycle = n % (CONDITIONS.length + 1)
          if (cycle === 0) await poison(frame, running, server)
          else await refuse(frame, running, { server, condition: CONDITIONS[cycle - 1]! })
          if (n === options.cycles) await running.process.stop()
        })
      } finally {
        await proxy.stop()
      }
    }),
}

async function refuse(
  { load, count, fault }: Frame,
  collector: RunningCollector,
  { server, condition }: { server: Server; condition: Condition },
): Promise<void> {
  const met = async (): Promise<number> => {
    const text = await metricsOf(collector)
    return condition.errors.reduce((sum, error) => sum + retriesFor(text, error), 0)
  }
  load.start(collector.doors.http)
  await pause(200)
  const before = await met()
  await condition.make(server)
  try {
    await eventually(condition.name, async () => ((await met()) > before ? true : undefined), MET_WITHIN_MS)
    const acknowledged = load.acknowledged.size
    await pause(300)
    if (load.acknowledged.size === acknowledged) fault(`nothing was acknowledged: ${condition.name}`)
  } finally {
    await condition.mend(server)
    await load.pause()
  }
  count(condition.name)
}

const metricsOf = async ({ doors }: RunningCollector): Promise<string> => (await fetch(`${doors.api}/metrics`)).text()

const retriesFor = (text: string, error: string): number =>
  Number(new RegExp(`^insights_store_retries_total\\{error="${error}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)

const deadRows = (text: string): number =>
  Number(/^insights_ingest_dead_letter_rows_total\{table="spans"\} (\d+)$/m.exec(text)?.[1] ?? 0)

/** All that is sent meanwhile is stored before the rule goes, so that each row at fault was refused. */
async function poison({ load, count, fault }: Frame, collector: RunningCollector, { sql }: Server): Promise<void> {
  await drained(collector, STORED_WITHIN_MS)
  await sql(`ALTER TABLE spans ADD CONSTRAINT sober CHECK NOT (${POISON})`)
  const [before, sent] = [deadRows(await metricsOf(collector)), load.sent]
  load.start(collector.doors.http)
  await pause(700)
  await load.pause()
  await drained(collector, STORED_WITHIN_MS)
  await sql('ALTER TABLE spans DROP CONSTRAINT sober')
  const numbers = Array.from({ length: load.sent - sent }, (_, i) => sent + i)
  const wanted = numbers.filter((n) => isPoison(n) && load.acknowledged.has(n)).length
  const dead = deadRows(await metricsOf(collector)) - before
  if (dead !== wanted) fault(`${dead} rows are dead letters and ${wanted} were at fault`)
  count('rows at fault')
}

/** What the table takes now goes in now. */
async function replayDead(
  { fault, count }: Frame,
  collector: RunningCollector,
  store: RunningCollector,
): Promise<void> {
  await drained(collector, STORED_WITHIN_MS)
  const [{ rows } = { rows: 0 }] = await store.sql<{ rows: number }>('SELECT count() AS rows FROM spans')
  const { code, err } = await runCli(collector, 'deadletter', 'replay', '--all')
  if (code !== 0) fault(`deadletter replay ended with ${code}: ${err}`)
  const [after = { rows: 0 }] = await store.sql<{ rows: number }>('SELECT count() AS rows FROM spans')
  for (let n = rows; n < after.rows; n++) count('replayed')
}
