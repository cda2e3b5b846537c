import { defineConfig } from 'vitest/config'
import { PlainLine } from './scripts/reporter.ts'

export default defineConfig({
  test: {
    include: ['{semconv,exporter,collector}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // A real engine needs a second to open and two cores serve all of it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: './collector/src/store/template.fixture.ts',
    pool: 'forks',
    // Tests wait for engines half of their time: three keep two cores busy.
    maxWorkers: 3,
    reporters: ['default', new PlainLine()],
  },
})
