// For tests: the real disk, with errors on demand.
import { type Files, nodeFiles, type OpenFile } from '../files.ts'

export interface Faults {
  files: Files
  /** While set, the operation fails with this errno; a failing write still puts half of its bytes down, as a full disk does. */
  write?: string
  datasync?: string
  truncate?: string
  syncDir?: string
}

/** @param real the disk below, when `nodeFiles` itself is to be replaced */
export function createFaults(real: Files = nodeFiles): Faults {
  const faults: Faults = { files: real }
  const fail = (operation: 'write' | 'datasync' | 'truncate' | 'syncDir'): void => {
    const code = faults[operation]
    if (code !== undefined) throw Object.assign(new Error(`${code}: injected`), { code })
  }
  const wrap = (file: OpenFile): OpenFile => ({
    ...file,
    async write(buffers, position) {
      if (faults.write !== undefined) {
        const all = Buffer.concat(buffers)
        await file.write([all.subarray(0, all.length / 2)], position)
      }
      fail('write')
      await file.write(buffers, position)
    },
    async datasync() {
      fail('datasync')
      await file.datasync()
    },
    async truncate(sizeBytes) {
      fail('truncate')
      await file.truncate(sizeBytes)
    },
  })
  faults.files = {
    ...real,
    open: async (path, mode) => wrap(await real.open(path, mode)),
    async syncDir(path) {
      fail('syncDir')
      await real.syncDir(path)
    },
  }
  return faults
}
