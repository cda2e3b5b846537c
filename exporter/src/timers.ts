// Waiting that never keeps the app alive by itself, and waiting that does because someone asked for it.

/** Resolves after `ms`, or as soon as `wake` fires. Does not keep the process alive. */
export function pause(ms: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      wake.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    unref(timer)
    if (wake.aborted) done()
    else wake.addEventListener('abort', done)
  })
}

/**
 * Resolves with the work, or after `ms`, whichever is first. The timer holds the process: `await provider.shutdown()` at top level must not
 * make Node leave with "unsettled top-level await" while a retry is waiting.
 */
export function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    work.then(done, done)
  })
}

/** Node's timers are objects that can be let go; a browser's are numbers. */
export function unref(timer: ReturnType<typeof setTimeout> | number): void {
  if (typeof timer === 'object') timer.unref()
}

/** `AbortSignal.any`, which Safari before 17.4 and some edge runtimes lack. */
export function anyOf(signals: readonly AbortSignal[]): AbortSignal {
  if (typeof AbortSignal.any === 'function') return AbortSignal.any([...signals])
  const either = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) either.abort(signal.reason)
    signal.addEventListener('abort', () => either.abort(signal.reason), { once: true, signal: either.signal })
  }
  return either.signal
}
