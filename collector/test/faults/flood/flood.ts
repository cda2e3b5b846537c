// Requests at a rate that asks nobody whether it can be borne: what was sent, how each was answered, and at which real rate.
import { seededRandom } from '../numbered-load.ts'
import type { Answer, Sender } from './senders.ts'
import { makeTemplates, numbered, type Template } from './templates.ts'

export interface FloodOptions {
  readonly seed: number
  readonly senders: readonly Sender[]
  /** Requests without an answer at once; a real crowd has an end, too. */
  readonly maxUnanswered: number
}

export interface Flood {
  /** Acknowledged requests: number to kind. */
  readonly acknowledged: ReadonlyMap<number, Template>
  readonly answers: ReadonlyMap<string, number>
  readonly broken: readonly string[]
  /** Of the requests that were offered: all, refused, and bytes before compression. */
  readonly offered: { requests: number; spans: number; refused: number; bytes: number }
  /** Keeps so many requests under way, each sender sending the next when the last was answered. */
  closedLoop(workers: number, ms: number): Promise<void>
  /** Sends so many bytes a second, answered or not; resolves when all are answered. */
  openLoop(bytesPerSecond: number, ms: number): Promise<void>
}

const TICK_MS = 5
const REFUSED_PAUSE_MS = 100

export function createFlood({ seed, senders, maxUnanswered }: FloodOptions): Flood {
  const random = seededRandom(seed)
  const templates = makeTemplates()
  const acknowledged = new Map<number, Template>()
  const answers = new Map<string, number>()
  const broken: string[] = []
  const offered = { requests: 0, spans: 0, refused: 0, bytes: 0 }
  let unanswered = 0

  const pick = (): Template => templates[Math.floor(random() * templates.length)]!

  const send = async (template: Template): Promise<Answer> => {
    const one = numbered(template, ++offered.requests)
    offered.spans += template.spans
    offered.bytes += template.bytes.length
    unanswered++
    // The gRPC door takes compressed messages as well, but not this library's clients by hand.
    const able = template.gzip ? senders.slice(0, 1) : senders
    const answer = await able[one.number % able.length]!.send(one)
    unanswered--
    answers.set(answer.how, (answers.get(answer.how) ?? 0) + 1)
    if (answer.is === 'stored') acknowledged.set(one.number, template)
    else if (answer.is === 'later') offered.refused++
    else broken.push(answer.how)
    return answer
  }

  return {
    acknowledged,
    answers,
    broken,
    offered,
    async closedLoop(workers, ms) {
      const end = performance.now() + ms
      const work = async (): Promise<void> => {
        while (performance.now() < end) if ((await send(pick())).is !== 'stored') await pause(REFUSED_PAUSE_MS)
      }
      await Promise.all(Array.from({ length: workers }, work))
    },
    async openLoop(bytesPerSecond, ms) {
      const start = performance.now()
      const under = new Set<Promise<unknown>>()
      let due = 0
      for (let now = start; now < start + ms; now = performance.now()) {
        due = Math.min(due + 0, due)
        const allowed = (bytesPerSecond * (now - start)) / 1000
        while (due < allowed && unanswered < maxUnanswered) {
          const template = pick()
          due += template.bytes.length
          const one = send(template)
          under.add(one)
          void one.then(() => under.delete(one))
        }
        await pause(TICK_MS)
      }
      await Promise.all(under)
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
