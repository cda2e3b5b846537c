// The configuration in, the language that spans leave in and where requests go out.
import type { ExporterConfig } from '../config.ts'
import type { SenderConfig } from '../send.ts'
import { otlpProtocol } from './otlp.ts'
import type { Protocol } from './protocol.ts'

export interface Chosen {
  /** The event wire needs the tables of semconv, which are loaded only then. */
  readonly chosen: Protocol | Promise<Protocol>
  readonly spans: SenderConfig
  readonly events: SenderConfig
}

export function protocolOf(config: ExporterConfig): Chosen {
  const { headers, compression, timeoutMs, retryForMs, extraResource, apiKey } = config
  const common = { headers, compression, timeoutMs, retryForMs }
  const events = { ...common, url: config.eventsUrl, contentType: 'application/json', isKeyInBody: true }
  if (config.protocol === 'otlp') {
    const spans = { ...common, url: config.url, contentType: 'application/x-protobuf', isKeyInBody: false }
    return { chosen: otlpProtocol(extraResource), spans, events }
  }
  const chosen = import('./insights.ts')
    .then((module): Protocol => module.insightsProtocol({ apiKey, extra: extraResource }))
    .catch(missing)
  return { chosen, spans: events, events }
}

/** A bundle without its other file: every span is counted as lost, with the reason. */
function missing(error: unknown): Protocol {
  const fail = (): never => {
    throw new Error(`cannot load the Insights protocol: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { openBatch: fail }
}
