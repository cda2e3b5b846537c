// A seeded sender of numbered spans that remembers what was acknowledged: what no answer came for is sent again, as SDKs do.
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'

const SPANS_PER_TRACE = 5
const MAX_SPANS_PER_REQUEST = 40
/** Spans spread over two days, so that each batch becomes inserts into two partitions. */
const SPREAD_NANO = 30n * 3_600n * 1_000_000_000n
const PAUSE_AFTER_FAILURE_MS = 20
const REQUEST_TIMEOUT_MS = 30_000

/** Same seed, same numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Everything about span `n` follows from `n`; its checksum covers what the row must still say. */
export function numberedSpan(n: number): Buffer {
  const text = `question ${n} ${'…\n\n"\\'.repeat(n % 23)}`
  const [input, output] = [n % 4001, n % 977]
  return span({
    traceId: traceIdOf(`trace ${Math.floor(n / SPANS_PER_TRACE)}`),
    spanId: spanIdOf(n + 1),
    ...(n % SPANS_PER_TRACE === 0 ? {} : { parentSpanId: spanIdOf(n - (n % SPANS_PER_TRACE) + 1) }),
    name: `chat ${n % 7}`,
    startUnixNano: NOW_NANO - ((BigInt(n) * 7_919_000_000n) % SPREAD_NANO),
    durationNano: BigInt(n % 1000) * 1_000_000n,
    attributes: {
      'test.number': n,
      'test.checksum': createHash('sha256').update(`${n}|${text}|${input}|${output}`).digest('hex'),
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': input,
      'gen_ai.usage.output_tokens': output,
      'gen_ai.input.messages': text,
    },
  })
}

interface Batch {
  readonly first: number
  readonly count: number
}

export interface LoadOptions {
  readonly seed: number
  /** Requests in flight. */
  readonly workers: number
  /** Pause of a worker between two requests. */
  readonly pauseMs: number
  /** Each acknowledgement is written here as it comes; the checker believes this file. */
  readonly acknowledgedLog?: string
}

export class NumberedLoad {
  /** Numbers for which success was received. */
  readonly acknowledged = new Set<number>()
  /** Numbers that were sent at least once: more cannot be stored. */
  sent = 0
  /** Requests that had to be sent again. */
  resent = 0
  /** Refusals that did not say when to come again. */
  withoutTime = 0
  /** Answers by status; 0 is none. */
  readonly answers = new Map<number, number>()
  private readonly options: LoadOptions
  private readonly random: () => number
  private readonly again: Batch[] = []
  private url: string | undefined
  private running: Promise<void>[] = []

  constructor(options: LoadOptions) {
    this.options = options
    this.random = seededRandom(options.seed)
  }

  /** Numbers of the log's acknowledgements, or, without one, of memory's. */
  acknowledgedOnRecord(): Set<number> {
    const { acknowledgedLog } = this.options
    if (acknowledgedLog === undefined) return this.acknowledged
    const numbers = new Set<number>()
    for (const line of readFileSync(acknowledgedLog, 'utf8').split('\n')) {
      const [first = 0, count = 0] = line.split(' ').map(Number)
      for (let n = first; n < first + count; n++) numbers.add(n)
    }
    return numbers
  }

  /** Sends to this collector until `pause`. */
  start(httpUrl: string): void {
    this.url = `${httpUrl}/v1/traces`
    this.running = Array.from({ length: this.options.workers }, () => this.work())
  }

  /** Resolves when nothing is in flight any more. */
  async pause(): Promise<void> {
    this.url = undefined
    await Promise.all(this.running)
  }

  /** Sends again, until it is acknowledged, what never was. */
  async finish(httpUrl: string): Promise<void> {
    this.url = `${httpUrl}/v1/traces`
    for (let batch = this.again.shift(); batch; batch = this.again.shift()) await this.send(this.url, batch)
    this.url = undefined
  }

  private async work(): Promise<void> {
    while (this.url !== undefined) {
      await this.send(this.url, this.again.shift() ?? this.next())
      await pause(this.options.pauseMs)
    }
  }

  private next(): Batch {
    const count = 1 + Math.floor(this.random() * MAX_SPANS_PER_REQUEST)
    const first = this.sent
    this.sent += count
    return { first, count }
  }

  private async send(url: string, batch: Batch): Promise<void> {
    const numbers = Array.from({ length: batch.count }, (_, i) => batch.first + i)
    const { status, retryAfter } = await post(url, request(...numbers.map(numberedSpan)))
    if (status >= 400 && !/^\d+$/.test(retryAfter ?? '')) this.withoutTime++
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1)
    if (status === 200) {
      const { acknowledgedLog } = this.options
      if (acknowledgedLog !== undefined) appendFileSync(acknowledgedLog, `${batch.first} ${batch.count}\n`)
      for (const n of numbers) this.acknowledged.add(n)
      return
    }
    this.resent++
    this.again.push(batch)
    await pause(PAUSE_AFTER_FAILURE_MS)
  }
}

interface Answer {
  status: number
  retryAfter: string | null
}

/** Status 0 when no answer came. fetch keeps connections alive between requests. */
async function post(url: string, body: Uint8Array): Promise<Answer> {
  try {
    const headers = { 'content-type': 'application/x-protobuf' }
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    await response.arrayBuffer()
    return { status: response.status, retryAfter: response.headers.get('retry-after') }
  } catch {
    // Killed while it answered: the same as no answer.
    return { status: 0, retryAfter: null }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
