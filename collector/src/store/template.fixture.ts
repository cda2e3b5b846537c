// Test help: data directories in which the engine has made its tables already. Made once a run, at the first need, and copied for each test file.
import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { startEngine } from '../engine/supervise.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { createStore } from './client.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A directory of this run; what is in it goes with the run. */
    templates: string
  }
}

/** Vitest's global set-up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'insights-templates-'))
  project.provide('templates', home)
  return () => rm(home, { recursive: true, force: true, maxRetries: 5 })
}

/** A new data directory with a migrated store in it, as a first start leaves it. The caller removes it. */
export async function migratedDataDir(prefix: string): Promise<string> {
  const template = join(inject('templates'), 'migrated')
  const isThere = await stat(template).then(
    () => true,
    () => false,
  )
  if (!isThere) await makeTemplate(template)
  const dataDir = await mkdtemp(join(tmpdir(), prefix))
  await cp(template, dataDir, { recursive: true })
  return dataDir
}

/** Two workers may make it at the same time: the first to be done wins. */
async function makeTemplate(template: string): Promise<void> {
  const dataDir = await mkdtemp(join(inject('templates'), 'making-'))
  const deps = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...deps })
  const store = createStore({ ...engine, ...deps })
  await migrate(store)
  await store.close()
  await engine.stop()
  await rename(dataDir, template).catch(() => rm(dataDir, { recursive: true, force: true }))
}
