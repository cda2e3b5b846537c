// OTLP/gRPC door (default port 4317). In: unary Export calls, raw bytes. Out: ExportRequest to `accept`, and its outcome as the reply.
import type { Http2SecureServer, Http2Server, ServerOptions } from 'node:http2'
import type { Socket } from 'node:net'
import {
  type handleUnaryCall,
  logVerbosity,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerWritableStream,
  type StatusObject,
  setLogVerbosity,
} from '@grpc/grpc-js'
import { HTTP2_OPTIONS } from '../net/http2-limits.ts'
import { renewWith, type TlsFiles, tlsServerOptions } from '../net/tls.ts'
import { InsightsError } from '../telemetry/errors.ts'
import { freeBytes } from './body-pool.ts'
import { type Door, type DoorOptions, SIGNALS, type Signal } from './contract.ts'
import { createDoorMetrics } from './door-metrics.ts'
import { createExportRunner, type RunExport } from './export-call.ts'
import { toExportReply } from './export-reply.ts'
import { createGate, GATE_HEADER, type Gate, GRPC_ACCEPT_ENCODING } from './grpc-gate.ts'
import { createHealth, type Health } from './grpc-health.ts'
import { formatAddress, parseListen } from './listen.ts'
import { type Failure, GRPC_CODE, toDetailTrailers } from './status.ts'

export interface OtlpGrpcOptions extends DoorOptions {
  /** A connection is asked to go after this long (load balancing); default never. */
  maxConnectionAgeMs?: number
  /** A call without traffic for so long is closed. */
  idleTimeoutMs?: number
  /** A whole request must have arrived within this time. */
  receiveTimeoutMs?: number
}

const SERVICES: Record<Signal, string> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
}
const IDLE_TIMEOUT_MS = 60_000
const RECEIVE_TIMEOUT_MS = 60_000
/** A connection without a call for so long is asked to go; SDKs connect again by themselves. */
const CONNECTION_IDLE_MS = 15 * 60_000
const CONNECTION_GRACE_MS = 10_000
const KEEPALIVE_TIME_MS = 60_000

export interface GrpcDoor extends Door {
  /** Serves a connection that another door accepted: HTTP/2 in plain text, from its first byte. */
  take(socket: Socket): void
}

/** Opens the door. @throws InsightsError INSIGHTS_LISTEN when the address cannot be bound */
export async function startOtlpGrpc(options: OtlpGrpcOptions): Promise<GrpcDoor> {
  const { host } = parseListen(options.listen)
  // The library would write to stderr what we throw or log ourselves.
  setLogVerbosity(logVerbosity.NONE)
  const doorMetrics = createDoorMetrics('grpc', options.metrics, options.limits.budget)
  const gate = createGate({
    auth: options.auth,
    refuses: options.refuses,
    budget: options.limits.budget,
    maxBodyBytes: options.limits.maxBodyBytes,
    doorMetrics,
    paths: new Set(SIGNALS.map(exportPath)),
    idleTimeoutMs: options.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
    receiveTimeoutMs: options.receiveTimeoutMs ?? RECEIVE_TIMEOUT_MS,
    connections: options.limits.connections,
  })
  const health = createHealth(Object.values(SERVICES))
  const server = createServer(options)
  putGateBefore(server, gate, options.tls)
  const runExport = createExportRunner(options, doorMetrics)
  for (const signal of SIGNALS) {
    server.addService({ export: rawMethod(exportPath(signal)) }, { export: exportHandler(signal, gate, runExport) })
  }
  server.addService(HEALTH_METHODS, healthHandlers(health))
  const port = await bind(server, options.listen, options.tls)
  return {
    address: formatAddress(host, port),
    stop: (deadlineMs) => stopServer({ server, health, gate }, deadlineMs),
    take: gate.take,
  }
}

const exportPath = (signal: Signal): string => `/${SERVICES[signal]}/Export`

function createServer({ limits, maxConnectionAgeMs }: OtlpGrpcOptions): Server {
  return new Server({
    'grpc.max_receive_message_length': limits.maxBodyBytes,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.max_connection_idle_ms': CONNECTION_IDLE_MS,
    // Its bookkeeping costs every call and nobody reads it here.
    'grpc.enable_channelz': 0,
    ...(maxConnectionAgeMs === undefined
      ? {}
      : { 'grpc.max_connection_age_ms': maxConnectionAgeMs, 'grpc.max_connection_age_grace_ms': CONNECTION_GRACE_MS }),
  })
}

