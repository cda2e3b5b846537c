// For the tests of the doors: options around an `accept` that records what it is given.
import { connect } from 'node:net'
import { type TestAccessOptions, type TestClock, testAccess } from '../access/testing.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { type Budget, createBudget } from './budget.ts'
import type { Accept, DoorOptions, ExportRequest, Outcome } from './contract.ts'

export const STORED: Outcome = { status: 'stored', rejected: 0, message: '' }

export interface Recorder {
  accept: Accept
  requests: ExportRequest[]
  /** What `accept` answers; replace it to try another outcome. */
  answer: Outcome | (() => Promise<Outcome>)
}

export function createRecorder(): Recorder {
  const recorder: Recorder = {
    requests: [],
    answer: STORED,
    async accept(request) {
      // A copy: the door frees the memory once this has settled.
      recorder.requests.push({ ...request, bytes: Buffer.from(request.bytes) })
      return typeof recorder.answer === 'function' ? recorder.answer() : recorder.answer
    },
  }
  return recorder
}

interface TestDoor {
  recorder: Recorder
  options: DoorOptions
  budget: Budget
  /** Of keys and rates. */
  accessClock: TestClock
  rendered(): string
}

export function testDoor(
  overrides: {
    keys?: { project: string; key: string }[]
    access?: TestAccessOptions
    maxBodyBytes?: number
    budgetBytes?: number
  } = {},
): TestDoor {
  const recorder = createRecorder()
  const budget = createBudget(overrides.budgetBytes ?? 256 * 1024 * 1024)
  const metrics = createMetrics()
  const { access, clock } = testAccess({ configured: overrides.keys ?? [], ...overrides.access })
  const options: DoorOptions = {
    listen: '127.0.0.1:0',
    accept: recorder.accept,
    auth: access,
    limits: { maxBodyBytes: overrides.maxBodyBytes ?? 1024 * 1024, budget },
    log: createLog('silent'),
    metrics,
    clock: systemClock,
  }
  return { recorder, options, budget, accessClock: clock, rendered: () => metrics.render() }
}

/** Sends raw bytes and reads until the server closes, goes quiet for `quietMs`, or `until` is seen. */
export function rawExchange(
  address: string,
  pieces: (string | Uint8Array)[],
  options: { until?: RegExp; quietMs?: number } = {},
): Promise<string> {
  const [host, port] = [address.slice(0, address.lastIndexOf(':')), Number(address.slice(address.lastIndexOf(':') + 1))]
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, host)
    const done = (): void => {
      clearTimeout(quiet)
      socket.destroy()
      resolve(text)
    }
    const quiet = setTimeout(done, options.quietMs ?? 3000)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (options.until?.test(text)) done()
    })
    socket.on('close', done)
    socket.on('error', done)
    for (const piece of pieces) socket.write(piece)
  })
}

export async function waitUntil(condition: () => boolean, timeoutMs = 3000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > end) throw new Error('cannot wait longer: the condition did not come true')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
