// The disks fail: the journal's own, for a while, and the engine's, which forgets what it had confirmed.
import { expect, test } from 'vitest'
import { CollectorProcess, eventually, withDataDir } from '../collector-process.ts'
import { request } from '../otlp-bytes.ts'
import { numberedSpan } from './numbered-load.ts'

const QUICK = { INSIGHTS_BATCH_MAX_DELAY_MS: '20', INSIGHTS_SETTLE: 'off' }
const ERRNOS = [{ write: 'ENOSPC' }, { write: 'EROFS' }, { write: 'EIO' }, { datasync: 'EIO' }] as const

test(
  'ENOSPC, EROFS and EIO of the journal are answered 503, and taken again without a restart once they are over',
  () =>
    withDataDir(async (dataDir) => {
      const collector = await CollectorProcess.spawn({ dataDir, env: QUICK, inject: {} }).ready()
      try {
        for (const [i, disk] of ERRNOS.entries()) {
          const body = request(numberedSpan(i))
          await collector.process.inject({ disk })
          expect((await collector.post(body)).status).toBe(503)
          expect((await collector.post(body)).headers.get('retry-after')).toMatch(/^\d+$/)
          await collector.process.inject({ disk: {} })
          await eventually('the journal to be written again', async () =>
            (await collector.post(body)).status === 200 ? true : undefined,
          )
        }
        const stored = await eventually('the spans', async () => {
          const rows = await collector.sql<{ n: number }>('SELECT toUInt32(count()) AS n FROM spans_v1')
          return rows[0]?.n === ERRNOS.length ? rows : undefined
        })
        expect(stored).toEqual([{ n: ERRNOS.length }])
      } finally {
        await collector.process.stop()
      }
    }),
  120_000,
)

test(
  'inserts that the engine had confirmed and lost with the machine are stored again at the next start',
  () =>
    withDataDir(async (dataDir) => {
      const count = 'SELECT toUInt32(count()) AS n FROM spans_v1'
      const stored = (collector: Awaited<ReturnType<CollectorProcess['ready']>>) =>
        eventually('three spans', async () => {
          const rows = await collector.sql<{ n: number }>(count)
          return rows[0]?.n === 3 ? true : undefined
        })
      const first = await CollectorProcess.spawn({ dataDir, env: QUICK }).ready()
      await first.post(request(numberedSpan(1), numberedSpan(2), numberedSpan(3)))
      await stored(first)
      // Longer than a commit record waits for company.
      await new Promise((done) => setTimeout(done, 1_500))
      await first.sql('TRUNCATE TABLE spans')
      await first.process.kill()
      const second = await CollectorProcess.spawn({ dataDir, env: QUICK }).ready()
      try {
        await stored(second)
      } finally {
        await second.process.stop()
      }
    }),
  120_000,
)
