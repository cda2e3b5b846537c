// The memory that the process takes in; whether its limit is near out.
import type { Process } from './app-process.ts'

export interface MemoryWatch {
  /** The limit is near. */
  isShort(): boolean
  stop(): void
}

const LOOK_EVERY_MS = 25
/** Shares say what buffers may hold; garbage that is not collected yet comes on top, and this is where it is felt. */
const RESIDENT_SHARE = 0.92
/** Freed memory is not always given back to the system, but it is used again: with so little in use there is room, whatever is resident. */
const IN_USE_SHARE = 0.65
/** Code and libraries: resident, and in nobody's books. */
const CODE_BYTES = 64 << 20

export interface MemoryUse {
  residentBytes: number
  /** Heap and buffers. */
  inUseBytes: number
}

function readUse(): MemoryUse {
  const { rss, heapTotal, external } = process.memoryUsage()
  return { residentBytes: rss, inUseBytes: heapTotal + external + CODE_BYTES }
}

export const isShort = ({ residentBytes, inUseBytes }: MemoryUse, limitBytes: number): boolean =>
  residentBytes > limitBytes * RESIDENT_SHARE && inUseBytes > limitBytes * IN_USE_SHARE

/** @param onShort frees what is only kept for later */
export function watchMemory({ config, metrics, log }: Process, onShort: () => void): MemoryWatch {
  const limitBytes = config.limits.maxMemoryBytes
  const resident = metrics.gauge('insights_memory_resident_bytes', 'Memory of the collector, without the engine')
  const times = metrics.counter('insights_memory_short_total', 'How often the memory came near its limit')
  let short = false
  const look = (): void => {
    const use = readUse()
    resident.set(use.residentBytes)
    const was = short
    short = isShort(use, limitBytes)
    if (!short) return
    onShort()
    if (was) return
    times.add()
    log.debug({ ...use, limitBytes }, 'near the limit of the memory: senders are told to wait')
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return { isShort: () => short, stop: () => clearInterval(timer) }
}
