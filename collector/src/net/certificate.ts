// A connection in; the names in the client certificate that it showed out. Only a certificate that was verified has names.
import type { PeerCertificate } from 'node:tls'

/** What a TLS socket has, also behind the proxy that an HTTP/2 session puts before it. */
interface Verified {
  authorized?: boolean
  getPeerCertificate?: () => PeerCertificate
}

const names = new WeakMap<object, readonly string[]>()

/** Common name, DNS names and URIs; undefined without a verified certificate. Read once a connection. */
export function certificateNames(socket: (object & Verified) | undefined): readonly string[] | undefined {
  if (socket?.authorized !== true || socket.getPeerCertificate === undefined) return undefined
  const known = names.get(socket)
  if (known !== undefined) return known
  const found = namesOf(socket.getPeerCertificate())
  names.set(socket, found)
  return found
}

function namesOf({ subject, subjectaltname = '' }: PeerCertificate): readonly string[] {
  const alternative = subjectaltname.split(', ').flatMap((entry) => /^(?:DNS|URI):([^"]+)$/.exec(entry)?.[1] ?? [])
  const common: unknown = subject?.CN
  return [...(typeof common === 'string' ? [common] : []), ...alternative]
}
