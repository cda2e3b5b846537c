// `npm run interop:languages`: clients of Go, Java and Python at the real doors. Installs what their lock files name, so no part of `npm test`.
import { startVitest } from 'vitest/node'
import { PlainLine } from '../../../scripts/reporter.ts'

const vitest = await startVitest('test', [], {
  include: ['collector/test/languages/*.check.ts'],
  watch: false,
  maxWorkers: 1,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  reporters: ['verbose', new PlainLine()],
})
await vitest.close()
