// The platform in, a context manager out, for apps that registered none: nested calls then find the span they belong to.
import { type Context, type ContextManager, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'

interface Storage {
  getStore(): Context | undefined
  run<Result>(store: Context, run: () => Result): Result
}

type StorageClass = new () => Storage

const PROBE = createContextKey('@hanzo/insights probe')

/** Registers one unless the app has. Where no AsyncLocalStorage exists (browsers), context follows calls but not promises. */
export function ensureContextManager(): void {
  const probe = ROOT_CONTEXT.setValue(PROBE, true)
  if (context.with(probe, () => context.active().getValue(PROBE) === true)) return
  context.setGlobalContextManager(createContextManager())
}

export function createContextManager(Storage: StorageClass | undefined = findStorage()): ContextManager {
  const storage = Storage ? new Storage() : syncStorage()
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => storage.run(active, () => run.call(self, ...args)),
    bind(active, target) {
      if (typeof target !== 'function') return target
      const bound = new Proxy(target, {
        apply: (run, self, args) => storage.run(active, () => Reflect.apply(run, self, args)),
      })
      return bound
    },
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}

/** A global on edge runtimes, a builtin of Node (20.16), Deno and Bun. No import, so that one file also runs in a browser. */
function findStorage(): StorageClass | undefined {
  const given = Reflect.get(globalThis, 'AsyncLocalStorage') as StorageClass | undefined
  if (given) return given
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined
  return process.getBuiltinModule('node:async_hooks')?.AsyncLocalStorage as StorageClass | undefined
}

function syncStorage(): Storage {
  let active: Context | undefined
  return {
    getStore: () => active,
    run(store, run) {
      const outer = active
      active = store
      try {
        return run()
      } finally {
        active = outer
      }
    },
  }
}
