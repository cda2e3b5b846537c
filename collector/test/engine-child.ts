// The engine of a collector as the operating system sees it.
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { promisify } from 'node:util'

/** Process id of a collector's engine, its only child; undefined while it is restarted. */
export async function enginePid(collectorPid: number): Promise<number | undefined> {
  const parents = platform() === 'linux' ? await readProc() : await readPs()
  return parents.find(({ parent }) => parent === collectorPid)?.pid
}

interface Parent {
  pid: number
  parent: number
}

// Slim images have no ps.
async function readProc(): Promise<Parent[]> {
  const ids = (await readdir('/proc')).map(Number).filter((id) => id > 0)
  return Promise.all(
    ids.map(async (pid) => {
      // A process that ended meanwhile has no parent. The name, in parentheses, may hold spaces.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return { pid, parent: state === 'Z' ? 0 : Number(parent) }
    }),
  )
}

async function readPs(): Promise<Parent[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return pid === undefined || parent === undefined ? [] : [{ pid, parent }]
  })
}
