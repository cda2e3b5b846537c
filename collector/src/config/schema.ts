// One schema: the types, the docs, the JSON schema, the variables and the flags are all made from it.
import { z } from 'zod'
import * as kinds from './kinds.ts'
import * as lists from './lists.ts'
import type { Secret } from './secret.ts'

// The default is written as a user would write it, so docs and JSON schema show that.
const key = <T>(kind: kinds.Kind<T>, fallback: string | number, description: string) =>
  kind.schema.prefault(fallback).meta(about(kind, description))

const optional = <T>(kind: kinds.Kind<T>, description: string) => kind.schema.optional().meta(about(kind, description))

const group = <Shape extends z.ZodRawShape>(description: string, shape: Shape) =>
  z
    .strictObject(shape)
    .prefault(() => ({}) as never)
    .meta({ description })

function about(kind: kinds.Kind<unknown>, description: string) {
  return { description, format: kind.format, ...(kind.secret ? { writeOnly: true } : {}) }
}

const MAX_DAYS = 36_500
const MAX_COUNT = 10 ** 14

export const configSchema = z.strictObject({
  data_dir: key(
    kinds.path(),
    '.insights',
    'Journal, embedded engine and local state live here; one collector per directory.',
  ),
  grpc_listen: key(kinds.listen(), '127.0.0.1:4317', 'OTLP over gRPC.'),
  http_listen: key(
    kinds.listen(),
    '127.0.0.1:4318',
    'OTLP over HTTP and the Insights event wire; without TLS also OTLP over gRPC, when grpc_listen is not off.',
  ),
  http_prefixes: key(
    lists.pathPrefixes(),
    '/api/public/otel',
    'Where /v1/traces, /v1/logs and /v1/metrics are found too, for senders whose path is fixed.',
  ),
  api_listen: key(kinds.listen(), '127.0.0.1:4320', 'Query API, dashboard, /livez, /readyz, /metrics.'),
  engine_listen: key(kinds.listen(), '127.0.0.1:4323', 'ClickHouse HTTP interface of the embedded engine.'),
  auth: optional(
    kinds.oneOf('keys', 'none'),
    'keys: every request shows a key, one of api_keys or of insights keys create; none: nobody has to. Unset: keys when api_keys is set. Listening beyond loopback without keys needs an explicit none.',
  ),
  api_keys: key(
    kinds.apiKeys(),
    '',
    'Keys that need no create, each for one project, to send and read: project:key pairs, or a map of project to key(s). project/ingest:key, project/read+admin:key say what else one is for.',
  ),
  metrics_key: optional(
    kinds.secretText(),
    'What a reader of /metrics shows to see them by project; where keys are asked for, others see sums over all projects.',
  ),
  cors_origins: key(
    lists.origins(),
    '',
    'Origins of web pages that may call the HTTP door and the API, or *. Pages with a public key need none: their origins are with the key.',
  ),
  allowed_hosts: key(
    lists.hostNames(),
    '',
    'Names by which the API and the door of the engine may be asked, beside localhost and addresses: where no key protects them, others are refused (DNS rebinding).',
  ),
  clickhouse: group('The ClickHouse that keeps the spans.', {
    url: optional(
      kinds.clickhouseUrl(),
      'ClickHouse 25.8 or newer over HTTP(S); user:password@ is allowed. Unset: the embedded engine.',
    ),
    username: optional(kinds.userName(), 'User, when the URL has none.'),
    password: optional(kinds.secretText(), 'Password; wins over the one in the URL.'),
    database: key(kinds.identifier(), 'insights', 'Database for tables and views; made when missing.'),
    cluster: optional(kinds.clusterName(), 'Cluster for ON CLUSTER and replicated tables. Unset: a single node.'),
  }),
  sql: group('SQL of users (POST /api/v1/sql): its share of the store, all statements together.', {
    username: optional(
      kinds.userName(),
      'User of clickhouse.url that may only read (deploy/clickhouse). Unset: the collector reads for them, and the parser alone holds them.',
    ),
    password: optional(kinds.secretText(), 'Password of sql.username.'),
    concurrency: key(kinds.count(1, 64), 2, 'Statements at once; others wait in a short line.'),
    max_seconds: key(kinds.count(1, 600), 20, 'Time of one statement.'),
    max_rows: key(kinds.count(1, 1_000_000), 10_000, 'Rows of one answer; more are refused, not cut.'),
    max_rows_to_read: key(kinds.count(1, 10 ** 12), 200_000_000, 'Rows that one statement may read.'),
    max_memory_bytes: key(kinds.bytes(2 ** 26), '512 MiB', 'Memory of one statement.'),
    max_threads: key(kinds.count(1, 1024), 1, 'Threads of one statement.'),
  }),
  prices: optional(kinds.path(), 'File of prices that win over the built-in ones.'),
  estimate: key(
    kinds.oneOf('off', 'tokenizer'),
    'off',
    'tokenizer: usage that nobody told is estimated from stored content, and marked estimated; takes the package gpt-tokenizer.',
  ),
  retention_days: key(kinds.count(1, MAX_DAYS), 90, 'How long spans are kept.'),
  retention: key(
    kinds.daysByProject(1, MAX_DAYS),
    '',
    'Days for single projects, winning over retention_days: project:days pairs or a map.',
  ),
  redact: key(
    kinds.redaction(),
    '',
    'What is masked, hashed or dropped before anything is written, by project or *: { rules, fields, patterns } (redaction.md). Unset: nothing.',
  ),
  limits: group('What one sender may ask for.', {
    max_body_bytes: key(
      kinds.bytes(1024, 2 ** 30),
      '64 MiB',
      'Largest request, also after decompression; larger ones get 413 / RESOURCE_EXHAUSTED.',
    ),
    max_memory_bytes: key(
      kinds.bytes(2 ** 28),
      '1 GiB',
      'Memory of the collector, without that of the embedded engine. Its buffers are made to fit; near it senders are told to wait.',
    ),
    max_in_flight_bytes: key(
      kinds.bytes(1024),
      '256 MiB',
      'Request bytes in memory at once, and never more than a third of what max_memory_bytes leaves for buffers; beyond it senders are told to wait.',
    ),
    max_public_body_bytes: key(kinds.bytes(1024, 2 ** 30), '1 MiB', 'The same for requests with a public key.'),
    max_connections: key(kinds.count(1, 1_000_000), 10_000, 'Connections to one door; more are closed at once.'),
    max_connections_per_address: key(
      kinds.count(1, 1_000_000),
      1_000,
      'The same from one address; behind a proxy all come from one.',
    ),
    max_attributes_per_span: key(
      kinds.count(1, 65_536),
      1024,
      'Attributes beyond this are dropped and counted on the span.',
    ),
  }),
  rates: group(
    'What may be sent, by one key and by one project together; unset = any amount. Bytes after decompression, spans and events as they are stored. By second in each collector, by month (UTC) in all collectors of a store.',
    {
      key_bytes_per_second: optional(kinds.bytes(1), 'Of a key that has no value of its own.'),
      key_spans_per_second: optional(kinds.count(1, MAX_COUNT), 'The same in spans.'),
      key_bytes_per_month: optional(
        kinds.bytes(1),
        'The same, by month; when it is used up, requests are refused for good.',
      ),
      key_spans_per_month: optional(kinds.count(1, MAX_COUNT), 'The same in spans.'),
      public_key_bytes_per_second: key(kinds.bytes(1), '1 MiB', 'Of a public key that has no value of its own.'),
      public_key_spans_per_second: key(kinds.count(1, MAX_COUNT), 1_000, 'The same in spans.'),
      project_bytes_per_second: optional(kinds.bytes(1), 'Of all keys of a project together.'),
      project_spans_per_second: optional(kinds.count(1, MAX_COUNT), 'The same in spans.'),
      project_bytes_per_month: optional(kinds.bytes(1), 'The same, by month.'),
      project_spans_per_month: optional(kinds.count(1, MAX_COUNT), 'The same in spans.'),
      burst_seconds: key(kinds.count(1, 3_600), 10, 'How many seconds of a rate may come at once.'),
    },
  ),
  journal: group('The write-ahead journal: what is in it was acknowledged.', {
    max_bytes: key(kinds.bytes(2 ** 20), '10 GiB', 'Disk budget; near it, requests are refused with a time to wait.'),
    segment_bytes: key(
      kinds.bytes(2 ** 16, 2 ** 30),
      '64 MiB',
      'Size of one journal file; at most an eighth of max_bytes.',
    ),
    commit_delay_ms: key(kinds.count(0, 1000), 2, 'How long a request waits for others to share its fdatasync.'),
    retain_ms: key(
      kinds.count(0, 86_400_000),
      60_000,
      'How long a stored journal file is kept, in case the store loses power.',
    ),
  }),
  batch: group('When accepted spans become one insert: whichever comes first.', {
    max_rows: key(kinds.count(1, 1_000_000), 20_000, 'Rows in one insert.'),
    max_bytes: key(kinds.bytes(2 ** 16, 2 ** 30), '16 MiB', 'Bytes in one insert.'),
    max_delay_ms: key(kinds.count(1, 60_000), 200, 'Longest wait of a span before its insert.'),
  }),
  engine: group('The embedded engine; ignored with clickhouse.url.', {
    memory_limit_bytes: optional(
      kinds.bytes(2 ** 28),
      'Memory the engine may take. Unset: chosen from the memory of the machine.',
    ),
    max_threads: optional(kinds.count(1, 1024), 'Threads of one query. Unset: chosen from the cores.'),
  }),
  settle: key(
    kinds.oneOf('on', 'off'),
    'on',
    'Whether this collector may settle what counts once a trace is idle: usage that a step repeats, calls seen twice. Of several on one ClickHouse one does.',
  ),
  settle_idle_ms: key(
    kinds.count(10, 3_600_000),
    5_000,
    'A trace that got no span for so long is settled; one that never rests, after four times as long.',
  ),
  audit_interval_ms: key(
    kinds.count(0, 2_147_483_647),
    3_600_000,
    'How often this collector looks at today and yesterday for what slipped through (rollups that differ, spans stored twice, inserts that are gone) and puts it right; 0: never. With settle off it looks for its own inserts only.',
  ),
  log_level: key(
    kinds.oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'JSON lines on stderr from this level up.',
  ),
  tls: group('TLS on the doors (grpc, http, api, and engine beyond loopback): both files, or none for plain text.', {
    cert_file: optional(kinds.path(), 'PEM certificate with its chain.'),
    key_file: optional(kinds.path(), 'PEM private key.'),
    client_ca_file: optional(kinds.path(), 'PEM certificates of the CAs whose clients are let in (mutual TLS).'),
    client_auth: key(
      kinds.oneOf('require', 'optional'),
      'require',
      'With client_ca_file. require: a client without a certificate does not get as far as a request; optional: it may show a key instead.',
    ),
    client_projects: key(
      lists.projectsByName(),
      '',
      'Clients that need no key: a name in the certificate (common name, DNS, URI) and the project that it may send to and read: name:project pairs or a map.',
    ),
  }),
})

