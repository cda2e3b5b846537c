// F18: an insert went in, its note in the journal is lost, and by the time that it is repeated the tables have forgotten its token.
import { eventually, type RunningCollector } from '../../collector-process.ts'
import type { NumberedLoad } from '../numbered-load.ts'
import { type FaultScenario, spawn, underLoad } from '../scenario.ts'
import { readFrom, remoteEnv, withServer } from './server.ts'

const TABLES = ['spans', 'traces', 'metrics_minute', 'metrics_hour'] as const
/** How many tokens the tables know: as if a hundred thousand inserts had passed by in between. */
const WINDOW = 2
/** A day that nothing else is of. */
const OTHER_DAY = '2019-01-01'
const REACHED_WITHIN_MS = 30_000
const MAX_PASSES = 6

export const forgottenTokens: FaultScenario = {
  name: 'inserts repeated when the tables have forgotten their tokens',
  run: (options) =>
    withServer(async (server) => {
      const env = remoteEnv(server)
      const read = readFrom(server)
      return await underLoad({ ...options, env, readFrom: read }, async ({ dataDir, load, random, count, fault }) => {
        const failpoint = { at: 'inserted' as const, pass: 1 + Math.floor(random() * MAX_PASSES) }
        const spawned = spawn({ dataDir, env, inject: { failpoint } })
        // What the life before owed may go in, and the point be reached, before the doors open.
        const collector = await spawned.ready().catch(() => undefined)
        if (collector) await begin(read(collector), load, collector.doors.http)
        const end = await spawned.ended(REACHED_WITHIN_MS)
        if (end !== 'SIGKILL') fault(`pass ${failpoint.pass}: ended with ${end ?? 'nothing'}`)
        await spawned.kill()
        await load.pause()
        if (collector) await insertOthers(read(collector))
        count(collector ? 'forgotten' : 'died before it was ready')
      })
    }),
}

async function begin(store: RunningCollector, load: NumberedLoad, url: string): Promise<void> {
  // A remote server gets its tables while the doors are open already.
  for (const table of TABLES) await eventually(table, () => remember(store, table))
  load.start(url)
}

const remember = (store: RunningCollector, table: string): Promise<unknown> =>
  store.sql(`ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = ${WINDOW}`)

/** More inserts than are remembered, of rows that then go again. */
async function insertOthers(store: RunningCollector): Promise<void> {
  for (let n = 0; n <= WINDOW; n++) {
    await store.sql(
      `INSERT INTO spans (project_id, day, start_time, span_id, retention_days) SETTINGS insert_deduplication_token = 'other-${n}-${Math.random()}'
       VALUES ('other', '${OTHER_DAY}', '${OTHER_DAY} 00:00:00', unhex('00000000000000ff'), 36500)`,
    )
  }
  for (const table of TABLES) await store.sql(`ALTER TABLE ${table} DROP PARTITION '${OTHER_DAY}'`)
}
