// The id of a session and a page of it in; its turns, oldest first, with what was new in each, out.
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiPath, getJson } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { Page, SessionRow, SpanRow, TraceRow } from '../api/rows.ts'
import { joined, type Message } from '../content/messages.ts'
import { type SpanAnswer, spanPath } from '../span/use-span.ts'
import { createMemory } from './memory.ts'
import { contentOf } from './turn-messages.ts'

export const PAGE_TURNS = 20
/** Traces of a session that are looked at. */
const MAX_TURNS = 5_000
const PAGE_ROWS = 1_000
/** Characters of a history that come by themselves. */
const MAX_CHARS = 262_144
/** Whenever it began. */
const EVER = '2000-01-01'
const TRACE_FIELDS =
  'trace_id,name,start_time,end_time,latency_ms,status,errors,spans,input_tokens,output_tokens,cache_read_tokens,reasoning_tokens,cost_usd,unpriced_calls,input_preview,output_preview,models,user_id'

export interface Turn {
  /** From 1, within the session. */
  number: number
  trace: TraceRow
  /** undefined: still to come. */
  messages: readonly Message[] | undefined
  /** The call that tells it. */
  spanId: string | undefined
  failure: string | undefined
  isCut: boolean
}

export interface Conversation {
  session: SessionRow | undefined
  path: string
  turns: readonly Turn[]
  total: number
  isLoading: boolean
  problem: unknown
}

export function useConversation(sessionId: string, page: number): Conversation {
  const path = apiPath('/api/v1/sessions', { session_id: sessionId, from: EVER, limit: 1 })
  const session = useQuery(jsonQuery<Page<SessionRow>>(path))
  const row = session.data?.data[0]
  const from = row?.start_time
  const traces = useQuery({
    queryKey: ['turns', sessionId, from],
    queryFn: ({ signal }) => allTraces({ session_id: sessionId, from, fields: TRACE_FIELDS }, signal),
    enabled: from !== undefined,
  })
  const all = traces.data
  const first = (page - 1) * PAGE_TURNS
  // what was said in the turn before is not new in the first of the page
  const before = Math.max(0, first - 1)
  const shown = useMemo(() => all?.slice(before, first + PAGE_TURNS) ?? [], [all, before, first])
  const calls = useQuery({ ...jsonQuery<Page<SpanRow>>(callsPath(sessionId, shown)), enabled: shown.length > 0 })
  const lastCalls = useMemo(() => lastByTrace(calls.data?.data ?? []), [calls.data])
  const spans = useQueries({
    queries: shown.map(({ trace_id: traceId = '' }) => {
      const spanId = lastCalls.get(traceId ?? '') ?? ''
      return {
        queryKey: ['turn', traceId, spanId],
        queryFn: ({ signal }: { signal: AbortSignal }) => readCall(traceId ?? '', spanId, signal),
        enabled: spanId !== '',
        staleTime: 60_000,
      }
    }),
    combine: combined,
  })
  const isListed = calls.data !== undefined
  const turns = useMemo(
    () =>
      turnsOf(shown, {
        before,
        first,
        answerOf: (index, traceId) => {
          if (!isListed) return undefined
          if (!lastCalls.has(traceId) || spans[index]?.hasFailed === true) return 'none'
          return spans[index]?.data
        },
      }),
    [shown, before, first, isListed, lastCalls, spans],
  )
  return {
    session: row,
    path,
    turns,
    total: all?.length ?? 0,
    isLoading: session.isPending || (from !== undefined && traces.isPending),
    problem: session.error ?? traces.error ?? calls.error,
  }
}

/** The same as long as nothing came, unlike the list of queries itself. */
const combined = (results: readonly { data: SpanAnswer | undefined; isError: boolean }[]) =>
  results.map(({ data, isError }) => ({ data, hasFailed: isError }))

async function allTraces(
  params: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<TraceRow[]> {
  const rows: TraceRow[] = []
  let cursor: string | undefined
  while (rows.length < MAX_TURNS) {
    const page = await getJson<Page<TraceRow>>(
      apiPath('/api/v1/traces', { ...params, limit: PAGE_ROWS, cursor }),
      signal,
    )
    rows.push(...page.data)
    if (page.next_cursor === null) break
    cursor = page.next_cursor
  }
  return rows.reverse()
}

function callsPath(sessionId: string, shown: readonly TraceRow[]): string {
  const ends = shown.map(({ end_time: end }) => end ?? '').sort()
  return apiPath('/api/v1/generations', {
    session_id: sessionId,
    from: shown[0]?.start_time,
    to: after(ends.at(-1)),
    fields: 'trace_id,span_id,start_time,kind',
    limit: PAGE_ROWS,
  })
}

// `to` is no part of a range
const after = (iso: string | undefined): string | undefined => {
  const ms = Date.parse(iso ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms + 1_000).toISOString()
}

/** Rows come newest first: the first of each trace is its last call, which has all that went before in its input. */
function lastByTrace(rows: readonly SpanRow[]): Map<string, string> {
  const last = new Map<string, string>()
  for (const { trace_id: traceId, span_id: spanId, kind } of rows) {
    if (kind === 'generation' && traceId != null && spanId != null && !last.has(traceId)) last.set(traceId, spanId)
  }
  return last
}

async function readCall(traceId: string, spanId: string, signal: AbortSignal): Promise<SpanAnswer> {
  const path = spanPath(traceId, spanId)
  const answer = await getJson<SpanAnswer>(path, signal)
  const fields = (['input', 'output', 'system_instructions'] as const).filter((name) => {
    const length = answer.cut[name]
    return length !== undefined && length <= MAX_CHARS
  })
  if (fields.length === 0) return answer
  const whole = await getJson<{ span: SpanRow }>(apiPath(path, { fields: fields.join(',') }), signal)
  const cut = Object.fromEntries(Object.entries(answer.cut).filter(([name]) => !fields.some((one) => one === name)))
  return { ...answer, span: { ...answer.span, ...whole.span }, cut }
}

interface TurnSources {
  before: number
  first: number
  /** 'none': there is no call; undefined: it is on its way. */
  answerOf: (index: number, traceId: string) => SpanAnswer | 'none' | undefined
}

function turnsOf(shown: readonly TraceRow[], { before, first, answerOf }: TurnSources): Turn[] {
  const memory = createMemory()
  // what is new in a turn is only known when all before it are there
  let isKnown = true
  const turns = shown.map((trace, index): Turn => {
    const answer = answerOf(index, trace.trace_id ?? '')
    const call = answer === undefined || answer === 'none' ? undefined : answer
    isKnown &&= answer !== undefined
    const isCut = call?.cut['input'] !== undefined
    const content = contentOf(trace, call?.span, isCut)
    const fresh = isKnown ? memory.take(content.input, content.answer) : []
    const failed = call?.span.status === 'error' ? call.span : undefined
    return {
      number: before + index + 1,
      trace,
      messages: isKnown ? joined([...fresh, ...content.answer]) : undefined,
      spanId: call?.span.span_id ?? undefined,
      failure:
        failed === undefined
          ? undefined
          : [failed.error_class ?? failed.error_type ?? 'error', failed.error_message].filter(Boolean).join(': '),
      isCut,
    }
  })
  return turns.slice(first - before)
}
