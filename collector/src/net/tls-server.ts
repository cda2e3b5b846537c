// Settings, certificate and listener in; an HTTP/1 server with TLS, whose certificate is renewed, out.
import type { RequestListener } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import { renewWith, type TlsFiles, tlsServerOptions } from './tls.ts'

export function openTlsServer(options: { settings: ServerOptions; tls: TlsFiles }, listener: RequestListener): Server {
  const server = createServer({ ...options.settings, ...tlsServerOptions(options.tls) }, listener)
  renewWith(server, options.tls)
  return server
}
