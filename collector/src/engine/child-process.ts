// A start message -> a running engine process that answered `ready`, and a promise of its end.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { InsightsError } from '../telemetry/errors.ts'
import { type ChildMessage, isMessage, type ParentMessage, type StartMessage } from './messages.ts'
import { UV_THREADS } from './run-statement.ts'

/** `exited` resolves with how the process ended and the tail of its stderr. */
export interface EngineProcess {
  pid: number | undefined
  port: number
  outerPort: number | undefined
  version: string
  exited: Promise<EngineExit>
  stop(): Promise<void>
}

export interface EngineExit {
  code: number | null
  signal: NodeJS.Signals | null
  stderr: string
}

/** Loading a large data directory takes its time; beyond this the process is taken for stuck. */
const START_TIMEOUT_MS = 120_000
const DRAIN_MS = 10_000
/** After the drain the engine flushes and waits for merges; then it is killed, which is safe. */
const KILL_AFTER_MS = DRAIN_MS + 5_000
const STDERR_TAIL = 4096

/** Rejects with the failure's code, or INSIGHTS_ENGINE_START when the process ended without a word. */
export async function spawnEngine(message: StartMessage): Promise<EngineProcess> {
  const child = spawn(process.execPath, [childFile()], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Nothing of the collector's environment is the engine's business. TZ makes the engine's time zone UTC.
    env: { TZ: 'UTC', UV_THREADPOOL_SIZE: String(UV_THREADS) },
  })
  const exited = watchExit(child)
  try {
    const ready = await waitReady(child, message, exited)
    const { port, outerPort, version } = ready
    return { pid: child.pid, port, outerPort, version, exited, stop: () => stopChild(child, exited) }
  } catch (cause) {
    child.kill('SIGKILL')
    await exited
    throw cause
  }
}

// The suffix follows this file's: TypeScript in the checkout, JavaScript in the published package.
const childFile = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url))

function watchExit(child: ChildProcess): Promise<EngineExit> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL)
  })
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr: withoutQueries(stderr) }))
    child.once('error', (cause) => resolve({ code: null, signal: null, stderr: cause.message }))
  })
}

// A crash report quotes the query, which is user content.
const withoutQueries = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/query/i.test(line))
    .join('\n')
    .trim()

async function waitReady(child: ChildProcess, message: StartMessage, exited: Promise<EngineExit>) {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), START_TIMEOUT_MS)
  try {
    return await new Promise<Extract<ChildMessage, { type: 'ready' }>>((resolve, reject) => {
      timeout.signal.onabort = () => reject(startError(`no answer within ${START_TIMEOUT_MS} ms`))
      void exited.then((exit) => reject(startError(`it ended with ${exit.signal ?? exit.code}: ${exit.stderr}`)))
      child.on('message', (answer: unknown) => {
        if (!isMessage<ChildMessage>(answer)) return
        if (answer.type === 'ready') resolve(answer)
        else reject(new InsightsError(answer.code, `cannot start the embedded engine: ${answer.message}`))
      })
      send(child, message)
    })
  } finally {
    clearTimeout(timer)
  }
}

async function stopChild(child: ChildProcess, exited: Promise<EngineExit>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  send(child, { type: 'stop', drainMs: DRAIN_MS })
  await exited
  clearTimeout(timer)
}

// A closed channel means the process is ending; `exited` tells.
function send(child: ChildProcess, message: ParentMessage): void {
  if (child.connected) child.send(message, () => undefined)
}

const startError = (reason: string): InsightsError =>
  new InsightsError('INSIGHTS_ENGINE_START', `cannot start the embedded engine: ${reason}`)
