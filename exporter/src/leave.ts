// Two functions in, called when the process has nothing left to do, or when the page may not come back.

export interface LeaveListeners {
  /** Node's `beforeExit`: the event loop is empty; a script that never calls shutdown still delivers its last spans. */
  readonly processEnds: () => void
  /** The page is hidden: the last event that a browser is sure to send. */
  readonly pageHides: () => void
}

/** Returns how to stop listening. Does nothing where there is neither a Node process nor a page. */
export function onLeave({ processEnds, pageHides }: LeaveListeners): () => void {
  if (typeof process !== 'undefined' && typeof process.on === 'function') {
    process.on('beforeExit', processEnds)
    return () => process.off('beforeExit', processEnds)
  }
  const page = pageOf(globalThis)
  if (!page) return () => {}
  const onHidden = () => {
    if (page.visibilityState === 'hidden') pageHides()
  }
  page.addEventListener('visibilitychange', onHidden)
  return () => page.removeEventListener('visibilitychange', onHidden)
}

/** The part of a browser's `document` that is used here. */
interface Page {
  readonly visibilityState: string
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

function pageOf(scope: typeof globalThis): Page | undefined {
  const page: unknown = Reflect.get(scope, 'document')
  const isPage = typeof page === 'object' && page !== null && 'visibilityState' in page && 'addEventListener' in page
  return isPage ? (page as Page) : undefined
}
