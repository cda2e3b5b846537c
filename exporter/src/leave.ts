// A function in, called when Node has nothing left to do; a script that never calls shutdown still delivers its last spans.

/** Returns how to stop listening. Does nothing where there is no Node process. */
export function onBeforeExit(run: () => void): () => void {
  if (typeof process === 'undefined' || typeof process.on !== 'function') return () => {}
  process.on('beforeExit', run)
  return () => process.off('beforeExit', run)
}
