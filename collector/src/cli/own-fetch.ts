// The configuration in; a fetch that trusts the collector's own certificate beside the usual authorities out. Nothing is left unverified.
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { Readable } from 'node:stream'
import { getCACertificates } from 'node:tls'
import type { Config, TlsConfig } from '../config/schema.ts'

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** Without TLS, or without its certificate's file (a collector on another machine), the usual one. */
export async function fetchOf({
  tls,
  apiListen,
  httpListen,
}: Pick<Config, 'tls' | 'apiListen' | 'httpListen'>): Promise<Fetch> {
  const own = tls && (await readOwn(tls))
  if (own === undefined) return fetch
  const doors = new Set(['127.0.0.1', '[::1]', '::1', 'localhost'])
  for (const door of [apiListen, httpListen]) if (door !== 'off') doors.add(door.host)
  return (url, init = {}) => {
    const target = new URL(url)
    if (target.protocol !== 'https:') return fetch(url, init)
    return ask(target, init, doors.has(target.hostname) ? { ...own.tls, ...nameFor(own.certificate, target) } : own.tls)
  }
}

interface Own {
  certificate: X509Certificate
  tls: { ca: string[]; allowPartialTrustChain: true; cert?: string; key?: string }
}

async function readOwn({ certFile, keyFile, clientCaFile }: TlsConfig): Promise<Own | undefined> {
  const pem = await readFile(certFile, 'utf8').catch(() => undefined)
  if (pem === undefined) return undefined
  // Where clients show a certificate, who may read the collector's key may show the collector's.
  const key = clientCaFile === undefined ? undefined : await readFile(keyFile, 'utf8').catch(() => undefined)
  const client = key === undefined ? {} : { cert: pem, key }
  // It may be signed by an authority that is not in the file: the certificate itself is what is trusted.
  return {
    certificate: new X509Certificate(pem),
    tls: { ca: [...getCACertificates('default'), pem], allowPartialTrustChain: true, ...client },
  }
}

/** A door is asked by its address; what is verified then is the name that the certificate has. */
function nameFor(certificate: X509Certificate, { hostname }: URL): { servername?: string } {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (certificate.checkHost(host) ?? certificate.checkIP(host)) return {}
  const name = /DNS:([^",\s]+)/.exec(certificate.subjectAltName ?? '')?.[1]
  return name === undefined ? {} : { servername: name.replace(/^\*\./, 'any.') }
}

function ask(url: URL, { method = 'GET', headers, body, signal }: RequestInit, tls: object): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: Object.fromEntries(new Headers(headers)), ...(signal ? { signal } : {}), ...tls },
      (answer) => {
        const told = new Headers()
        for (const [name, values = []] of Object.entries(answer.headersDistinct))
          for (const value of values) told.append(name, value)
        const status = answer.statusCode ?? 0
        const stream = status === 204 || status === 304 ? null : Readable.toWeb(answer)
        resolve(new Response(stream, { status, headers: told }))
      },
    )
    sent.on('error', reject)
    if (typeof body === 'string' || body instanceof Uint8Array) sent.end(body)
    else sent.end()
  })
}