/** The schema's output as it stands: snake_case, before the rules between keys. */
export type ParsedConfig = z.output<typeof configSchema>

type Leaf =
  | string
  | number
  | Secret
  | undefined
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | kinds.ListenAddress
  | kinds.ServerUrl
type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S

/** snake_case keys as camelCase ones, groups included, values untouched. */
export type Camel<T> = {
  readonly [K in keyof T as CamelCase<K & string>]: T[K] extends Leaf ? T[K] : Camel<T[K]>
}

/** How to reach ClickHouse. `url` carries no credentials; unset means the embedded engine. */
export interface ClickhouseConfig {
  readonly url: string | undefined
  readonly username: string | undefined
  readonly password: Secret | undefined
  readonly database: string
  readonly cluster: string | undefined
}

/** Files of the doors' certificate, PEM. */
export interface TlsConfig {
  readonly certFile: string
  readonly keyFile: string
  readonly clientCaFile: string | undefined
  readonly clientAuth: 'require' | 'optional'
  readonly clientProjects: ReadonlyMap<string, string>
}

/** What the collector runs with: every key has its value, every rule between keys holds, paths are absolute. */
export interface Config extends Omit<Camel<ParsedConfig>, 'auth' | 'clickhouse' | 'tls'> {
  readonly auth: 'keys' | 'none'
  readonly clickhouse: ClickhouseConfig
  readonly tls: TlsConfig | undefined
}
