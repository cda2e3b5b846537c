import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquireLock } from './lock.ts'
import { open, withDir } from './testing/open.ts'

const locked = expect.objectContaining({ code: 'INSIGHTS_DATA_DIR_LOCKED', retryable: false })
const CHILD = join(import.meta.dirname, 'testing', 'append-child.ts')

describe('the lock', () => {
  it('refuses a second journal on the directory in this process, also after a refusal, until the first is closed', () =>
    withDir(async (dir) => {
      const first = await open(dir)
      await expect(open(dir)).rejects.toEqual(locked)
      await expect(open(dir)).rejects.toEqual(locked)
      await first.close()
      const second = await open(dir)
      await second.close()
    }))

  it('refuses a second process, and is free at once when that process was killed', () =>
    withDir(async (dir) => {
      const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      await expect(open(dir)).rejects.toEqual(locked)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const taken = await open(dir)
      await taken.close()
    }))

  it('is still held when a refused taker has let go of the file', () =>
    withDir(async (dir) => {
      const path = join(dir, 'lock')
      const release = await acquireLock(path)
      await expect(acquireLock(path)).rejects.toEqual(locked)
      const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'ignore', 'pipe'] })
      const [code] = await once(child, 'exit')
      expect(code).not.toBe(0)
      release()
    }))
})
