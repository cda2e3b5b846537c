// Panels as SQL in; deploy/grafana/dashboards/*.json out. With --check: fails when a file is not what would be written.
//
//   node scripts/grafana.ts [--check]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DASHBOARDS, type DashboardSpec, type PanelSpec, type PanelType, VARIABLES } from './grafana-panels.ts'

const DIRECTORY = join(import.meta.dirname, '../deploy/grafana/dashboards')
const DATA_SOURCE = { type: 'grafana-clickhouse-datasource', uid: 'hanzo-insights' }
const PLUGIN_VERSION = '4.0.0'
/** The plugin's numbers for the shape of an answer. */
const FORMATS: Readonly<Record<PanelType, { format: number; queryType: string }>> = {
  timeseries: { format: 0, queryType: 'timeseries' },
  table: { format: 1, queryType: 'table' },
  stat: { format: 1, queryType: 'table' },
  traces: { format: 3, queryType: 'traces' },
}
const HEIGHTS: Readonly<Record<PanelType, number>> = { stat: 4, timeseries: 8, table: 9, traces: 14 }

function optionsOf({ type }: PanelSpec): object {
  if (type === 'stat')
    return { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, colorMode: 'none' }
  if (type === 'timeseries')
    return {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    }
  return {}
}

function fieldsOf({ type, unit, units = {}, stacked }: PanelSpec): object {
  const custom =
    type === 'timeseries' ? { fillOpacity: stacked ? 30 : 10, stacking: { mode: stacked ? 'normal' : 'none' } } : {}
  const toTrace = {
    matcher: { id: 'byName', options: 'trace_id' },
    properties: [
      {
        id: 'links',
        value: [
          {
            title: 'Show this trace',
            url: `/d/hanzo-insights-calls?\${project:queryparam}&var-trace_id=\${__value.text}&\${__url_time_range}`,
          },
        ],
      },
    ],
  }
  const named = Object.entries(units).map(([name, value]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'unit', value }],
  }))
  return {
    defaults: { ...(unit ? { unit } : {}), custom },
    overrides: type === 'table' ? [...named, toTrace] : [],
  }
}

function panelOf(spec: PanelSpec, id: number, at: { x: number; y: number }): object {
  return {
    id,
    title: spec.title,
    type: spec.type,
    ...(spec.description ? { description: spec.description } : {}),
    datasource: DATA_SOURCE,
    gridPos: { ...at, w: spec.width, h: HEIGHTS[spec.type] },
    fieldConfig: fieldsOf(spec),
    options: optionsOf(spec),
    targets: [
      {
        refId: 'A',
        datasource: DATA_SOURCE,
        editorType: 'sql',
        pluginVersion: PLUGIN_VERSION,
        ...FORMATS[spec.type],
        rawSql: spec.sql,
      },
    ],
  }
}

function placed(specs: readonly PanelSpec[]): object[] {
  let [x, y, rowHeight] = [0, 0, 0]
  return specs.map((spec, i) => {
    if (x + spec.width > 24) [x, y, rowHeight] = [0, y + rowHeight, 0]
    const panel = panelOf(spec, i + 1, { x, y })
    x += spec.width
    rowHeight = Math.max(rowHeight, HEIGHTS[spec.type])
    return panel
  })
}

function variableOf(name: string): object {
  const spec = VARIABLES[name]
  if (!spec) throw new RangeError(`no variable ${name}`)
  return {
    name,
    type: 'query',
    datasource: DATA_SOURCE,
    query: { editorType: 'sql', pluginVersion: PLUGIN_VERSION, rawSql: spec.sql },
    refresh: 2,
    includeAll: spec.all,
    multi: spec.all,
    ...(spec.all ? { current: { text: ['All'], value: ['$__all'] } } : {}),
  }
}

export function toDashboard({ uid, title, description, variables, panels }: DashboardSpec): object {
  const typed = panels.some(({ type }) => type === 'traces') ? [{ name: 'trace_id', type: 'textbox' }] : []
  return {
    uid,
    title,
    description,
    tags: ['hanzo-insights', 'llm'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    links: [
      { type: 'dashboards', tags: ['hanzo-insights'], title: 'Hanzo Insights', keepTime: true, includeVars: true },
    ],
    templating: { list: [...variables.map(variableOf), ...typed] },
    panels: placed(panels),
  }
}

const fileOf = ({ uid }: DashboardSpec): string => join(DIRECTORY, `${uid.replace('hanzo-insights-', '')}.json`)
const textOf = (spec: DashboardSpec): string => `${JSON.stringify(toDashboard(spec), undefined, 2)}\n`

/** Files that are not what would be written. */
export const staleDashboards = (): string[] =>
  DASHBOARDS.filter((spec) => readFileSync(fileOf(spec), 'utf8') !== textOf(spec)).map(fileOf)

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const stale = staleDashboards()
    for (const file of stale) console.error(`${file} is not what scripts/grafana.ts writes`)
    process.exitCode = stale.length === 0 ? 0 : 1
  } else {
    mkdirSync(DIRECTORY, { recursive: true })
    for (const spec of DASHBOARDS) writeFileSync(fileOf(spec), textOf(spec))
  }
}
