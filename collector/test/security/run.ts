// `npm run security`: every attack by its name, and the plain line of counts.
import { startVitest } from 'vitest/node'
import { PlainLine } from '../../../scripts/reporter.ts'

const FILES = [
  'collector/test/security',
  'collector/test/guard',
  'collector/test/erase',
  'collector/test/faults/hostile.test.ts',
  'collector/src/access',
  'collector/src/net',
  'collector/src/receive',
  'collector/src/query/sql/attacks.test.ts',
  'collector/src/query/statement.test.ts',
]

const vitest = await startVitest('test', FILES, {
  watch: false,
  // Each file starts a collector; on a busy machine that takes its time.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  reporters: ['verbose', new PlainLine()],
})
await vitest.close()
