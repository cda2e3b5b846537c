#!/usr/bin/env node
// The bin: lends the process to the command line, and is the only place that ends it.
import manifest from '../package.json' with { type: 'json' }
import type { CliContext } from './cli/context.ts'
import { reportError } from './cli/output.ts'
import { runCli } from './cli/program.ts'
import { processEnv } from './config/load.ts'

const argv = process.argv.slice(2)

const context: CliContext = {
  env: processEnv(),
  cwd: process.cwd(),
  version: manifest.version,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: () => process.stdin,
  loadApp: () => import('./app.ts'),
  loadDemo: () => import('./cli/demo/demo.ts'),
  onStopSignal(handler) {
    process.on('SIGINT', handler).on('SIGTERM', handler)
    return () => process.off('SIGINT', handler).off('SIGTERM', handler)
  },
  exitNow: (code) => process.exit(code),
}

// A reader that closed early (`insights config print | head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
}

// After an error that nobody caught the state is unknown: what was acknowledged is in the journal, so ending is safe.
process.on('uncaughtException', (error) => process.exit(reportError(error, context, argv.includes('--json'))))

process.exit(await runCli(argv, context))
