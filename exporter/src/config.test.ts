import { describe, expect, it } from 'vitest'
import { resolveConfig } from './config.ts'

const everything = {
  HANZO_API_KEY: 'from-hanzo',
  HANZO_HOST: 'https://hanzo.example',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/custom',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otel.example/base/',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-team=search,authorization=Bearer%20from-otel',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-team=all,x-region=eu',
  OTEL_EXPORTER_OTLP_TIMEOUT: '7000',
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '3000',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  OTEL_BSP_MAX_QUEUE_SIZE: '100',
  OTEL_BSP_SCHEDULE_DELAY: '250',
}

describe('resolveConfig', () => {
  it('needs nothing: a collector on this machine, gzip, no key', () => {
    const config = resolveConfig({}, {})
    expect(config).toMatchObject({
      url: 'http://localhost:4318/v1/traces',
      headers: {},
      compression: 'gzip',
      timeoutMs: 10_000,
      maxQueueSize: 2048,
      maxBatchSize: 512,
      problems: [],
    })
  })

  it('takes an option before HANZO_*, and HANZO_* before OTEL_*', () => {
    const written = resolveConfig({ host: 'https://option.example', apiKey: 'from-option' }, everything)
    expect(written.url).toBe('https://option.example/v1/traces')
    expect(written.headers['authorization']).toBe('Bearer from-option')
    const hanzo = resolveConfig({}, everything)
    expect(hanzo.url).toBe('https://hanzo.example/v1/traces')
    expect(hanzo.headers['authorization']).toBe('Bearer from-hanzo')
  })

  it('follows the OTLP rules when only OTEL_* is set', () => {
    const { HANZO_API_KEY, HANZO_HOST, ...otel } = everything
    const config = resolveConfig({}, otel)
    expect(config.url).toBe('https://traces.example/custom')
    expect(config.headers).toEqual({ 'x-team': 'search', 'x-region': 'eu', authorization: 'Bearer from-otel' })
    expect(config).toMatchObject({ timeoutMs: 3000, compression: 'none', maxQueueSize: 100, scheduledDelayMs: 250 })
    const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, ...base } = otel
    expect(resolveConfig({}, base).url).toBe('https://otel.example/base/v1/traces')
  })

  it('does not let a batch be larger than the queue', () => {
    expect(resolveConfig({ maxQueueSize: 10 }, {}).maxBatchSize).toBe(10)
  })

  it.each([
    ['https://x.example/insights', 'https://x.example/insights/v1/traces'],
    ['https://x.example/insights/', 'https://x.example/insights/v1/traces'],
    ['https://x.example/v1/traces', 'https://x.example/v1/traces'],
  ])('adds the signal path to %s once', (host, url) => {
    expect(resolveConfig({ host }, {}).url).toBe(url)
  })

  it.each(['not a url', 'localhost:4318', 'ftp://x.example'])(
    'sends nowhere rather than elsewhere for the host %s',
    (host) => {
      const config = resolveConfig({ host }, everything)
      expect(config.url).toBeUndefined()
      expect(config.problems).toHaveLength(1)
    },
  )

  it('treats an empty variable as unset and names a bad one without its value', () => {
    const config = resolveConfig(
      { headers: { 'x-secret': 'line\nbreak' } },
      { OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_EXPORTER_OTLP_TIMEOUT: 'soon', OTEL_EXPORTER_OTLP_COMPRESSION: 'br' },
    )
    expect(config).toMatchObject({ url: 'http://localhost:4318/v1/traces', timeoutMs: 10_000, compression: 'gzip' })
    expect(config.headers).toEqual({})
    expect(config.problems).toHaveLength(3)
    expect(config.problems.join()).not.toContain('break')
  })

  it('trims a key that was pasted with a line break', () => {
    expect(resolveConfig({ apiKey: ' hz_1\n' }, {}).headers).toEqual({ authorization: 'Bearer hz_1' })
  })

  it('points at the port when the host is the gRPC door', () => {
    expect(resolveConfig({ host: 'http://localhost:4317' }, {}).problems[0]).toContain('gRPC')
  })
})
