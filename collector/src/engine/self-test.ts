// A running engine's address -> nothing, or INSIGHTS_ENGINE_SELF_TEST.
// Binary inserts go through an entry of chDB that its makers do not document; a new build must not corrupt data silently.
import { InsightsError } from '../telemetry/errors.ts'

export interface EngineAddress {
  url: string
  username: string
  password: string
}

const TABLE = 'default._insights_self_test'
const TIMEOUT_MS = 15_000

// What text formats and C strings trip over; an empty line ends the data of chDB's own raw insert. The block has 10 columns, so its first byte is a newline.
const HOSTILE = Buffer.from('\n\n\r\n\r\n\t \0 "double" \'single\' `tick` \\ ; -- é 🦉 \0\n')
const COLUMNS = Array.from({ length: 10 }, (_, i) => `c${i}`)

/** Inserts a Native block through the endpoint and compares what comes back byte for byte. */
export async function testInsertPath(engine: EngineAddress): Promise<void> {
  try {
    await ask(engine, `DROP TABLE IF EXISTS ${TABLE}`)
    await ask(engine, `CREATE TABLE ${TABLE} (${COLUMNS.map((name) => `${name} String`).join(', ')}) ENGINE = Memory`)
    const block = nativeBlock()
    await ask(engine, `INSERT INTO ${TABLE} (${COLUMNS.join(', ')}) SETTINGS async_insert=0 FORMAT Native`, block)
    const back = await ask(engine, `SELECT * FROM ${TABLE} FORMAT Native`)
    await ask(engine, `DROP TABLE ${TABLE}`)
    if (!back.equals(block)) throw new Error(`${block.length} bytes went in, ${back.length} other bytes came back`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InsightsError(
      'INSIGHTS_ENGINE_SELF_TEST',
      `cannot use the embedded engine: its insert path fails: ${reason}`,
      {
        cause,
        hint: 'install the chdb version that this release pins',
      },
    )
  }
}

// Short texts only, so each varint is one byte.
function nativeBlock(): Buffer {
  const text = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length]), bytes])
  const columns = COLUMNS.map((name) =>
    Buffer.concat([text(Buffer.from(name)), text(Buffer.from('String')), text(HOSTILE)]),
  )
  return Buffer.concat([Buffer.from([COLUMNS.length, 1]), ...columns])
}

async function ask(engine: EngineAddress, query: string, body?: Buffer): Promise<Buffer> {
  const response = await fetch(`${engine.url}/?query=${encodeURIComponent(query)}`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password },
    body: body ? new Uint8Array(body) : null,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(bytes.toString().trim())
  return bytes
}
