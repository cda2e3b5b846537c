// What one price costs: time per call and collections over 10 M calls; what a look-up costs. Run: node --expose-gc pricer.bench.ts
import { PerformanceObserver } from 'node:perf_hooks'
import { createCatalog } from './catalog.ts'
import { createPricer } from './pricer.ts'
import { usageOf } from './usage-of.test-helper.ts'

const CALLS = 10_000_000
const AT = Date.parse('2026-06-15')
const catalog = createCatalog()
const pricer = createPricer()
const rows = [
  catalog.find('openai', 'gpt-4o-mini', AT),
  catalog.find('anthropic', 'claude-sonnet-4-5', AT),
  catalog.find('gcp.gemini', 'gemini-2.5-pro', AT),
  catalog.find('ollama', 'llama3', AT),
]
const usages = [
  usageOf({ INPUT: 1200, OUTPUT: 85, CACHE_READ: 1024, REASONING: 64 }),
  usageOf({ INPUT: 3520, OUTPUT: 60, CACHE_READ: 3000, CACHE_WRITE: 500, CACHE_WRITE_1H: 100 }),
  usageOf({ INPUT: 250_000, OUTPUT: 60, CACHE_READ: 3000 }),
  usageOf({ OUTPUT: 60 }),
]
const tiers = ['', '', 'flex', 'default']

function run(calls: number): number {
  let sum = 0
  for (let i = 0; i < calls; i++) {
    const cost = pricer.price(rows[i & 3]!, usages[(i >> 2) & 3]!, tiers[(i >> 4) & 3]!)
    if (cost.reason === '') sum += cost.total % 7
  }
  return sum
}

let collections = 0
const observer = new PerformanceObserver((list) => {
  collections += list.getEntries().length
})

run(1_000_000)
globalThis.gc?.()
observer.observe({ entryTypes: ['gc'] })
const heapBefore = process.memoryUsage().heapUsed
const started = performance.now()
const sum = run(CALLS)
const elapsedMs = performance.now() - started
const heapAfter = process.memoryUsage().heapUsed
await new Promise((resolve) => setTimeout(resolve, 50))
observer.disconnect()

const findStarted = performance.now()
for (let i = 0; i < 1_000_000; i++) catalog.find('openai', 'gpt-4o-mini', AT + i)
const knownNs = performance.now() - findStarted
const missStarted = performance.now()
for (let i = 0; i < 2000; i++) catalog.find('openai', `gpt-4o-mini-x${i}`, AT)
const newUs = ((performance.now() - missStarted) * 1000) / 2000

process.stdout.write(
  `${JSON.stringify({
    nsPerPrice: Math.round((elapsedMs * 1e6) / CALLS),
    collections,
    bytesPerPrice: (heapAfter - heapBefore) / CALLS,
    nsPerKnownFind: Math.round(knownNs),
    usPerNewFind: Math.round(newUs),
    sum,
  })}\n`,
)
