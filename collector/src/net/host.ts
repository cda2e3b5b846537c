// The Host header of a request in; whether it can be meant for us out. A page elsewhere may point its own name at our address
// and would then be of our origin (DNS rebinding): its name gives it away.
import { isIP } from 'node:net'

export interface HostRule {
  /** Only this machine can connect. */
  isLoopback: boolean
  /** Nobody is asked for a key, so a page that gets through may read all. */
  isOpen: boolean
  /** Names beside those that are always served, lower case. */
  allowed: readonly string[]
}

/** @returns whether a Host header, with or without its port, is served */
export function createHostCheck({ isLoopback, isOpen, allowed }: HostRule): (host: string) => boolean {
  const names = new Set(allowed)
  return (host) => {
    const name = hostName(host)
    if (name === undefined) return false
    if (isLoopbackName(name) || names.has(name)) return true
    if (isLoopback) return false
    if (!isOpen) return names.size === 0 || isAddress(name)
    // No name of a page: addresses are not looked up, and a name without a dot is one of the own network.
    return isAddress(name) || !name.includes('.') || PRIVATE_NAME.test(name)
  }
}

/** Names that no public name server answers for. */
const PRIVATE_NAME = /\.(?:local|internal|localdomain|lan|home\.arpa|test|svc|cluster\.local)$/
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+?)\.?(?::\d{1,5})?$/i

function hostName(host: string): string | undefined {
  return HOST.exec(host)?.[1]?.toLowerCase()
}

const bare = (name: string): string => (name.startsWith('[') ? name.slice(1, -1) : name)
const isAddress = (name: string): boolean => isIP(bare(name)) !== 0

function isLoopbackName(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  const address = bare(name)
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

/** Whether only this machine reaches an address that is listened on. */
export const isLoopbackHost = (host: string): boolean => isLoopbackName(host.toLowerCase())

/**
 * Whether a page of this origin is one of ours: the page was asked for by the same host. The scheme is left out, because
 * a proxy that ends TLS passes the host on, not the scheme.
 */
export function isSameOrigin(origin: string, host: string): boolean {
  const url = URL.parse(origin)
  return url !== null && url.host !== '' && url.host.toLowerCase() === withoutDefaultPort(host.toLowerCase(), url)
}

function withoutDefaultPort(host: string, { protocol }: URL): string {
  const port = protocol === 'https:' ? ':443' : ':80'
  return host.endsWith(port) ? host.slice(0, -port.length) : host
}
