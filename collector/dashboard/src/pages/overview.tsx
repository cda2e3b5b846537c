// The range and filters of the URL in; the six metrics out.
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { newestQuery } from '../api/queries.ts'
import { ago, instant } from '../format/time.ts'
import { FilterBar } from '../list/filter-bar.tsx'
import { LISTS } from '../list/lists.ts'
import { Tile } from '../overview/tile.tsx'
import { TILES } from '../overview/tiles.ts'
import { FILTERS } from '../overview/use-tile.ts'
import { DEFAULT_FROM, instantMs } from '../state/range.ts'
import { type Search, useUrlState } from '../state/search.ts'

const DIMENSIONS = ['model', 'provider', 'environment', 'service_name', 'user_id', 'prompt_version'] as const
/** The filter is of the filter language of spans; what it does not know of traces is asked of their spans. */
const SPANS = { ...LISTS.generations, title: 'Overview' }

export function Overview() {
  const url = useUrlState()
  const newest = useQuery(newestQuery)
  const by = url.get('by')
  if (newest.data !== undefined && newest.data.newestMs === undefined) return <Navigate to="/start" />
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Overview</h1>
        <FilterBar spec={SPANS} />
        <Chips />
        <div className="end">
          <Newest ms={newest.data?.newestMs} />
          <label className="row">
            <span>Break down by</span>
            <select value={by ?? ''} onChange={(event) => url.set({ by: event.target.value, ...NO_OWN })}>
              <option value="">each its own</option>
              {DIMENSIONS.map((name) => (
                <option key={name} value={name}>
                  {name.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <div className="tiles">
        {TILES.map((spec) => (
          <Tile key={spec.metric} spec={spec} />
        ))}
      </div>
    </div>
  )
}

/** What was chosen for one tile gives way to what is chosen for all. */
const NO_OWN = Object.fromEntries(TILES.map(({ metric }) => [`by_${metric}`, undefined]))

function Chips() {
  const url = useUrlState()
  const active = FILTERS.flatMap((name) => url.all(name).map((value) => ({ name, value })))
  return (
    <div className="chips">
      {active.map(({ name, value }) => (
        <span className="chip" key={`${name} ${value}`}>
          {name.replaceAll('_', ' ')}: {value}
          <button
            type="button"
            aria-label={`Take the filter ${name} ${value} away`}
            onClick={() => url.set({ [name]: url.all(name).filter((one) => one !== value) })}
          >
            ✕
          </button>
        </span>
      ))}
    </div>
  )
}

/** Old data are not mistaken for a quiet day. */
function Newest({ ms }: { ms: number | undefined }) {
  const url = useUrlState()
  if (ms === undefined) return null
  const from = instantMs(url.get('from') ?? DEFAULT_FROM, Date.now()) ?? 0
  if (ms >= from) return null
  return (
    <p className="badge warn">
      Nothing in this range: the newest trace is of {ago(ms)}.{' '}
      <Link
        to="."
        search={(before: Search) => ({ ...before, from: new Date(ms - 82_800_000).toISOString(), to: undefined })}
        title={instant(ms)}
      >
        Jump there
      </Link>
    </p>
  )
}
