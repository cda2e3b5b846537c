// F17: a second collector on the directory of a running one, and a journal that is put back as it was some time ago, over and over.
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CollectorProcess } from '../../collector-process.ts'
import { drained } from '../../drained.ts'
import { type FaultScenario, type Frame, pause, spawn, underLoad } from '../scenario.ts'
import { readFrom, remoteEnv, withServer } from './server.ts'

const STORED_WITHIN_MS = 120_000

export const journalCopies: FaultScenario = {
  name: 'two collectors on one directory, and journals restored from a copy',
  run: (options) =>
    withServer((server) => {
      const env = remoteEnv(server)
      return underLoad({ ...options, env, readFrom: readFrom(server) }, async (frame, n) => {
        const { dataDir, load, random, count } = frame
        const [journal, copy] = ['journal', 'copy'].map((name) => join(dataDir, name)) as [string, string]
        const first = await spawn({ dataDir, env }).ready()
        load.start(first.doors.http)
        await pause(200 + random() * 400)
        if (n === 1) await refuseSecond(frame, env)
        await first.process.kill()
        await load.pause()
        await cp(journal, copy, { recursive: true })
        // What the copy owes to the store goes in, and more.
        const second = await spawn({ dataDir, env }).ready()
        load.start(second.doors.http)
        await pause(300)
        await load.pause()
        await drained(second, STORED_WITHIN_MS)
        await second.process.stop()
        await rm(journal, { recursive: true })
        await cp(copy, journal, { recursive: true })
        await rm(copy, { recursive: true })
        count('restored')
      })
    }),
}

async function refuseSecond({ dataDir, load, fault }: Frame, env: Record<string, string>): Promise<void> {
  const other = CollectorProcess.spawn({ dataDir, env })
  const started = await other.ready().then(
    () => true,
    () => false,
  )
  await other.kill()
  if (started) fault('a second collector started on the directory')
  if (!other.stderr.includes('INSIGHTS_DATA_DIR_LOCKED')) fault(`the second was not told why: ${other.stderr}`)
  const before = load.acknowledged.size
  await pause(200)
  if (load.acknowledged.size === before) fault('the first took nothing any more')
}
