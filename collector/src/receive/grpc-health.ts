// grpc.health.v1 as bytes: who asks gets SERVING until stop() says otherwise. Knows the state, not the gRPC library.
import { grpc } from '../../../proto/gen/rpc.js'

const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1
const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = HealthCheckResponse.ServingStatus

/** One Watch call: gets a reply on each change, `end` when the server stops. */
export interface Watcher {
  write(reply: Uint8Array): void
  end(): void
}

export interface Health {
  /** @returns the reply, or undefined for a service that nobody has (NOT_FOUND) */
  check(request: Uint8Array): Uint8Array | undefined
  /** Writes the state at once. @returns a function that ends the watch */
  watch(request: Uint8Array, watcher: Watcher): () => void
  /** Answers NOT_SERVING from now on, tells the watchers and ends them. */
  stop(): void
}

/** @param services full names; '' (the whole server) is always known */
export function createHealth(services: readonly string[]): Health {
  const known = new Set(['', ...services])
  const watchers = new Map<Watcher, string>()
  let serving = true
  const statusOf = (service: string): number => {
    if (!known.has(service)) return SERVICE_UNKNOWN
    return serving ? SERVING : NOT_SERVING
  }
  const reply = (service: string): Uint8Array => HealthCheckResponse.encode({ status: statusOf(service) }).finish()
  return {
    check(request) {
      const { service } = HealthCheckRequest.decode(request)
      return known.has(service) ? reply(service) : undefined
    },
    watch(request, watcher) {
      const { service } = HealthCheckRequest.decode(request)
      watcher.write(reply(service))
      if (!serving) watcher.end()
      else watchers.set(watcher, service)
      return () => watchers.delete(watcher)
    },
    stop() {
      serving = false
      for (const [watcher, service] of watchers) {
        watcher.write(reply(service))
        watcher.end()
      }
      watchers.clear()
    },
  }
}
