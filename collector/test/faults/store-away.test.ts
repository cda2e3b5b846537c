// A remote ClickHouse that never answers: a collector started as a person starts it stays up and acknowledges into its journal.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { withDataDir } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const NOBODY = 'http://127.0.0.1:9'

it('starts, takes spans and stays, though ClickHouse was never there', () =>
  withDataDir(async (dataDir) => {
    const env = { INSIGHTS_DATA_DIR: dataDir, INSIGHTS_CLICKHOUSE_URL: NOBODY, INSIGHTS_LOG_LEVEL: 'silent' }
    const doors = { INSIGHTS_HTTP_LISTEN: '127.0.0.1:0', INSIGHTS_GRPC_LISTEN: 'off', INSIGHTS_API_LISTEN: 'off' }
    const child = spawn(process.execPath, [MAIN, 'start'], {
      cwd: dataDir,
      env: { ...env, ...doors },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exited = once(child, 'exit')
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      const { http, store } = JSON.parse(line) as { http: string; store: string }
      expect(store).toBe('remote')
      // Long enough for whatever the start still asks of the store to have failed.
      await new Promise((done) => setTimeout(done, 1500))
      const headers = { 'content-type': 'application/x-protobuf' }
      const answer = await fetch(`${http}/v1/traces`, {
        method: 'POST',
        headers,
        body: new Uint8Array(request(span({ traceId: traceIdOf('away'), spanId: spanIdOf(1) }))),
      })
      expect(answer.status).toBe(200)
      expect(child.exitCode).toBe(null)
    } finally {
      child.kill('SIGKILL')
      await exited
    }
  }))
