// `npm run conformance:otlp`: runs every test that carries the number of an item, and writes RESULTS.md.
import { startVitest } from 'vitest/node'
import { findTests } from './find-tests.ts'
import { ResultsReporter } from './results-reporter.ts'

const files = [...new Set([...findTests().values()].flat())]
const vitest = await startVitest('test', files, {
  watch: false,
  // Each starts a collector; on a busy machine that takes its time.
  maxWorkers: 1,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  reporters: ['default', new ResultsReporter()],
})
await vitest.close()
