// Notes of the collectors on one ClickHouse in; which of them settles, out. Without a vote: two at once do no harm, but twice the work.
import { randomBytes } from 'node:crypto'
import type { Store } from '../client.ts'
import { noteMark } from './state.ts'

export interface Note {
  /** '' = whoever held it has gone. */
  holder: string
  /** Microseconds since 1970, by the server's clock. */
  atUs: number
}

/** Who has not noted anything for so long is gone. */
const GONE_US = 25_000_000
/** Notes that are looked at. */
const WINDOW_S = 60

/** The collector that noted first, of those that still do and came after the last one went; undefined = nobody. */
export function leaderOf(notes: readonly Note[], nowUs: number): string | undefined {
  const went = notes.reduce((last, { holder, atUs }) => (holder === '' ? Math.max(last, atUs) : last), 0)
  const byHolder = Map.groupBy(
    notes.filter(({ holder, atUs }) => holder !== '' && atUs > went),
    ({ holder }) => holder,
  )
  const present = [...byHolder].flatMap(([holder, its]) => {
    const times = its.map(({ atUs }) => atUs)
    return Math.max(...times) < nowUs - GONE_US ? [] : [{ holder, firstUs: Math.min(...times) }]
  })
  present.sort((a, b) => a.firstUs - b.firstUs || (a.holder < b.holder ? -1 : 1))
  return present[0]?.holder
}

export interface Leader {
  /** Whether it is for this process to settle. Asks the store now and then. @param mark how far it came, noted with its name */
  leads(mark: string): Promise<boolean>
  /** What the last answer was. */
  isLeading(): boolean
  /** Lets the next one begin at once. */
  resign(mark: string): Promise<void>
}

const NOTE_EVERY_MS = 10_000
/** Between a claim and the look whether another came first. */
const CLAIM_MS = 1_500

/** With an embedded engine there is no other. */
export const alone = (): Leader => ({ leads: async () => true, isLeading: () => true, resign: async () => undefined })

export function createLeader(store: Store, pause: (ms: number) => Promise<void>): Leader {
  const self = randomBytes(8).toString('hex')
  let leading = false
  let askAtMs = 0
  const read = async (): Promise<string | undefined> => {
    const rows = await store.select<Note & { nowUs: number }>(
      `SELECT holder, toUnixTimestamp64Micro(noted_time) AS atUs, toUnixTimestamp64Micro(now64(6)) AS nowUs
       FROM settle_marks WHERE noted_time > now64(6) - {window:UInt32}`,
      { window: WINDOW_S },
    )
    return leaderOf(rows, rows[0]?.nowUs ?? 0)
  }
  const claim = async (mark: string): Promise<boolean> => {
    await noteMark(store, mark, self)
    await pause(CLAIM_MS)
    return (await read()) === self
  }
  return {
    async leads(mark) {
      if (store.clock.monotonicMs() < askAtMs) return leading
      askAtMs = store.clock.monotonicMs() + NOTE_EVERY_MS
      const leader = await read()
      if (leader === self) await noteMark(store, mark, self)
      leading = leader === self || (leader === undefined && (await claim(mark)))
      return leading
    },
    isLeading: () => leading,
    async resign(mark) {
      if (leading) await noteMark(store, mark, '')
      leading = false
    },
  }
}
