// A trace, or a span of it, in; the ways to judge it out. What was given is in view at once: the store shows it about a second later.
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { apiPath, send, sendJson } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { Page, ScoreRow, TraceRow } from '../api/rows.ts'
import type { SpanAnswer } from '../span/use-span.ts'
import type { ScoreConfig } from './score-value.ts'

export interface ScoreTarget {
  traceId: string
  /** Absent: the trace as a whole. */
  spanId?: string
  /** Of the answer that its scores are shown from. */
  path: string
}

export interface NewScore {
  name: string
  value: number | boolean | string | undefined
  comment: string | undefined
  author: string | undefined
}

const PATH = '/api/v1/scores'
const MAX_OF_TRACE = 200
/** A clock that is a little behind must not hide the score of a trace. */
const BEFORE_MS = 3_600_000

export const SCORE_CONFIGS_PATH = '/api/v1/score-configs'

export const useScoreConfigs = () => useQuery(jsonQuery<{ data: ScoreConfig[] }>(SCORE_CONFIGS_PATH))

export const traceScoresPath = ({ trace_id: id, start_time: start }: TraceRow): string => {
  const from = new Date((Date.parse(start ?? '') || 0) - BEFORE_MS).toISOString()
  return apiPath(PATH, { trace_id: id ?? '', from, limit: MAX_OF_TRACE })
}

export function useGiveScore(target: ScoreTarget) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (score: NewScore) => {
      const body = { ...score, trace_id: target.traceId, span_id: target.spanId, source: 'human' }
      const { data } = await sendJson<{ data: ScoreRow[] }>(PATH, body)
      const told = { explanation: score.comment ?? null, author: score.author ?? null, source: 'human' }
      return data.map((one): ScoreRow => ({ ...one, ...told }))
    },
    onSuccess: (given) =>
      change(client, target, (before) => [
        ...given,
        ...before.filter(({ score_id: id }) => !given.some((one) => one.score_id === id)),
      ]),
  })
}

export function useTakeBack(target: ScoreTarget) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      await send(`${PATH}/${encodeURIComponent(id)}`, { method: 'DELETE' })
      return id
    },
    onSuccess: (id) => change(client, target, (before) => before.filter((one) => one.score_id !== id)),
  })
}

type Change = (before: readonly ScoreRow[]) => ScoreRow[]

async function change(client: QueryClient, { path }: ScoreTarget, to: Change): Promise<void> {
  const { queryKey } = jsonQuery<Page<ScoreRow> | SpanAnswer>(path)
  // an answer that is on its way does not know of it
  await client.cancelQueries({ queryKey })
  client.setQueryData<Page<ScoreRow> | SpanAnswer>(queryKey, (old) => {
    if (old === undefined) return old
    return 'scores' in old ? { ...old, scores: to(old.scores) } : { ...old, data: to(old.data) }
  })
  // lists are asked again when they are next in view
  await client.invalidateQueries({ queryKey: ['list'], refetchType: 'none' })
}
