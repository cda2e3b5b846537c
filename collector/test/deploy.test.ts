// The deployment files against the collector that they deploy: ports, variables, probes, users.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const configDocs = read('docs/config.md')

const FILES = [
  'deploy/docker/Dockerfile',
  'deploy/docker/compose.yaml',
  'deploy/kubernetes/sidecar.yaml',
  'deploy/kubernetes/gateway.yaml',
  'README.md',
  'docs/operations.md',
  'docs/pricing.md',
]

it.each(FILES)('%s names only variables that the collector knows', (file) => {
  const names = [...read(file).matchAll(/INSIGHTS_[A-Z]+(?:_[A-Z]+)*(?!\w|\*)/g)].map(([name]) => name)
  const known = (name: string): boolean => configDocs.includes(`\`${name}\``) || name === 'INSIGHTS_ENGINE_PASSWORD'
  expect(names.filter((name) => !known(name) && !read('docs/errors.md').includes(name))).toEqual([])
})

interface Container {
  name: string
  env?: { name: string; value?: string }[]
  livenessProbe?: { httpGet: { path: string } }
  readinessProbe?: { httpGet: { path: string } }
  securityContext?: { runAsNonRoot: boolean; readOnlyRootFilesystem: boolean }
}

interface Pod {
  containers: Container[]
  initContainers?: Container[]
}

describe.each(['sidecar', 'gateway'])('kubernetes/%s.yaml', (name) => {
  const documents = parseAllDocuments(read(`deploy/kubernetes/${name}.yaml`))
  const workload = documents
    .map((one) => one.toJS() as { kind: string; spec: { template: { spec: Pod } } })
    .find(({ kind }) => kind !== 'Service')
  if (!workload) throw new Error(`${name}.yaml has no workload`)
  const pod = workload.spec.template.spec
  const collector = [...(pod.initContainers ?? []), ...pod.containers].find((one) => one.name === 'insights')

  it('parses, and probes what the collector answers', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    expect(collector?.livenessProbe?.httpGet.path).toBe('/livez')
    expect(collector?.readinessProbe?.httpGet.path).toBe('/readyz')
  })

  it('runs without root, on a read-only root file system, and never listens wide without keys', () => {
    expect(collector?.securityContext).toMatchObject({ runAsNonRoot: true, readOnlyRootFilesystem: true })
    const env = new Map(collector?.env?.map((one) => [one.name, one.value]))
    const isWide = [...env.values()].some((value) => value?.startsWith('0.0.0.0:'))
    expect(isWide).toBe(true)
    expect(env.has('INSIGHTS_API_KEYS')).toBe(true)
  })
})

it('the image runs without root and exposes the default ports of the doors', () => {
  const file = read('deploy/docker/Dockerfile')
  expect(file).toMatch(/^USER node$/m)
  expect(file).toMatch(/^EXPOSE 4317 4318 4320$/m)
})

it('every error code has its line in docs/errors.md', () => {
  const codes = [...read('collector/src/telemetry/errors.ts').matchAll(/^ {2}(INSIGHTS_\w+):/gm)].map(
    ([, code]) => code ?? '',
  )
  expect(codes.length).toBeGreaterThan(10)
  expect(codes.filter((code) => !read('docs/errors.md').includes(`\`${code}\``))).toEqual([])
})
