// What runs here and its figures in; one static HTML page out, which asks no other server for anything.
import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Json, Row } from './column.ts'
import type { Doors } from './deps.ts'

export interface HomePage {
  version: string
  /** Where the browser found this page. */
  origin: string
  doors: Doors
  /** Metric name -> its figures; undefined = the caller showed no key. */
  figures: ReadonlyMap<string, Row> | 'unavailable' | undefined
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); vertical-align: top; }
td { font-variant-numeric: tabular-nums; }
pre { padding: .75rem; overflow-x: auto; border: 1px solid color-mix(in srgb, currentcolor 25%, transparent); user-select: all; }
`

/** The hash allows this style sheet and nothing else. */
export const HOME_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export function renderHome({ version, origin, doors, figures }: HomePage) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hanzo Insights</title><style>${raw(STYLE)}</style></head>
<body>
<h1>Hanzo Insights</h1>
<p>LLM analytics collector, version ${version}.</p>
<h2>Last 24 hours</h2>
${figuresPart(figures, doors)}
<h2>What runs here</h2>
<table>
${doorRows(doors, origin).map(([what, where]) => html`<tr><th scope="row">${what}</th><td><code>${where}</code></td></tr>`)}
</table>
<h2>Read it</h2>
<ul>
<li><a href="/api/openapi.json">OpenAPI description</a></li>
<li><a href="/api/v1/traces">Traces</a>, <a href="/api/v1/generations">generations</a>, <a href="/api/v1/sessions">sessions</a>,
<a href="/api/v1/users">users</a>, <a href="/api/v1/scores">scores</a></li>
<li><a href="/api/v1/metrics/cost?group_by=model&amp;interval=1h">Cost by model and hour</a></li>
<li><a href="/readyz">Readiness</a>, <a href="/metrics">Prometheus metrics</a></li>
</ul>
</body>
</html>`
}

const doorRows = ({ grpc, http, clickhouse }: Doors, origin: string): [string, string][] => [
  ['OTLP gRPC', grpc ?? '127.0.0.1:4317'],
  ['OTLP HTTP, Insights events', http ?? 'http://127.0.0.1:4318'],
  ['Query API, this page', origin],
  ...(clickhouse === undefined ? [] : [['ClickHouse HTTP', clickhouse] satisfies [string, string]]),
]

function figuresPart(figures: HomePage['figures'], doors: Doors) {
  if (figures === undefined)
    return html`<p>Keys are set, so figures are shown to the API's callers alone: send <code>Authorization: Bearer …</code>.</p>`
  if (figures === 'unavailable')
    return html`<p>The store does not answer now; see <a href="/readyz">readiness</a>. Accepted spans wait in the journal.</p>`
  if (figures.get('total_traces')?.['traces'] === 0) return firstSpan(doors)
  return html`<table>${figureRows(figures).map(([what, value]) => html`<tr><th scope="row">${what}</th><td>${value}</td></tr>`)}</table>`
}

function figureRows(figures: ReadonlyMap<string, Row>): [string, string][] {
  const of = (metric: string, figure: string): Json => figures.get(metric)?.[figure] ?? null
  const tokens = `${number(of('token_usage', 'input_tokens'))} in, ${number(of('token_usage', 'output_tokens'))} out, ${number(of('token_usage', 'reasoning_tokens'))} reasoning`
  return [
    ['Total traces', number(of('total_traces', 'traces'))],
    [
      'Latency p50, p95, p99',
      ['p50_ms', 'p95_ms', 'p99_ms'].map((name) => milliseconds(of('latency', name))).join(', '),
    ],
    [
      'First token p50, p95, p99',
      ['ttft_p50_ms', 'ttft_p95_ms', 'ttft_p99_ms'].map((name) => milliseconds(of('latency', name))).join(', '),
    ],
    ['Tokens', tokens],
    [
      'Cost',
      `${dollars(of('cost', 'cost_usd'))}; a price is known for ${percent(of('cost', 'priced_share'))} of tokens`,
    ],
    [
      'Error rate',
      `${percent(of('error_rate', 'error_rate'))} (${number(of('error_rate', 'errors'))} of ${number(of('error_rate', 'calls'))} calls)`,
    ],
    [
      'Cache hit rate',
      `${percent(of('cache_hit_rate', 'cache_hit_rate'))} of input tokens; saved ${dollars(of('cache_hit_rate', 'savings_net_usd'))} net`,
    ],
  ]
}

const UNKNOWN = 'unknown'
const number = (value: Json): string => (typeof value === 'number' ? value.toLocaleString('en-US') : UNKNOWN)
const milliseconds = (value: Json): string =>
  typeof value === 'number' ? `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ms` : UNKNOWN
const percent = (value: Json): string =>
  typeof value === 'number' ? `${(value * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %` : UNKNOWN
// As stored: rounding would show $0.00 for what is not nothing.
const dollars = (value: Json): string => (typeof value === 'string' ? `$${value}` : UNKNOWN)

function firstSpan({ http }: Doors) {
  const curl = `curl -sS ${http ?? 'http://127.0.0.1:4318'}/v1/traces -H 'content-type: application/json' -d '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"first-span"}}]},"scopeSpans":[{"spans":[{"traceId":"'$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')'","spanId":"'$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')'","name":"chat gpt-4o-mini","kind":3,"startTimeUnixNano":"'$(($(date +%s) - 1))'000000000","endTimeUnixNano":"'$(date +%s)'000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o-mini"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"12"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}}]}]}]}]}'`
  return html`<p>No trace has started in the last 24 hours. Send one from a shell, then reload:</p><pre>${curl}</pre>`
}
