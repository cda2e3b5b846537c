// For tests of the whole collector: the real binary as a child process with free ports and a data directory of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll } from 'vitest'
import { migratedDataDir } from '../src/store/template.fixture.ts'
import { FAULTS_VARIABLE, type Injection } from './faults/inject/faults.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const INJECT = join(import.meta.dirname, 'faults', 'inject', 'preload.ts')
const DOORS = ['GRPC', 'HTTP', 'API', 'ENGINE']
const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 30_000
const STDERR_TAIL = 8_192

/** The ready line. */
export interface ReadyLine {
  readonly grpc: string
  readonly http: string
  readonly api: string
  /** '' with a remote ClickHouse. */
  readonly clickhouse: string
}

export interface CollectorOptions {
  readonly dataDir: string
  /** `INSIGHTS_…` variables on top of the free ports. */
  readonly env?: Readonly<Record<string, string>>
  /** Loads what makes things go wrong inside the process; `inject` then changes it. */
  readonly inject?: Injection
}

/** One life of a collector: from its start to `stop` or `kill`. */
export class CollectorProcess {
  readonly dataDir: string
  private readonly child: ChildProcess
  private readonly exited: Promise<unknown[]>
  private errors = ''

  private constructor({ dataDir, env, inject }: CollectorOptions) {
    this.dataDir = dataDir
    const ports = Object.fromEntries(DOORS.map((door) => [`INSIGHTS_${door}_LISTEN`, '127.0.0.1:0']))
    const faults = inject && { [FAULTS_VARIABLE]: JSON.stringify(inject) }
    this.child = spawn(process.execPath, [...(inject ? ['--import', INJECT] : []), MAIN, 'start', '--json'], {
      // No file of settings of whoever runs the tests.
      cwd: dataDir,
      env: { INSIGHTS_DATA_DIR: dataDir, INSIGHTS_LOG_LEVEL: 'warn', ...ports, ...env, ...faults },
      stdio: ['ignore', 'pipe', 'pipe', ...(inject ? (['ipc'] as const) : [])],
    })
    this.exited = once(this.child, 'close')
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors = (this.errors + text).slice(-STDERR_TAIL)
    })
  }

  /** Spawned, maybe not ready yet. */
  static spawn(options: CollectorOptions): CollectorProcess {
    return new CollectorProcess(options)
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the collector did not start')
    return this.child.pid
  }

  /** The last of what it wrote to stderr. */
  get stderr(): string {
    return this.errors
  }

  /** @throws when the process ends, or takes too long, before its ready line; it is gone then. */
  async ready(timeoutMs = START_TIMEOUT_MS): Promise<RunningCollector> {
    try {
      return await this.readReadyLine(timeoutMs)
    } catch (error) {
      await this.kill()
      throw error
    }
  }

  private async readReadyLine(timeoutMs: number): Promise<RunningCollector> {
    const { stdout } = this.child
    if (!stdout) throw new Error('the collector has no stdout')
    const lines = createInterface({ input: stdout })
    const line = await Promise.race([
      once(lines, 'line', { signal: AbortSignal.timeout(timeoutMs) }).then(([text]) => String(text)),
      this.exited.then(() => undefined),
    ])
    if (line === undefined) throw new Error(`the collector ended before it was ready: ${this.errors}`)
    const ready: ReadyLine = {
      clickhouse: '',
      ...(JSON.parse(line) as Partial<ReadyLine> & Omit<ReadyLine, 'clickhouse'>),
    }
    return new RunningCollector(this, ready, ready.clickhouse ? await this.password() : '')
  }

  private async password(): Promise<string> {
    return (await readFile(join(this.dataDir, 'engine-password'), 'utf8')).trim()
  }

  /** Changes what goes wrong in a process that was spawned with `inject`; resolves when it holds. */
  async inject(injection: Injection): Promise<void> {
    const done = once(this.child, 'message')
    this.child.send({ ...injection }, undefined)
    await done
  }

  /** The signal or code that ended it; undefined when it still runs after so long. */
  async ended(timeoutMs: number): Promise<string | undefined> {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), timeoutMs))
    const end = await Promise.race([this.exited, late])
    return end && String(end[1] ?? end[0])
  }

  /** kill -9, and nothing of it is left: its engine child ends by itself. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }

  /** Ends it as an operator would. @throws when it ended by itself before, or does not end in time (it is killed then). */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    const [code, signal] = await this.exited
    clearTimeout(late)
    if (code !== 0) throw new Error(`the collector ended with ${code ?? signal}: ${this.errors}`)
  }
}

/** A collector whose doors are open. */
export class RunningCollector {
  readonly process: CollectorProcess
  readonly doors: ReadyLine
  readonly password: string

  constructor(process: CollectorProcess, doors: ReadyLine, password: string) {
    this.process = process
    this.doors = doors
    this.password = password
  }

  /** Rows of a query in database `insights`, through the engine's own door. 64-bit integers come as numbers, decimals as text. */
  async sql<Row>(query: string, params: Readonly<Record<string, string | number>> = {}): Promise<Row[]> {
    const url = new URL(this.doors.clickhouse)
    url.searchParams.set('database', 'insights')
    url.searchParams.set('default_format', 'JSONEachRow')
    url.searchParams.set('output_format_json_quote_64bit_integers', '0')
    url.searchParams.set('output_format_json_quote_decimals', '1')
    for (const [name, value] of Object.entries(params)) url.searchParams.set(`param_${name}`, String(value))
    const headers = { 'x-clickhouse-user': 'insights', 'x-clickhouse-key': this.password }
    const response = await fetch(url, { method: 'POST', headers, body: query })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} for ${query}: ${text}`)
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
  }

  /** JSON of the query API, whatever its status. */
  async api<Answer>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const response = await fetch(this.doors.api + path, { headers })
    return (await response.json()) as Answer
  }

  /** Sends an OTLP body to the HTTP door. */
  post(body: Uint8Array | string, options: PostOptions = {}): Promise<Response> {
    const type = typeof body === 'string' ? 'application/json' : 'application/x-protobuf'
    return fetch(`${this.doors.http}/v1/${options.signal ?? 'traces'}`, {
      method: 'POST',
      headers: { 'content-type': type, ...options.headers },
      body,
    })
  }
}

export interface PostOptions {
  readonly signal?: 'traces' | 'logs' | 'metrics'
  readonly headers?: Readonly<Record<string, string>>
}

export async function withDataDir<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-e2e-'))
  try {
    return await use(dataDir)
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A test waits for its rows, so batches close early. */
const QUICK = { INSIGHTS_BATCH_MAX_DELAY_MS: '20' }

/** One collector for all tests of a file; the answer gives it once `beforeAll` has run. */
export function useCollector(env: Readonly<Record<string, string>> = {}): () => RunningCollector {
  let running: RunningCollector | undefined
  let dataDir: string
  beforeAll(async () => {
    dataDir = await migratedDataDir('insights-e2e-')
    running = await CollectorProcess.spawn({ dataDir, env: { ...QUICK, ...env } }).ready()
  })
  afterAll(async () => {
    await running?.process.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  })
  return () => {
    if (!running) throw new Error('the collector has not started')
    return running
  }
}

/** Asks again until the answer is there. @throws with `what` when it does not come. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 60_000): Promise<T> {
  const end = performance.now() + timeoutMs
  let last: unknown
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      last = error
      return undefined
    })
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(`cannot wait longer for ${what}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
