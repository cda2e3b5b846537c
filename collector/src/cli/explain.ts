// `insights explain TRACE/SPAN | --file FILE | --unmapped`: how a span became its row, what pasted spans would become, and what no rule knows.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { InsightsError } from '../telemetry/errors.ts'
import { type Api, withApi, withRunningApi } from './api-client.ts'
import type { CommandCall } from './command-call.ts'
import type { Define } from './define.ts'
import { explainedSpan, explainedText } from './explain-text.ts'
import { EXIT } from './output.ts'
import { addSettings } from './settings.ts'
import { table } from './table.ts'

interface ExplainFlags {
  readonly file?: string
  readonly unmapped?: boolean
  readonly from: string
  readonly limit: string
  readonly project?: string
}

export function addExplain(program: Command, define: Define): void {
  const explain = define(program, {
    name: 'explain [trace/span]',
    summary:
      'Which dialect and key told each field of a span, which rule settled its tokens, and the sum behind its cost.',
    examples: [
      'explain 4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba902b7',
      'explain --file span.json --json   # OTLP/JSON, - for stdin; nothing is stored, no collector is needed',
    ],
    run: runExplain,
  })
    .option('--file <path>', 'explain the spans of an OTLP/JSON file; - reads stdin')
    .option('--unmapped', 'list attribute keys that no rule knows')
    .option('--from <time>', 'with --unmapped: start of the range', 'now-7d')
    .option('--limit <number>', 'with --unmapped: how many keys', '100')
    .option('--project <name>', 'whose span (default: of the first of api_keys)')
    .option('--api-key <key>', 'key to show (default: INSIGHTS_API_KEY, else of the project in api_keys)')
  addSettings(explain, { listed: false })
}

async function runExplain(call: CommandCall): Promise<number> {
  const [span] = call.command.args
  const { file, unmapped } = call.command.opts<ExplainFlags>()
  const asked = [span, file, unmapped].filter((one) => one !== undefined)
  if (asked.length !== 1) {
    call.output.fail('cannot explain: name one of TRACE/SPAN, --file and --unmapped')
    return EXIT.usage
  }
  if (file !== undefined) return explainFile(call, file)
  return span === undefined ? listUnmapped(call) : explainSpan(call, span)
}

function explainSpan(call: CommandCall, span: string): Promise<number> | number {
  const [trace, id] = span.split('/')
  if (!/^[0-9a-f-]{32,36}$/i.test(trace ?? '') || !/^[0-9a-f]{16}$/i.test(id ?? '')) {
    call.output.fail(`cannot explain ${span}: it is no TRACE_ID/SPAN_ID, 32 and 16 hex digits`)
    return EXIT.usage
  }
  return withApi(call, async (api) => {
    const answer = await api.call('GET', `/api/v1/explain/${trace}/${id}`)
    call.output.result(answer, explainedText(explainedSpan.parse(answer)))
    return EXIT.ok
  })
}

const MAX_BYTES = 2 ** 20
const pasted = z.object({ data: z.array(explainedSpan) })

async function explainFile(call: CommandCall, file: string): Promise<number> {
  const body = await readBody(call, file)
  if (body.length > MAX_BYTES) return call.output.fail(`cannot explain ${file}: it is larger than ${MAX_BYTES} bytes`)
  // With its prices where a collector runs; without one, by the price list and the prices file.
  const answer = await withRunningApi(call, {
    running: (api: Api) => api.call('POST', '/api/v1/explain', body),
    otherwise: async (config) => {
      const { explainApp } = await call.context.loadApp()
      const { project = config.apiKeys[0]?.project ?? 'default' } = call.command.opts<ExplainFlags>()
      return await explainApp(config, { project, body })
    },
  })
  call.output.result(answer, pasted.parse(answer).data.map(explainedText).join('\n\n\n'))
  return EXIT.ok
}

async function readBody({ context }: CommandCall, file: string): Promise<Uint8Array> {
  if (file === '-') {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of context.stdin()) {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_BYTES) break
    }
    return Buffer.concat(chunks)
  }
  return await readFile(resolve(context.cwd, file)).catch((cause: unknown) => {
    throw new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot read ${file}`, { cause })
  })
}

const unmappedKeys = z.object({
  data: z.array(
    z.looseObject({
      key: z.string(),
      spans: z.number(),
      dialects: z.array(z.string()),
      service_name: z.string().nullable(),
      trace_id: z.string(),
      span_id: z.string(),
    }),
  ),
})

function listUnmapped(call: CommandCall): Promise<number> {
  const { from, limit } = call.command.opts<ExplainFlags>()
  return withApi(call, async (api) => {
    const answer = await api.call('GET', `/api/v1/unmapped?${new URLSearchParams({ from, limit })}`)
    const { data } = unmappedKeys.parse(answer)
    const rows = data.map(({ key, spans, dialects, service_name, trace_id, span_id }) => [
      key,
      String(spans),
      dialects.join(', ') || '-',
      service_name ?? '-',
      `${trace_id}/${span_id}`,
    ])
    const text = table(['KEY', 'SPANS', 'DIALECTS', 'SERVICE', 'LATEST SPAN'], rows)
    call.output.result(data, text || `a rule knows every key since ${from}`)
    return EXIT.ok
  })
}
