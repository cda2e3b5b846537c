// A finished statement or an exception -> ClickHouse's HTTP reply.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, deflate, gzip, zstdCompress } from 'node:zlib'
import type { EngineResult } from './chdb-session.ts'
import type { ClickHouseException } from './clickhouse-exception.ts'
import { contentTypeOf } from './formats.ts'

/** Below this a compressed reply is not smaller by anything that matters. */
const MIN_COMPRESS_BYTES = 1024

const COMPRESSORS: Record<string, (bytes: Uint8Array) => Promise<Buffer>> = {
  zstd: promisify(zstdCompress),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 1 }),
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  deflate: (bytes) => promisify(deflate)(bytes, { level: 1 }),
}

export interface ReplyOptions {
  queryId: string
  format: string
  compress: boolean
}

export async function sendResult(
  exchange: { request: IncomingMessage; response: ServerResponse },
  result: EngineResult,
  options: ReplyOptions,
): Promise<void> {
  const { request, response } = exchange
  response.setHeader('X-ClickHouse-Query-Id', headerSafe(options.queryId))
  response.setHeader('X-ClickHouse-Format', options.format)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  response.setHeader('X-ClickHouse-Summary', summaryOf(result))
  response.setHeader('Content-Type', contentTypeOf(options.format))
  const encoding = options.compress && result.bytes.length >= MIN_COMPRESS_BYTES ? acceptedEncoding(request) : undefined
  const bytes = encoding ? await COMPRESSORS[encoding]?.(result.bytes) : undefined
  if (encoding && bytes) response.setHeader('Content-Encoding', encoding)
  response.end(bytes ?? result.bytes)
}

/** `version` ends the text because clients look for it there. */
export function sendException(response: ServerResponse, exception: ClickHouseException, version: string): void {
  if (response.headersSent || response.destroyed) return
  response.statusCode = exception.status
  response.setHeader('X-ClickHouse-Exception-Code', String(exception.code))
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  if (exception.status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="ClickHouse server HTTP API"')
  response.end(`${exception.message} (version ${version})\n`)
}

// The addon counts rows of the result, not rows scanned; unknown figures are 0, as from an older ClickHouse.
function summaryOf(result: EngineResult): string {
  return JSON.stringify({
    read_rows: String(result.resultRows),
    read_bytes: String(result.readBytes),
    written_rows: String(result.writtenRows),
    written_bytes: String(result.writtenBytes),
    total_rows_to_read: '0',
    result_rows: String(result.writtenRows || result.resultRows),
    result_bytes: String(result.writtenBytes || result.bytes.length),
    elapsed_ns: String(Math.round(result.elapsedSeconds * 1e9)),
  })
}

function acceptedEncoding(request: IncomingMessage): string | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim())
  return Object.keys(COMPRESSORS).find((name) => accepted.includes(name))
}

const headerSafe = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')
