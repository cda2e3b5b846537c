// What pages ask for; each is a path, so that the same path is what they copy as a link or cURL.
import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import { apiPath, getJson, type Params, sendJson } from './client.ts'
import type { About, Page, SqlAnswer } from './rows.ts'

/** One answer of the API. */
export const jsonQuery = <Answer>(path: string) =>
  queryOptions({ queryKey: ['json', path], queryFn: ({ signal }) => getJson<Answer>(path, signal) })

/** A list, page by page. */
export const listQuery = <Row>(path: string, params: Params) =>
  infiniteQueryOptions({
    queryKey: ['list', apiPath(path, params)],
    queryFn: ({ pageParam, signal }) => getJson<Page<Row>>(apiPath(path, { ...params, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Row>) => last.next_cursor ?? undefined,
  })

export const sqlQuery = (query: string, params: Record<string, string | number> = {}) =>
  queryOptions({
    queryKey: ['sql', query, params],
    queryFn: ({ signal }) => sendJson<SqlAnswer>('/api/v1/sql', { query, params }, { signal }),
  })

const aboutQuery = jsonQuery<About>('/api/about')

export const useAbout = () => useQuery({ ...aboutQuery, staleTime: 60_000 })

/** When the newest trace of the project began; undefined: there is none. Of the rollup, so it costs little. */
export const newestQuery = queryOptions({
  queryKey: ['newest'],
  queryFn: async ({ signal }): Promise<{ newestMs: number | undefined }> => {
    const query = 'SELECT max(time) AS newest, sum(traces) AS traces FROM total_traces_v1'
    const { data } = await sendJson<SqlAnswer>('/api/v1/sql', { query }, { signal })
    const [row] = data
    const newest = row?.['newest']
    if (Number(row?.['traces'] ?? 0) === 0 || typeof newest !== 'string') return { newestMs: undefined }
    return { newestMs: Date.parse(newest.includes('T') ? newest : `${newest.replace(' ', 'T')}Z`) }
  },
  staleTime: 5_000,
})
