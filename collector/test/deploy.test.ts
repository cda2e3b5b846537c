// The files under deploy/ against the code: ports, variables, probes, columns and rights that can be checked without a cluster.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import manifestOfPackage from '../package.json' with { type: 'json' }
import { CONFIG_KEYS } from '../src/config/keys.ts'
import { loadConfig } from '../src/config/load.ts'
import { createQueryApp } from '../src/query/create-query-app.ts'
import { OPEN_VIEWS, VIEWS_OF_DAYS } from '../src/query/sql/views.ts'
import { splitStatements } from '../src/store/sql.ts'
import { startTestStore } from '../src/store/store.fixture.ts'
import { systemClock } from '../src/telemetry/clock.ts'
import { createLog } from '../src/telemetry/log.ts'
import { createMetrics } from '../src/telemetry/metrics.ts'

const DEPLOY = join(import.meta.dirname, '../../deploy')
const SRC = join(import.meta.dirname, '../src')
const read = (path: string): string => readFileSync(join(DEPLOY, path), 'utf8')

/** Door -> port, as the configuration defaults have it. */
const PORTS = new Map(
  CONFIG_KEYS.filter(({ path }) => path.endsWith('_listen')).map(({ env, fallback }) => [env, portOf(fallback ?? '')]),
)
const ENGINE = 'INSIGHTS_ENGINE_LISTEN'
/** Ports that others than this machine may reach; the engine's has a password, but no key of a project. */
const WIDE_PORTS = [...PORTS].filter(([name]) => name !== ENGINE).map(([, number]) => number)
const IMAGE = `hanzo/insights-collector:${manifestOfPackage.version}`
const VARIABLES = new Set(CONFIG_KEYS.map(({ env }) => env))

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1))
}

/** Loads `variables` as the collector would; throws where it would refuse to start. */
const configOf = (variables: Record<string, string>) => loadConfig({ env: variables, cwd: import.meta.dirname }).config

const port = z.union([z.number(), z.string()])
const probe = z.object({ httpGet: z.object({ path: z.string(), port }) })
const security = z.object({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
})
const container = z.object({
  name: z.string(),
  image: z.string(),
  restartPolicy: z.string().optional(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.unknown().optional() })),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: z
    .object({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) })
    .optional(),
  securityContext: security.optional(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
})
const workload = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        automountServiceAccountToken: z.boolean(),
        terminationGracePeriodSeconds: z.number(),
        securityContext: security.optional(),
        initContainers: z.array(container).default([]),
        containers: z.array(container),
        volumes: z.array(z.object({ name: z.string() })).default([]),
      }),
    }),
    volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })).default([]),
  }),
})
const service = z.object({
  spec: z.object({
    selector: z.record(z.string(), z.string()),
    ports: z.array(z.strictObject({ name: z.string(), port: z.number() })),
  }),
})

function manifest(path: string) {
  const documents = parseAllDocuments(read(path)).map((document): unknown => document.toJS())
  const ofKind = (...kinds: string[]): unknown =>
    documents.find((one) => kinds.includes(z.object({ kind: z.string() }).parse(one).kind))
  const { spec } = workload.parse(ofKind('StatefulSet', 'Deployment'))
  const pod = spec.template.spec
  const insights = [...pod.initContainers, ...pod.containers].find(({ name }) => name === 'insights')
  if (insights === undefined) throw new Error(`no collector in ${path}`)
  return { spec, pod, insights, service: ofKind('Service') }
}

