// A numbered request in, how it was answered out: over HTTP and over gRPC, with what a refusal must carry.
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import type { Numbered } from './templates.ts'

/** stored: acknowledged. later: refused with a code and a time that say "again". broken: anything else, a reset above all. */
export interface Answer {
  readonly is: 'stored' | 'later' | 'broken'
  readonly how: string
}

export interface Sender {
  send(one: Numbered): Promise<Answer>
  close(): void
}

const TIMEOUT_MS = 120_000
const RETRYABLE_HTTP = new Set([429, 502, 503, 504])
const UNAVAILABLE = 14
const RESOURCE_EXHAUSTED = 8

export function httpSender(url: string, maxSockets: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets })
  const send = ({ body, template }: Numbered): Promise<Answer> =>
    new Promise((resolve) => {
      const encoding = template.gzip ? { 'content-encoding': 'gzip' } : {}
      const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length, ...encoding }
      const call = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (response) => {
        response.resume()
        response.once('end', () => resolve(judgeHttp(response.statusCode ?? 0, response.headers)))
        response.once('error', (error) => resolve({ is: 'broken', how: `http ${codeOf(error)}` }))
      })
      call.setTimeout(TIMEOUT_MS, () => call.destroy(new Error('no answer')))
      call.once('error', (error) => resolve({ is: 'broken', how: `http ${codeOf(error)}` }))
      call.end(body)
    })
  return { send, close: () => agent.destroy() }
}

function judgeHttp(status: number, headers: IncomingHttpHeaders): Answer {
  if (status === 200) return { is: 'stored', how: 'http 200' }
  if (!RETRYABLE_HTTP.has(status)) return { is: 'broken', how: `http ${status}` }
  const says = /^\d+$/.test(headers['retry-after'] ?? '')
  return says ? { is: 'later', how: `http ${status}` } : { is: 'broken', how: `http ${status} without Retry-After` }
}

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
const same = (bytes: Buffer): Buffer => bytes

/** Several connections, as many senders have. The library's own channel pool would share one. */
export function grpcSender(address: string, connections: number): Sender {
  const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_send_message_length': -1 }
  const clients = Array.from({ length: connections }, () => new Client(address, credentials.createInsecure(), options))
  let next = 0
  const send = ({ body }: Numbered): Promise<Answer> =>
    new Promise((resolve) => {
      const deadline = Date.now() + TIMEOUT_MS
      const client = clients[next++ % clients.length]!
      client.makeUnaryRequest(EXPORT, same, same, body, { deadline }, (error) => resolve(judgeGrpc(error)))
    })
  return {
    send,
    close() {
      for (const client of clients) client.close()
    },
  }
}

function judgeGrpc(error: ServiceError | null): Answer {
  if (error === null) return { is: 'stored', how: 'grpc OK' }
  // google.rpc.RetryInfo, by its name in the details.
  const details = error.metadata?.get('grpc-status-details-bin')[0]
  const says = details !== undefined && Buffer.from(details).includes('google.rpc.RetryInfo')
  const retryable = error.code === UNAVAILABLE || error.code === RESOURCE_EXHAUSTED
  if (retryable && says) return { is: 'later', how: `grpc ${error.code}` }
  return { is: 'broken', how: `grpc ${error.code} ${error.details}`.slice(0, 120) }
}
