// Test help: a real engine in a temporary directory, plain HTTP against it, and Native blocks.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { type Engine, startEngine } from './supervise.ts'

export const newDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'insights-engine-'))
export const removeDataDir = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true })

export async function startTestEngine(dataDir: string, listen = '127.0.0.1:0') {
  const metrics = createMetrics()
  const engine = await startEngine({
    dataDir,
    listen,
    log: createLog('silent'),
    metrics,
    clock: systemClock,
  })
  return { engine, metrics }
}

export interface Answer {
  status: number
  headers: Headers
  text: string
}

/** POSTs `query` in the URL with `extra` parameters; a body, when given, is the insert's data. */
export async function ask(
  engine: Engine,
  query: string,
  extra: Record<string, string> = {},
  body: Uint8Array<ArrayBuffer> | string | null = null,
): Promise<Answer> {
  const response = await fetch(`${engine.url}/?${new URLSearchParams({ query, ...extra })}`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password },
    body,
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** One Native block of String columns (ClickHouse's Native format as HTTP clients write it: revision 0). */
export function nativeStrings(columns: Record<string, readonly string[]>): Buffer<ArrayBuffer> {
  const names = Object.keys(columns)
  const parts = [varint(names.length), varint(columns[names[0] ?? '']?.length ?? 0)]
  for (const name of names) {
    parts.push(text(name), text('String'), ...(columns[name] ?? []).map(text))
  }
  return Buffer.concat(parts)
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest & 127) | 128)
  }
}

/** Polls until `check` holds, for at most `timeoutMs`. */
export async function until(check: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${check}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** A zombie counts as dead: in a container nobody may collect an orphan. */
export function isAlive(pid: number | undefined): boolean {
  try {
    if (pid === undefined || !process.kill(pid, 0)) return false
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false // ESRCH: gone
  }
}
