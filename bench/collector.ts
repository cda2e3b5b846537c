// Starts a real collector with its embedded engine as processes of their own, and reads what they cost from /proc.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve(import.meta.dirname, '../collector/src/main.ts')
const TICKS_PER_SECOND = 100

export interface BenchCollector {
  grpc: string
  http: string
  api: string
  /** CPU seconds so far: the collector itself and the ClickHouse engine. */
  cpu(): { collector: number; engine: number }
  rssBytes(): { collector: number; engine: number }
  sql<Row>(query: string): Promise<Row[]>
  /** Resolves when every acknowledged row is in the store. */
  drained(rows: number): Promise<void>
  stop(): Promise<void>
}

export async function startCollector(flags: readonly string[] = []): Promise<BenchCollector> {
  const dataDir = mkdtempSync(join(tmpdir(), 'insights-bench-'))
  const doors = ['grpc', 'http', 'api', 'engine'].flatMap((door) => [`--${door}-listen`, '127.0.0.1:0'])
  const child = spawn(
    process.execPath,
    [MAIN, 'start', ...doors, '--data-dir', dataDir, '--log-level', 'warn', ...flags],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ready = await readyLine(child)
  // Without a ClickHouse of its own (a remote one was asked for) there is no engine process and no password.
  const enginePid = ready.clickhouse === undefined ? undefined : childOf(child.pid ?? 0)
  const password = enginePid === undefined ? '' : readFileSync(join(dataDir, 'engine-password'), 'utf8').trim()
  const sql = async <Row>(query: string): Promise<Row[]> => {
    const response = await fetch(`${ready.clickhouse}/?database=insights&default_format=JSONEachRow`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': 'insights', 'x-clickhouse-key': password },
      body: query,
    })
    const body = await response.text()
    if (!response.ok) throw new Error(body)
    return body
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row)
  }
  return {
    ...ready,
    cpu: () => ({ collector: cpuOf(child.pid ?? 0), engine: cpuOf(enginePid) }),
    rssBytes: () => ({ collector: rssOf(child.pid ?? 0), engine: rssOf(enginePid) }),
    sql,
    async drained(rows) {
      for (;;) {
        const [found] = await sql<{ n: string }>('SELECT count() AS n FROM spans')
        if (Number(found?.n) >= rows) return
        await new Promise((done) => setTimeout(done, 100))
      }
    },
    async stop() {
      child.kill('SIGTERM')
      await new Promise((done) => child.once('exit', done))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

interface Ready {
  grpc: string
  http: string
  api: string
  clickhouse?: string
}

async function readyLine(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('no stdout')
  for await (const line of createInterface(child.stdout)) {
    const parsed = JSON.parse(line) as Ready & { ready?: boolean }
    if (parsed.ready) return parsed
  }
  throw new Error('the collector ended before it was ready')
}

export function childOf(pid: number): number {
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry) && statOf(Number(entry))[1] === String(pid)) return Number(entry)
  }
  throw new Error('the engine is not running')
}

/** Fields of /proc/PID/stat after the command's name: state, parent, … */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/** CPU seconds of a process so far. */
export function cpuOf(pid: number | undefined): number {
  if (pid === undefined) return 0
  const stat = statOf(pid)
  return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND
}

function rssOf(pid: number | undefined): number {
  if (pid === undefined) return 0
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1] ?? 0) * 1024
}
