// An empty store in; three ways to send, to copy, out. Turns to the traces by itself when the first span arrives.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { newestQuery, useAbout } from '../api/queries.ts'
import type { About } from '../api/rows.ts'
import { getKey } from '../state/key.ts'
import { Snippet } from '../ui/snippet.tsx'

const POLL_MS = 2_000

export function FirstRun() {
  const navigate = useNavigate()
  const about = useAbout()
  const newest = useQuery({ ...newestQuery, refetchInterval: POLL_MS, staleTime: 0 })
  const [wasEmpty, setWasEmpty] = useState(false)
  const isEmpty = newest.data !== undefined && newest.data.newestMs === undefined
  const hasData = newest.data?.newestMs !== undefined
  if (isEmpty && !wasEmpty) setWasEmpty(true)
  useEffect(() => {
    // who comes here to read it again is left alone
    if (wasEmpty && hasData) void navigate({ to: '/traces' })
  }, [wasEmpty, hasData, navigate])
  const doors = about.data?.doors ?? {}
  const http = doors.http ?? 'http://127.0.0.1:4318'
  const withKey = getKey() !== undefined
  return (
    <div className="first-run stack">
      <div>
        <h1>{isEmpty ? 'It runs. Now send a first span' : 'How to send'}</h1>
        <p className="muted">
          {isEmpty ? (
            <>
              <span className="pulse" aria-hidden="true" /> Nothing has arrived yet. This page turns by itself when
              something does.
            </>
          ) : (
            <>
              Data are there already: <Link to="/traces">see the traces</Link>.
            </>
          )}
        </p>
      </div>
      <section className="card stack">
        <h2>At once, from a shell</h2>
        <Snippet label="curl command" text={curl(http, withKey)} />
        <p>
          Or a whole workload of chats, agents and failures: <code>npm run insights -- demo</code>
        </p>
      </section>
      <section className="card stack">
        <h2>1. A span processor, in JavaScript</h2>
        <Snippet label="JavaScript" text={PROCESSOR} />
      </section>
      <section className="card stack">
        <h2>2. The OTLP endpoint, from any language</h2>
        <Snippet label="environment variables" text={endpoint(http, doors, withKey)} />
      </section>
      <section className="card stack">
        <h2>3. A sidecar or one collector for all, in Kubernetes</h2>
        <Snippet
          label="kubectl command"
          text={
            'kubectl apply -f deploy/kubernetes/sidecar.yaml   # beside an app\nkubectl apply -f deploy/kubernetes/gateway.yaml   # one for all apps'
          }
        />
      </section>
      <Doors about={about.data} />
    </div>
  )
}

function Doors({ about }: { about: About | undefined }) {
  if (about === undefined) return null
  const { doors, version } = about
  const rows: [string, string | undefined][] = [
    ['OTLP gRPC', doors.grpc],
    ['OTLP HTTP, Insights events', doors.http],
    ['Query API, this page', location.origin],
    ['ClickHouse HTTP', doors.clickhouse],
  ]
  return (
    <section className="card">
      <h2>What runs here, version {version}</h2>
      <table className="plain-table">
        <tbody>
          {rows.map(([what, where]) =>
            where === undefined ? null : (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>
                  <code>{where}</code>
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <p className="row">
        <a href="/api/openapi.json">The API</a>
        <a href="/readyz">Readiness</a>
        <a href="/metrics">Prometheus metrics</a>
      </p>
    </section>
  )
}

const PROCESSOR = `import { HanzoSpanExporter } from '@hanzo/insights'
import { trace } from '@opentelemetry/api'
import { TracerProvider } from '@opentelemetry/sdk-trace'

// HANZO_HOST and HANZO_API_KEY say where to; without them, http://localhost:4318 and no key.
const provider = new TracerProvider({ spanProcessors: [new HanzoSpanExporter()] })
trace.setGlobalTracerProvider(provider)`

function endpoint(http: string, { grpc }: About['doors'], withKey: boolean): string {
  const lines = [
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${http} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
    ...(grpc === undefined
      ? []
      : [`export OTEL_EXPORTER_OTLP_ENDPOINT=http://${grpc} OTEL_EXPORTER_OTLP_PROTOCOL=grpc   # or this`]),
    ...(withKey ? ["export OTEL_EXPORTER_OTLP_HEADERS='authorization=Bearer%20YOUR_KEY'"] : []),
  ]
  return lines.join('\n')
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const integer = (key: string, intValue: string) => ({ key, value: { intValue } })

function curl(http: string, withKey: boolean): string {
  const span = {
    traceId: '<TRACE>',
    spanId: '<SPAN>',
    name: 'chat gpt-4o-mini',
    kind: 3,
    startTimeUnixNano: '<START>000000000',
    endTimeUnixNano: '<END>000000000',
    attributes: [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.provider.name', 'openai'),
      text('gen_ai.request.model', 'gpt-4o-mini'),
      integer('gen_ai.usage.input_tokens', '1200'),
      integer('gen_ai.usage.output_tokens', '300'),
    ],
  }
  const resource = { attributes: [text('service.name', 'first-span')] }
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
  const shell = body.replace(/<([A-Z]+)>/g, (_, name: string) => `'"${SHELL_VALUES[name]}"'`)
  const key = withKey ? ' -H "authorization: Bearer $INSIGHTS_API_KEY"' : ''
  return `curl -sS ${http}/v1/traces -H 'content-type: application/json'${key} -d '${shell}'`
}

const SHELL_VALUES: Readonly<Record<string, string>> = {
  TRACE: "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')",
  SPAN: "$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')",
  START: '$(($(date +%s) - 2))',
  END: '$(date +%s)',
}
