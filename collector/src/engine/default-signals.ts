// The engine's own handlers of fatal signals in; the system's back: a crash ends the process at once, and its parent starts another.

/** What a defect in machine code ends in. ClickHouse waits minutes for a thread to print where, which the library does not have. */
const FATAL = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS'] as const

/** To be called once the engine is open; what is opened later sets no handler. */
export function restoreFatalSignals(): void {
  for (const signal of FATAL) {
    // Removing the last listener puts the default back, whoever's handler was there before.
    process.on(signal, ignore)
    process.off(signal, ignore)
  }
}

const ignore = (): void => undefined
