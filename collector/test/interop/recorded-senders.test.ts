// What unmodified senders of other languages wrote to their sockets, recorded byte for byte, written to the doors once more. The same little app each.
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'senders')
/** `<language>-<version of the SDK>-<transport>.bin` */
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.bin'))

const collector = useCollector()
const known = new Set<unknown>()

test.each(RECORDINGS)('88: %s', async (file) => {
  const { doors } = collector()
  const door = file.includes('-grpc') ? doors.grpc : new URL(doors.http).host
  const socket = connect(Number(door.split(':').at(-1)), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(readFileSync(join(FOLDER, file)))
  const rows = await eventually(`the spans of ${file}`, async () => {
    const all = await collector().sql<Row>('SELECT * FROM spans_v1 ORDER BY start_time, kind')
    const fresh = all.filter((row) => !known.has(row['trace_id']))
    return fresh.length >= 3 ? fresh : undefined
  })
  socket.destroy()
  const [agent, chat, tool] = ['agent', 'generation', 'tool'].map((kind) => rows.find((row) => row['kind'] === kind))
  known.add(agent?.['trace_id'])
  expect(rows).toHaveLength(3)
  expect(agent).toMatchObject({
    name: 'invoke_agent helper',
    parent_span_id: '',
    service_name: 'shop',
    agent_name: 'helper',
  })
  expect(chat).toMatchObject({
    ...{ trace_id: agent?.['trace_id'], parent_span_id: agent?.['span_id'], span_kind: 'client' },
    ...{
      request_model: 'gpt-4o',
      input_tokens: 1200,
      output_tokens: 85,
      finish_reasons: ['stop'],
      cost_usd: '0.00385',
    },
    event_names: ['first token'],
  })
  expect(tool).toMatchObject({ parent_span_id: agent?.['span_id'], status: 'error', error_message: 'no answer' })
})
