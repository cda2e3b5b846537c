// For the tests of this folder: a context whose streams are kept and whose signals are sent by hand.
import type { CliContext } from './context.ts'
import { runCli } from './program.ts'

export interface TestCli {
  readonly context: CliContext
  out(): string
  err(): string
  signal(): void
  run(...argv: string[]): Promise<number>
}

export function createTestCli(overrides: Partial<CliContext> = {}): TestCli {
  const out: string[] = []
  const err: string[] = []
  const handlers = new Set<() => void>()
  const context: CliContext = {
    env: {},
    cwd: '/nonexistent',
    version: '9.9.9',
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    async *stdin() {},
    loadApp: () => Promise.reject(new Error('no app in this test')),
    loadDemo: () => Promise.reject(new Error('no demo in this test')),
    onStopSignal(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    exitNow: (code) => {
      throw new Error(`exit ${code}`)
    },
    ...overrides,
  }
  return {
    context,
    out: () => out.join(''),
    err: () => err.join(''),
    signal: () => {
      for (const handler of handlers) handler()
    },
    run: (...argv) => runCli(argv, context),
  }
}
