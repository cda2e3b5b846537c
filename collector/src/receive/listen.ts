// "host:port" in, its parts out; and back.
import type { AddressInfo } from 'node:net'
import { InsightsError } from '../telemetry/errors.ts'

/** @throws InsightsError INSIGHTS_LISTEN when the text is not host:port */
export function parseListen(listen: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(listen)
  const port = Number(match?.[3])
  if (match === null || port > 65535) {
    throw new InsightsError('INSIGHTS_LISTEN', `cannot listen on ${JSON.stringify(listen)}: it is not host:port`)
  }
  return { host: match[1] ?? (match[2] || '0.0.0.0'), port }
}

export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The bound address of a TCP server. */
export function boundAddress(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address)
  return formatAddress(address.address, address.port)
}
