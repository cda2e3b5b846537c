// Files of the configuration in; the certificate with which the doors speak TLS, and whose clients they let in, out.
import { readFile } from 'node:fs/promises'
import type { Config } from './config/schema.ts'
import type { TlsOptions } from './receive/contract.ts'
import { InsightsError } from './telemetry/errors.ts'

/** Undefined without `tls.cert_file`. @throws InsightsError INSIGHTS_CONFIG_INVALID when a file cannot be read */
export async function readTls({ tls }: Config): Promise<TlsOptions | undefined> {
  if (tls === undefined) return undefined
  const [cert, key] = await Promise.all([readPem('tls.cert_file', tls.certFile), readPem('tls.key_file', tls.keyFile)])
  if (tls.clientCaFile === undefined) return { cert, key }
  const ca = await readPem('tls.client_ca_file', tls.clientCaFile)
  return { cert, key, ca, isClientOptional: tls.clientAuth === 'optional' }
}

function readPem(setting: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InsightsError('INSIGHTS_CONFIG_INVALID', `cannot read ${setting} (${path})`, { cause })
  })
}
