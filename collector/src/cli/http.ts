import type { Fetch } from './own-fetch.ts'

/** An answer, or why there was none. */
export type Reply =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly ok: false; readonly reason: string }

const TIMEOUT_MS = 5_000
/** As much of an answer as the commands look at. */
const MAX_BODY_CHARS = 2 ** 20

/** `fetch` with a deadline, a bounded answer and no exception: to commands, "nobody there" is a finding, not an error. */
export async function request(url: string, init: RequestInit = {}, ask: Fetch = fetch): Promise<Reply> {
  try {
    const response = await ask(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), ...init })
    const body = (await response.text()).slice(0, MAX_BODY_CHARS)
    return { ok: true, status: response.status, headers: response.headers, body }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

/** Whether anything speaks HTTP there. */
export const answers = async (url: string, ask: Fetch = fetch): Promise<boolean> => (await request(url, {}, ask)).ok

// fetch says "fetch failed" and keeps what happened in `cause`.
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.message : String(cause)
}

/** JSON, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller reports what it expected
  }
}
