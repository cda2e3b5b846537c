// Timing for the benchmarks: CPU seconds of this process, in interleaved rounds, so that a busy machine slows both sides alike.

export interface Contender {
  name: string
  /** Does the work once. @returns how many units were done */
  run(): number
}

export interface Result {
  name: string
  /** Units per CPU-second: the median round. */
  rate: number
}

export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Runs the contenders in turn, `rounds` times for `roundSeconds` each after one round to warm up. */
export function race(contenders: readonly Contender[], { rounds = 7, roundSeconds = 0.4 } = {}): Result[] {
  const rates = contenders.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    contenders.forEach((contender, i) => {
      const rate = runFor(contender, roundSeconds)
      if (round >= 0) rates[i]!.push(rate)
    })
  }
  return contenders.map(({ name }, i) => ({ name, rate: median(rates[i]!) }))
}

function runFor(contender: Contender, seconds: number): number {
  const start = cpuSeconds()
  let units = 0
  let spent = 0
  while (spent < seconds) {
    units += contender.run()
    spent = cpuSeconds() - start
  }
  return units / spent
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

export const thousands = (value: number): string => `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} K`
