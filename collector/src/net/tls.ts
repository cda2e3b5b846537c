// PEM texts in; the options of a TLS server out, the same for every door.
import type { SecureContextOptions, TlsOptions } from 'node:tls'

/** `ca`: clients show a certificate that it signed; unless `isClientOptional`, all of them must. */
export interface TlsFiles {
  cert: string
  key: string
  ca?: string
  isClientOptional?: boolean
  /** Calls back with other files when there are, for as long as the process runs. */
  onRenewed?: (use: (files: TlsFiles) => void) => void
}

/** Lets a server use renewed files from the next handshake on. */
export function renewWith(server: { setSecureContext(options: SecureContextOptions): void }, tls: TlsFiles): void {
  tls.onRenewed?.((files) => server.setSecureContext(tlsServerOptions(files)))
}

const HANDSHAKE_MS = 10_000

export function tlsServerOptions({ cert, key, ca, isClientOptional }: TlsFiles) {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
    ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: isClientOptional !== true }),
  } as const satisfies TlsOptions & { handshakeTimeout: number }
}
