// The numbered faults: what each is, and how often it strikes in the short run that `npm test` makes.
import type { FaultScenario } from './scenario.ts'
import { clockJumps } from './scenarios/clock.ts'
import { journalCopies } from './scenarios/copies.ts'
import { forgottenTokens } from './scenarios/forgotten.ts'
import { engineKills, killsAtPoints, randomKills } from './scenarios/kills.ts'
import { oldJournals } from './scenarios/old-journal.ts'
import { storeAway, storeSlow } from './scenarios/outages.ts'
import { overload } from './scenarios/overload.ts'
import { refusals } from './scenarios/refusals.ts'
import { ambiguousCommits } from './scenarios/remote.ts'

export interface NumberedFault extends FaultScenario {
  readonly shortCycles: number
}

export const FAULTS: Readonly<Record<string, NumberedFault>> = {
  F1: { ...randomKills, shortCycles: 4 },
  F2: { ...killsAtPoints, shortCycles: 7 },
  F3: { ...engineKills, shortCycles: 2 },
  F5: { ...storeAway, shortCycles: 1 },
  F6: { ...storeSlow, shortCycles: 2 },
  F7: { ...ambiguousCommits, shortCycles: 2 },
  F8: { ...refusals, shortCycles: 11 },
  F12: { ...overload, shortCycles: 5 },
  F13: { ...clockJumps, shortCycles: 4 },
  F16: { ...oldJournals, shortCycles: 1 },
  F17: { ...journalCopies, shortCycles: 1 },
  F18: { ...forgottenTokens, shortCycles: 2 },
}

/** The seed of the short run; another one is given to the long run by `--seed`. */
export const SHORT_SEED = 20_261_123
