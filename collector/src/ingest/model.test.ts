// Journal and batcher together against the smallest of models: a set of numbers. Over random histories of requests, disk errors, kills and power
// losses, on a disk that loses what was not synced, each span is in the store in one batch, and none of them in two.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MemoryDisk, type PowerLoss } from '../journal/testing/memory-disk.ts'
import { openSide, request, type Side } from './testing/side.ts'

type Action =
  | { do: 'send'; count: number }
  | { do: 'wait' }
  | { do: 'fail'; operation: 'write' | 'datasync' }
  | { do: 'end'; how: 'kill' | 'stop' | PowerLoss; next: Life }

/** What the next life is like: whether its store answers, and whether rows are built at once. */
interface Life {
  storeIsAway: boolean
  isMemoryShort: boolean
}

const life: fc.Arbitrary<Life> = fc.record({ storeIsAway: fc.boolean(), isMemoryShort: fc.boolean() })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const loss: fc.Arbitrary<PowerLoss> = fc.record(
  { keptShare: share, zeroAt: share, keepNames: fc.boolean() },
  { requiredKeys: ['keptShare', 'keepNames'] },
)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), count: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      operation: fc.constantFrom('write' as const, 'datasync' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      how: fc.oneof(fc.constant('kill' as const), fc.constant('stop' as const), loss),
      next: life,
    }),
  },
)

interface Range {
  from: number
  to: number
}

class Run {
  readonly disk = new MemoryDisk()
  /** Batch id to the numbers in it: the token makes a repeat one batch. */
  readonly store = new Map<string, string>()
  sent = 0
  /** What no acknowledgement came for: it is sent again. */
  private unanswered: Range[] = []
  private side: Side | undefined

  async start({ storeIsAway, isMemoryShort }: Life): Promise<void> {
    const files = this.disk.files()
    const journal = { segmentBytes: 4000, maxBytes: 1 << 20, retainMs: 0, commitDelayMs: 0 }
    this.side = await openSide({
      dir: '/j',
      files,
      maxRows: 40,
      storeIsAway,
      isMemoryShort: () => isMemoryShort,
      journal,
    })
  }

  async act(step: Action): Promise<void> {
    if (step.do === 'send') {
      const range = { from: this.sent + 1, to: this.sent + step.count }
      this.sent = range.to
      await this.send(range)
    } else if (step.do === 'wait') await new Promise((done) => setTimeout(done, 25))
    else if (step.do === 'fail') await this.fail(step.operation)
    else {
      await this.end(step.how)
      await this.start(step.next)
    }
  }

  async send(range: Range): Promise<boolean> {
    const bytes = request(range.from, range.to)
    const outcome = await this.side!.ingest.accept({ project: 'p', signal: 'traces', encoding: 'protobuf', bytes })
    if (outcome.status !== 'stored') this.unanswered.push(range)
    return outcome.status === 'stored'
  }

  private async fail(operation: 'write' | 'datasync'): Promise<void> {
    this.disk.failing = { [operation]: 'EIO' }
    await this.act({ do: 'send', count: 3 })
    this.disk.failing = {}
  }

  async end(how: 'kill' | 'stop' | PowerLoss): Promise<void> {
    if (how === 'kill') this.disk.kill()
    else if (how !== 'stop') this.disk.powerLoss(how)
    await this.side!.stop()
    for (const { id, bytes } of this.side!.loaded) {
      const numbers = numbersIn(bytes)
      // The token would drop other rows under the same name in silence.
      expect(this.store.get(id) ?? numbers, `batch ${id}`).toBe(numbers)
      this.store.set(id, numbers)
    }
  }

  /** Sends again until everything is acknowledged, and lets the store have it. */
  async finish(): Promise<void> {
    await this.end('stop')
    await this.start({ storeIsAway: false, isMemoryShort: false })
    for (const range of this.unanswered.splice(0)) expect(await this.send(range)).toBe(true)
    await this.end('stop')
  }
}

/** A name stands once in the dictionary of its block. */
const numbersIn = (bytes: Buffer): string =>
  [...bytes.toString('latin1').matchAll(/span (\d+);/g)]
    .map(([, n]) => Number(n))
    .sort((a, b) => a - b)
    .join(' ')

it('each span is stored in one batch and in no other, through any history of faults', async () => {
  let spans = 0
  let batches = 0
  await fc.assert(
    fc.asyncProperty(life, fc.array(action, { minLength: 4, maxLength: 25 }), async (first, steps) => {
      const run = new Run()
      await run.start(first)
      for (const step of steps) await run.act(step)
      await run.finish()
      const stored = [...run.store.values()].flatMap((numbers) => numbers.split(' ').map(Number))
      expect(stored.sort((a, b) => a - b)).toEqual(Array.from({ length: run.sent }, (_, i) => i + 1))
      spans += run.sent
      batches += run.store.size
    }),
    { numRuns: 25 },
  )
  // Histories in which nothing is sealed would test nothing.
  expect(spans).toBeGreaterThan(300)
  expect(batches).toBeGreaterThan(25)
}, 120_000)
