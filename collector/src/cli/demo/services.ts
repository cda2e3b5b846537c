// A service and an environment in, its tracer out: one provider each, as if each ran in a process of its own.
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Scenario } from './scenario.ts'

export type TracerOf = (scenario: Scenario, environment: string) => ReturnType<TracerProvider['getTracer']>

/** @param processor shared by all providers, so that one flush sends everything. */
export function createServices(processor: SpanProcessor): TracerOf {
  const providers = new Map<string, TracerProvider>()
  return ({ service, version, scope }, environment) => {
    const key = `${service}/${environment}`
    const provider = providers.get(key) ?? createProvider(processor, { service, version, environment })
    providers.set(key, provider)
    return provider.getTracer(scope, version)
  }
}

function createProvider(
  processor: SpanProcessor,
  from: { service: string; version: string; environment: string },
): TracerProvider {
  const resource = resourceFromAttributes({
    'service.name': from.service,
    'service.version': from.version,
    'service.instance.id': `${from.service}-${from.environment}-1`,
    'deployment.environment.name': from.environment,
  })
  return new TracerProvider({ resource: defaultResource().merge(resource), spanProcessors: [processor] })
}
