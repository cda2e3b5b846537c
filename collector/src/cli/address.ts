import type { ListenAddress } from '../config/kinds.ts'
import { formatAddress } from '../config/kinds.ts'
import type { Config } from '../config/schema.ts'

const ANY_HOST: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Where this machine reaches a door: one that listens everywhere is reached on loopback. */
export function reachable({ host, port }: ListenAddress): ListenAddress {
  return { host: ANY_HOST[host] ?? host, port }
}

/** URL of a door for this machine, undefined when it is off. */
export function doorUrl(config: Config, address: ListenAddress | 'off'): string | undefined {
  if (address === 'off') return undefined
  const { host, port } = reachable(address)
  return `${config.tls === undefined ? 'http' : 'https'}://${formatAddress(host, port)}`
}

/** The same for a URL that the running collector gave (its port is the one it really got). */
export function reachableUrl(url: string): string {
  return url.replace(/^(https?:\/\/)0\.0\.0\.0:/, '$1127.0.0.1:').replace(/^(https?:\/\/)\[::\]:/, '$1[::1]:')
}