/** The library makes its HTTP/2 server in a private method and has no option for windows and floods: the one place that reaches inside. */
function putGateBefore(server: Server, gate: Gate, tls: TlsFiles | undefined): void {
  const inner = server as unknown as {
    createHttp2Server?: (credentials: ServerCredentials) => Http2Server
    commonServerOptions?: ServerOptions
  }
  const create = inner.createHttp2Server?.bind(server)
  if (create === undefined || inner.commonServerOptions === undefined) {
    throw new InsightsError('INSIGHTS_LISTEN', 'cannot open the gRPC door: this version of @grpc/grpc-js is not known')
  }
  // What it sets itself wins: certificates, and that clients are asked for theirs.
  Object.assign(inner.commonServerOptions, HTTP2_OPTIONS, tls === undefined ? {} : tlsServerOptions(tls))
  inner.createHttp2Server = (credentials) => {
    const http2Server = create(credentials)
    gate.install(http2Server)
    if (tls !== undefined && 'setSecureContext' in http2Server) renewWith(http2Server as Http2SecureServer, tls)
    return http2Server
  }
}

function bind(server: Server, listen: string, tls: TlsFiles | undefined): Promise<number> {
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(
          tls.ca === undefined ? null : Buffer.from(tls.ca),
          [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }],
          tls.ca !== undefined,
        )
  return new Promise((resolve, reject) => {
    server.bindAsync(listen, credentials, (cause, port) => {
      if (cause === null) resolve(port)
      else reject(new InsightsError('INSIGHTS_LISTEN', `cannot listen on ${listen}: ${cause.message}`, { cause }))
    })
  })
}

async function stopServer(parts: { server: Server; health: Health; gate: Gate }, deadlineMs: number): Promise<void> {
  const { server, health, gate } = parts
  health.stop()
  gate.stop()
  const cut = setTimeout(() => {
    server.forceShutdown()
    gate.destroySessions()
  }, deadlineMs)
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
  clearTimeout(cut)
}

const same = <T>(bytes: T): T => bytes
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

function rawMethod(path: string): MethodDefinition<Buffer, Uint8Array> {
  const request = { requestSerialize: same<Buffer>, requestDeserialize: same<Buffer> }
  const response = { responseSerialize: asBuffer, responseDeserialize: same<Buffer> }
  return { path, requestStream: false, responseStream: false, ...request, ...response }
}

const ACCEPT_ENCODING = new Metadata()
ACCEPT_ENCODING.set('grpc-accept-encoding', GRPC_ACCEPT_ENCODING)

function exportHandler(signal: Signal, gate: Gate, runExport: RunExport): handleUnaryCall<Buffer, Uint8Array> {
  return (call, callback) => {
    const admitted = gate.claim(String(call.metadata.get(GATE_HEADER)[0]))
    if (admitted === undefined) {
      callback(toError(GONE))
      return
    }
    const { sender, compression, compressed, lease } = admitted
    if (compressed && compression === 'identity') {
      sender.settle({ bytes: lease.heldBytes, spans: 0 })
      lease.release()
      callback(toError(FLAG_WITHOUT_ENCODING))
      return
    }
    const used = compressed ? compression : 'identity'
    // runExport answers every failure as a result; it does not reject.
    void runExport({ sender, signal, encoding: 'protobuf', compression: used, bytes: call.request, lease }).then(
      (result) => {
        freeBytes(call.request)
        if (result.failure === undefined) {
          call.sendMetadata(ACCEPT_ENCODING)
          callback(null, toExportReply(signal, 'protobuf', result))
        } else callback(toError(result.failure))
      },
    )
  }
}

function toError(failure: Failure): Partial<StatusObject> {
  const metadata = new Metadata()
  for (const [name, bytes] of toDetailTrailers(failure)) metadata.set(name, bytes)
  return { code: failure.grpcCode, details: failure.message, metadata }
}

const GONE: Failure = {
  grpcCode: GRPC_CODE.unavailable,
  httpStatus: 503,
  message: 'cannot find the call: it was closed',
}
const FLAG_WITHOUT_ENCODING: Failure = {
  grpcCode: GRPC_CODE.internal,
  httpStatus: 400,
  message: 'cannot read the message: it is marked as compressed without a grpc-encoding',
}

const HEALTH_METHODS = {
  check: rawMethod('/grpc.health.v1.Health/Check'),
  watch: { ...rawMethod('/grpc.health.v1.Health/Watch'), responseStream: true },
}

function healthHandlers(health: Health) {
  const check: handleUnaryCall<Buffer, Uint8Array> = (call, callback) => {
    const reply = health.check(call.request)
    if (reply === undefined) callback({ code: GRPC_CODE.notFound, details: 'cannot find this service' })
    else callback(null, reply)
  }
  const watch = (call: ServerWritableStream<Buffer, Uint8Array>): void => {
    const end = health.watch(call.request, { write: (reply) => call.write(reply), end: () => call.end() })
    call.on('cancelled', end)
  }
  return { check, watch }
}