/** Instructions of the image's last stage, continued lines joined. */
function dockerfile(): { name: string; text: string }[] {
  const lines = read('docker/Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  const all = lines.filter((line) => line !== '').map((line) => ({ name: line.split(' ')[0] ?? '', text: line }))
  return all.slice(all.findLastIndex(({ name }) => name === 'FROM'))
}

function imageEnv(): Record<string, string> {
  const text = dockerfile()
    .filter(({ name }) => name === 'ENV')
    .map((line) => line.text)
    .join(' ')
  return Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
}

async function statusOf(path: string): Promise<number> {
  const app = createQueryApp({
    select: async () => [],
    auth: () => undefined,
    health: () => ({ live: true, ready: true, checks: {} }),
    metrics: createMetrics(),
    log: createLog('silent'),
    clock: systemClock,
    version: '0',
  })
  return (await app.request(path)).status
}

describe('the image', () => {
  it('runs as a user that is not root, who owns the volume', () => {
    const texts = dockerfile().map(({ text }) => text)
    expect(texts).toContain('USER node')
    expect(texts).toContain('VOLUME /data')
    expect(imageEnv()['INSIGHTS_DATA_DIR']).toBe('/data')
    expect(texts).toContain('RUN mkdir /data && chown node:node /data')
  })

  it('opens the default ports, all but that of the engine on every address, and says which', () => {
    const env = imageEnv()
    for (const [name, number] of PORTS) {
      expect([name, env[name]]).toEqual([name, `${name === ENGINE ? '127.0.0.1' : '0.0.0.0'}:${number}`])
    }
    const exposed = dockerfile().find(({ name }) => name === 'EXPOSE')
    expect(exposed?.text.split(' ').slice(1).map(Number)).toEqual(WIDE_PORTS)
  })

  it('refuses to start without keys, and starts with them', () => {
    expect(() => configOf(imageEnv())).toThrow('without keys')
    expect(configOf({ ...imageEnv(), INSIGHTS_API_KEYS: 'shop:0123456789abcdef' }).auth).toBe('keys')
  })

  it('asks for its health where the API answers', async () => {
    const health = dockerfile().find(({ name }) => name === 'HEALTHCHECK')?.text ?? ''
    const [, number, path = ''] = /127\.0\.0\.1:(\d+)(\/\w+)/.exec(health) ?? []
    expect(Number(number)).toBe(PORTS.get('INSIGHTS_API_LISTEN'))
    expect(await statusOf(path)).toBe(200)
  })

  it('copies folders that are there', () => {
    const sources = [...read('docker/Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    expect(sources.length).toBeGreaterThan(5)
    for (const source of sources) {
      const parent = join(DEPLOY, '..', source, '..')
      expect(readdirSync(parent)).toContain(source.split('/').at(-1))
    }
  })
})

describe('compose', () => {
  const file = z
    .object({
      services: z.record(
        z.string(),
        z.object({
          image: z.string(),
          environment: z.record(z.string(), z.string()),
          ports: z.array(z.string()).default([]),
          volumes: z.array(z.string()),
          profiles: z.array(z.string()).default([]),
          read_only: z.boolean().default(false),
        }),
      ),
      volumes: z.record(z.string(), z.unknown()),
    })
    .parse(parse(read('docker/compose.yaml')))
  const { insights, clickhouse } = file.services

  it('runs the image of this version, publishes what it exposes on loopback, and insists on keys', () => {
    expect(insights?.image).toBe(IMAGE)
    expect(insights?.ports).toEqual(WIDE_PORTS.map((number) => `127.0.0.1:${number}:${number}`))
    expect(insights?.environment['INSIGHTS_API_KEYS']).toMatch(/^\$\{INSIGHTS_API_KEYS:\?/)
  })

  it('knows every variable, and keeps the data in a volume beside a root that is read-only', () => {
    for (const name of Object.keys(insights?.environment ?? {})) expect(VARIABLES).toContain(name)
    expect(insights).toMatchObject({ read_only: true, volumes: ['data:/data'] })
    expect(Object.keys(file.volumes)).toContain('data')
  })

  it('starts a ClickHouse server only when asked to, under a URL that the collector takes', () => {
    expect(clickhouse).toMatchObject({ profiles: ['clickhouse'] })
    const url = /INSIGHTS_CLICKHOUSE_URL=(\S+)/.exec(read('docker/compose.yaml'))?.[1] ?? ''
    const config = configOf({ ...imageEnv(), INSIGHTS_AUTH: 'none', INSIGHTS_CLICKHOUSE_URL: url }).clickhouse
    const { CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = clickhouse?.environment ?? {}
    expect([config.url, config.username]).toEqual(['http://clickhouse:8123', CLICKHOUSE_USER])
    expect(config.password?.reveal()).toBe(CLICKHOUSE_PASSWORD)
  })
})

describe.each(['gateway', 'sidecar'])('kubernetes/%s.yaml', (name) => {
  const { spec, pod, insights, service: found } = manifest(`kubernetes/${name}.yaml`)

  it('sets variables that the configuration knows, to values that it takes', () => {
    // A secret's value, and one made of it, is not in the file.
    const secrets: Record<string, string> = {
      INSIGHTS_API_KEYS: 'shop:0123456789abcdef',
      INSIGHTS_CLICKHOUSE_URL: 'http://clickhouse:8123',
    }
    const own = insights.env.filter((one) => one.name.startsWith('INSIGHTS_'))
    for (const one of own) expect(VARIABLES).toContain(one.name)
    const values = own.map((one) => [one.name, secrets[one.name] ?? one.value ?? 'secret'])
    expect(configOf({ ...imageEnv(), ...Object.fromEntries(values) }).auth).toBe('keys')
  })

  it('probes paths that answer, on a port that is open beyond loopback', async () => {
    const probes = [insights.startupProbe, insights.livenessProbe, insights.readinessProbe]
    for (const one of probes) {
      const port = insights.ports.find((open) => open.name === one?.httpGet.port)
      expect(port?.containerPort).toBe(PORTS.get('INSIGHTS_API_LISTEN'))
      expect(await statusOf(one?.httpGet.path ?? '')).toBe(200)
    }
    const listen = insights.env.find((one) => one.name === 'INSIGHTS_API_LISTEN')?.value
    expect(listen ?? imageEnv()['INSIGHTS_API_LISTEN']).toBe('0.0.0.0:4320')
  })

  it('runs the image of this version with no more rights than needed', () => {
    expect(insights.image).toBe(IMAGE)
    expect({ ...pod.securityContext, ...insights.securityContext }).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(insights.resources?.limits['memory']).toBeDefined()
  })

  it('mounts volumes that it defines, the data directory among them', () => {
    const defined = [...pod.volumes, ...spec.volumeClaimTemplates.map(({ metadata }) => metadata)].map(
      (one) => one.name,
    )
    for (const mount of insights.volumeMounts) expect(defined).toContain(mount.name)
    expect(insights.volumeMounts.map(({ mountPath }) => mountPath)).toContain(imageEnv()['INSIGHTS_DATA_DIR'])
  })

  it('selects its own pods, and leaves them time to stop', () => {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels)
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(45)
    if (found === undefined) return
    const { selector, ports } = service.parse(found).spec
    expect(spec.template.metadata.labels).toMatchObject(selector)
    // No service says another target, so its port is the container's.
    const open = new Map(insights.ports.map(({ name: door, containerPort }) => [door, containerPort]))
    for (const one of ports) expect([one.name, one.port]).toEqual([one.name, open.get(one.name)])
    expect(ports.map((one) => one.port)).toEqual(WIDE_PORTS)
  })
})

it('the sidecar is a native one, and the app sends to its loopback door', () => {
  const { pod, insights } = manifest('kubernetes/sidecar.yaml')
  expect(insights.restartPolicy).toBe('Always')
  expect(pod.initContainers).toContain(insights)
  const door = insights.env.find((one) => one.name === 'INSIGHTS_HTTP_LISTEN')?.value
  const endpoint = pod.containers[0]?.env.find((one) => one.name === 'OTEL_EXPORTER_OTLP_ENDPOINT')?.value
  expect(endpoint?.replace('localhost', '127.0.0.1')).toBe(`http://${door}`)
})

describe('the Helm chart', () => {
  const CHART = join(DEPLOY, 'helm/hanzo-insights')
  const texts = readdirSync(join(CHART, 'templates')).map((name) =>
    readFileSync(join(CHART, 'templates', name), 'utf8'),
  )
  const all = texts.join('\n')

  it('is of the version of the collector, and its image too', () => {
    const chart = z
      .object({ version: z.string(), appVersion: z.string() })
      .parse(parse(read('helm/hanzo-insights/Chart.yaml')))
    expect([chart.version, chart.appVersion]).toEqual([manifestOfPackage.version, manifestOfPackage.version])
  })

  it('sets variables that the configuration has, and has a value for each name that it asks for', () => {
    for (const [name] of all.matchAll(/INSIGHTS_[A-Z_]+/g)) expect(VARIABLES).toContain(name)
    const values: unknown = parse(read('helm/hanzo-insights/values.yaml'))
    const has = (path: string): boolean =>
      path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values) !==
      undefined
    for (const [, path] of all.matchAll(/\.Values\.([\w.]+)/g)) expect([path, has(path ?? '')]).toEqual([path, true])
  })

  it('opens the ports of the doors and no other', () => {
    const ports = [...all.matchAll(/(?:containerPort|port): (\d+)/g)].map(([, number]) => Number(number))
    expect(new Set(ports)).toEqual(new Set(WIDE_PORTS))
  })
})

it('Grafana reads columns that the view has, from the engine door', () => {
  const { datasources } = z
    .object({
      datasources: z.tuple([
        z.object({
          jsonData: z.object({
            port: z.number(),
            defaultDatabase: z.string(),
            traces: z.record(z.string(), z.union([z.string(), z.boolean()])),
          }),
        }),
      ]),
    })
    .parse(parse(read('grafana/datasource.yaml')))
  const { port: number, defaultDatabase, traces } = datasources[0].jsonData
  expect(number).toBe(PORTS.get('INSIGHTS_ENGINE_LISTEN'))
  expect(defaultDatabase).toBe(CONFIG_KEYS.find(({ path }) => path === 'clickhouse.database')?.fallback)
  const view = readFileSync(join(DEPLOY, `../collector/src/store/views/${traces['defaultTable']}.sql`), 'utf8')
  const columns = Object.entries(traces).filter(([key]) => key.endsWith('Column'))
  expect(columns.length).toBeGreaterThan(8)
  for (const [, column] of columns) expect(view).toMatch(new RegExp(` AS ${column}\\b`))
})

describe('the SQL user of a server', () => {
  const text = read('clickhouse/sql-user.sql')
  const statements = splitStatements(text)
  const granted = new Set([...text.matchAll(/^GRANT SELECT ON insights\.(\w+) TO/gm)].map(([, name]) => name))
  const held = new Set(
    [...text.matchAll(/ROW POLICY .* ON insights\.(\w+) USING project_id = getSetting/g)].map(([, name]) => name),
  )

  it('is made by statements that ClickHouse understands', async () => {
    const test = await startTestStore()
    try {
      const sql = 'SELECT formatQuerySingleLine(arrayJoin({statements:Array(String)})) AS text'
      const rows = await test.store.select<{ text: string }>(sql, { statements })
      expect(rows.map((row) => row.text.split(' ')[0])).toEqual(statements.map((one) => /^[A-Z]+/m.exec(one)?.[0]))
    } finally {
      await test.stop()
    }
  })

  it('may read each open view and what is below it, and every table that it may read has a policy', () => {
    const needed = new Set<string>()
    const views = new Map<string, string>()
    for (const file of readdirSync(join(SRC, 'store/views')))
      views.set(file.replace('.sql', ''), readFileSync(join(SRC, 'store/views', file), 'utf8').replace(/^--.*$/gm, ''))
    const visit = (name: string): void => {
      needed.add(name)
      const sql = views.get(name)?.replace(/^.*? AS$/ms, '') ?? ''
      for (const [, view, table] of sql.matchAll(/\{database\}\.(\w+)|(?:FROM|JOIN) \{(?!database)(\w+)\}/g)) {
        const next = view ?? table
        if (next !== undefined && !needed.has(next)) visit(next)
      }
    }
    for (const view of [...OPEN_VIEWS, ...VIEWS_OF_DAYS]) visit(view)
    expect([...granted].sort()).toEqual([...needed].sort())
    const tables = [...granted].filter((name) => name !== undefined && !views.has(name))
    expect([...held].sort()).toEqual(tables.sort())
  })
})
