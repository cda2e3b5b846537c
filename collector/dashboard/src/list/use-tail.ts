// Whether a list is live in; a list that is asked for again as soon as the collector tells of a new span out.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiProblem, apiPath, send } from '../api/client.ts'

/** A busy collector tells of hundreds a second; a list is read at most so often. */
const LEAST_MS = 1_000
const RETRY_MS = 3_000

export type TailState = 'off' | 'waiting' | 'live'

/** Makes the cached pages of lists stale. */
export function useTail(isOn: boolean): TailState {
  const client = useQueryClient()
  const [state, setState] = useState<TailState>('off')
  useEffect(() => {
    if (!isOn) return setState('off')
    const gone = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['list'] })
      }, LEAST_MS)
    }
    const listen = async (): Promise<void> => {
      while (!gone.signal.aborted) {
        try {
          const request = { signal: gone.signal, headers: { accept: 'text/event-stream' } }
          const answer = await send(apiPath('/api/v1/tail', { of: 'spans', fields: 'trace_id,span_id' }), request)
          setState('live')
          await readEvents(answer, refresh)
        } catch (cause) {
          if (gone.signal.aborted || !(cause instanceof ApiProblem || cause instanceof TypeError)) return
        }
        setState('waiting')
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
    setState('waiting')
    void listen()
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [isOn, client])
  return state
}

/** Calls back for each event `span` or `more`, until the stream ends. */
async function readEvents(answer: Response, onSpan: () => void): Promise<void> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) return
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    if (lines.some((line) => /^event: ?(span|more)\s*$/.test(line))) onSpan()
  }
}
