// Why a request is not let in, in words for its sender: a table, so that every door says the same.

/** What a door answers. `reason` is what it is counted under; `retryAfterMs` present = the same request may pass later. */
export type Refusal =
  | { status: 'unauthenticated'; reason: 'auth'; message: string }
  | { status: 'forbidden'; reason: 'scope' | 'origin'; message: string }
  | { status: 'exhausted'; reason: 'rate' | 'quota'; message: string; retryAfterMs?: number }
  | { status: 'unavailable'; reason: 'starting'; message: string; retryAfterMs: number }

const WHERE = 'Authorization: Bearer or x-api-key'
const STARTING_RETRY_MS = 5_000

const unauthenticated = (message: string): Refusal => ({ status: 'unauthenticated', reason: 'auth', message })

/** By what was found of the key. */
export const KEY_REFUSALS = {
  missing: unauthenticated(`cannot accept the request: there is no key in ${WHERE}`),
  mistyped: unauthenticated(
    'cannot accept the request: the key is mistyped or cut off (its last characters do not fit)',
  ),
  unknown: unauthenticated('cannot accept the request: there is no such key'),
  foreign: unauthenticated('cannot accept the request: there is no such key'),
  nameless: unauthenticated('cannot accept the request: x-insights-project is no name of a project'),
  revoked: unauthenticated('cannot accept the request: the key was revoked'),
  expired: unauthenticated('cannot accept the request: the key has expired'),
  // Not 401: a sender drops what was refused for good, and this key may well be right.
  starting: {
    status: 'unavailable',
    reason: 'starting',
    message: 'cannot accept the request yet: the keys have not been read, because ClickHouse does not answer',
    retryAfterMs: STARTING_RETRY_MS,
  },
} as const satisfies Record<string, Refusal>

export const lacksScope = (scope: string): Refusal => ({
  status: 'forbidden',
  reason: 'scope',
  message: `cannot accept the request: the key does not have the scope ${scope}`,
})

export const FOREIGN_ORIGIN: Refusal = {
  status: 'forbidden',
  reason: 'origin',
  message: 'cannot accept the request: pages of this origin may not use the key',
}

export const AMBIENT_ORIGIN: Refusal = {
  status: 'forbidden',
  reason: 'origin',
  message: 'cannot accept the request: without a key, only pages of cors_origins may send',
}

/** @param whose key or project */
export const tooFast = (whose: string, what: string, perSecond: number, retryAfterMs: number): Refusal => ({
  status: 'exhausted',
  reason: 'rate',
  message: `cannot accept the request now: the ${whose} may send ${perSecond} ${what} a second`,
  retryAfterMs,
})

export const usedUp = (whose: string, what: string, perMonth: number): Refusal => ({
  status: 'exhausted',
  reason: 'quota',
  message: `cannot accept the request: the ${perMonth} ${what} that the ${whose} may send this month are used up`,
})
