// Files of the configuration in; the certificate with which the doors speak TLS, and whose clients they let in, out.
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Config } from './config/schema.ts'
import type { TlsFiles } from './net/tls.ts'
import { InsightsError } from './telemetry/errors.ts'
import type { Log } from './telemetry/log.ts'

/** Undefined without `tls.cert_file`. @throws InsightsError INSIGHTS_CONFIG_INVALID when a file cannot be read */
export async function readTls({ tls }: Config): Promise<TlsFiles | undefined> {
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

/** How long a renewed certificate waits until it is used. */
const LOOK_MS = 60_000

export interface WatchedTls {
  tls: TlsFiles & { onRenewed: NonNullable<TlsFiles['onRenewed']> }
  stop(): Promise<void>
}

/**
 * The same, and renewed when the files change: certificates are short-lived, connections and collectors are not.
 * A pair of files that does not fit (one of them is just being written) is looked at again.
 */
export async function watchTls(config: Config, log: Log, lookMs = LOOK_MS): Promise<WatchedTls | undefined> {
  let files = await readTls(config)
  if (files === undefined) return undefined
  const users = new Set<(files: TlsFiles) => void>()
  const look = async (): Promise<void> => {
    const now = await readTls(config)
    if (now === undefined || JSON.stringify(now) === JSON.stringify(files)) return
    createSecureContext(now)
    files = now
    for (const use of users) use(now)
    log.info('the certificate was renewed')
  }
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = look().catch((err: unknown) =>
      log.error({ err }, 'cannot use the renewed certificate; the last one stays'),
    )
  }, lookMs)
  return {
    tls: { ...files, onRenewed: (use) => users.add(use) },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
