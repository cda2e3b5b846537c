// A tile and the range of the URL in; its figures, those of the period before, and its series out.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiPath, type Params } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { MetricRow } from '../api/rows.ts'
import { DEFAULT_FROM, previousRange, type RangeMs, rangeMs, wholeMinutes } from '../state/range.ts'
import { type UrlState, useUrlState } from '../state/search.ts'
import { autoSeconds, type Drawn, drawn } from './series.ts'
import type { TileSpec } from './tiles.ts'

interface Answer {
  data: MetricRow[]
}

export interface TileState {
  by: string | undefined
  path: string
  groupsPath: string
  total: MetricRow | undefined
  before: MetricRow | undefined
  groups: readonly MetricRow[] | undefined
  drawn: Drawn | undefined
  problem: unknown
  isEmpty: boolean
  retry: () => void
}

/** Dimensions that the overview may be filtered on. */
export const FILTERS = ['environment', 'service_name', 'model', 'provider'] as const

export function useTile(spec: TileSpec): TileState {
  const url = useUrlState()
  const range = { from: url.get('from') ?? DEFAULT_FROM, to: url.get('to') }
  const wished = url.get(`by_${spec.metric}`) ?? url.get('by') ?? spec.by
  const by = wished !== undefined && spec.dimensions.includes(wished) ? wished : undefined
  const path = `/api/v1/metrics/${spec.metric}`
  const filters = { ...filtersOf(url, spec), q: url.get('q') }
  const params = { ...range, ...filters }
  // one instant for the relative range and the axis below it
  const { bounds, before } = useBounds(range.from, range.to)
  const step = autoSeconds(bounds)
  const interval = `${step / 60}m`
  const keep = { placeholderData: keepPreviousData }
  const total = useQuery({ ...jsonQuery<Answer>(apiPath(path, params)), ...keep })
  const earlier = useQuery({ ...jsonQuery<Answer>(apiPath(path, { ...before, ...filters })), ...keep })
  const seriesPath = apiPath(path, { ...params, interval, group_by: by })
  const series = useQuery({ ...jsonQuery<Answer>(seriesPath), ...keep })
  const groupsPath = apiPath(path, { ...params, group_by: by })
  const groups = useQuery({ ...jsonQuery<Answer>(groupsPath), enabled: by !== undefined, ...keep })
  const rows = series.data?.data
  const lines = useMemo(() => {
    if (rows === undefined) return undefined
    const { isZeroWithoutRow } = spec
    const figures = by === undefined ? spec.lines : [spec.broken]
    return drawn({
      rows,
      range: bounds,
      stepSeconds: step,
      figures,
      by,
      isZeroWithoutRow,
      isAdditive: isAdditive(spec, by),
    })
  }, [rows, bounds, step, by, spec])
  return {
    by,
    path: seriesPath,
    groupsPath,
    total: total.data?.data[0],
    before: earlier.data?.data[0],
    groups: groups.data?.data,
    drawn: lines,
    problem: total.error ?? series.error,
    isEmpty: rows !== undefined && rows.length === 0,
    retry: () => void Promise.all([total.refetch(), series.refetch()]),
  }
}

/** Whether bars of groups may stand on each other: rates of groups do not add up, those of error types do. */
export const isAdditive = ({ kind, metric }: TileSpec, by: string | undefined): boolean =>
  kind === 'stack' &&
  (by === undefined || (metric !== 'cache_hit_rate' && (metric !== 'error_rate' || by === 'error_type')))

/** Of all filters on the page those that this metric knows: the others do not hold for it. */
function filtersOf(url: UrlState, { dimensions }: TileSpec): Params {
  return Object.fromEntries(FILTERS.filter((name) => dimensions.includes(name)).map((name) => [name, url.all(name)]))
}

const MINUTE_MS = 60_000

function useBounds(from: string, to: string | undefined): { bounds: RangeMs; before: { from: string; to: string } } {
  const minute = Math.floor(Date.now() / MINUTE_MS)
  return useMemo(() => {
    const nowMs = minute * MINUTE_MS + MINUTE_MS - 1
    return { bounds: wholeMinutes(rangeMs({ from, to }, nowMs)), before: previousRange({ from, to }, nowMs) }
  }, [from, to, minute])
}
