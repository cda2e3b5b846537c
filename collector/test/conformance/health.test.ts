// What the collector says of its own health, and what it does while ClickHouse is away. Numbers are items of the list.
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { CollectorProcess, eventually, type RunningCollector, useCollector, withDataDir } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'

interface Health {
  status: string
  checks: Record<string, { ok: boolean }>
}

const collector = useCollector()

test('84: a collector whose doors are open is alive and ready, and says why', async () => {
  for (const path of ['/livez', '/readyz']) {
    const response = await fetch(collector().doors.api + path)
    expect([path, response.status]).toEqual([path, 200])
    const { status, checks } = (await response.json()) as Health
    expect(status).toBe('ok')
    expect(checks).toMatchObject({ ingest: { ok: true }, journal: { ok: true }, schema: { ok: true } })
  }
})

test('41: with ClickHouse away spans are taken all the same, and stored when it is back', () =>
  withDataDir(async (dataDir) => {
    const { doors, password } = collector()
    const gate = await openGate(Number(new URL(doors.clickhouse).port))
    const url = `http://insights:${password}@127.0.0.1:${gate.port}`
    const env = { INSIGHTS_CLICKHOUSE_URL: url, INSIGHTS_CLICKHOUSE_DATABASE: 'remote' }
    const away = await CollectorProcess.spawn({ dataDir, env }).ready()
    try {
      for (let n = 1; n <= 5; n++) expect(await send(away, n)).toBe(200)
      const response = await fetch(`${away.doors.api}/readyz`)
      const { status, checks } = (await response.json()) as Health
      // Ready, because what is sent now will be kept; degraded, and it shows.
      expect([response.status, status, checks['schema']?.ok]).toEqual([200, 'ok', false])
      gate.open()
      const query = 'SELECT span_id FROM remote.spans_v1 ORDER BY span_id'
      const rows = await eventually('the spans', async () => {
        const found = await collector().sql<{ span_id: string }>(query)
        return found.length === 5 ? found : undefined
      })
      expect(rows.map(({ span_id }) => span_id)).toEqual([1, 2, 3, 4, 5].map(spanIdOf))
    } finally {
      await away.process.stop()
      gate.close()
    }
  }))

const send = async (to: RunningCollector, n: number): Promise<number> =>
  (await to.post(request(span({ traceId: traceIdOf('away'), spanId: spanIdOf(n) })))).status

/** A port that cuts every connection until it is opened: then it leads to `target`. */
async function openGate(target: number): Promise<{ port: number; open(): void; close(): void }> {
  let isOpen = false
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    if (!isOpen) {
      socket.destroy()
      return
    }
    const onward = connect(target, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    open: () => {
      isOpen = true
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
