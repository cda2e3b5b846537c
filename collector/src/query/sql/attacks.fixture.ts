// Test help: what must never run, each refused by the parser before the engine hears of it.

const q = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())

/** Reading something else than the views. */
const OTHER_TABLES = q(`
  SELECT * FROM spans
  SELECT * FROM insights.spans
  SELECT * FROM insights.traces
  SELECT * FROM log_events
  SELECT * FROM scores
  SELECT * FROM prices
  SELECT * FROM prices_v1
  SELECT * FROM schema_migrations
  SELECT * FROM metrics_minute
  SELECT * FROM grafana_traces_v1
  SELECT * FROM system.tables
  SELECT * FROM system.processes
  SELECT * FROM system.query_log
  SELECT * FROM system.users
  SELECT * FROM system.one
  SELECT * FROM "system"."tables"
  SELECT * FROM \`system\`.\`settings\`
  SELECT * FROM \`system.tables\`
  SELECT * FROM "insights.spans"
  SELECT * FROM information_schema.tables
  SELECT * FROM INFORMATION_SCHEMA.COLUMNS
  SELECT * FROM default.spans_v1
  SELECT * FROM other.spans_v1
  SELECT * FROM insights.insights.spans_v1
  SELECT 1 FROM spans_v1, spans
  SELECT 1 FROM spans_v1 JOIN system.tables ON 1
  SELECT 1 FROM spans_v1 LEFT JOIN spans AS spans_v1 USING (trace_id)
  SELECT 1 FROM (SELECT * FROM spans)
  SELECT 1 UNION ALL SELECT name FROM system.tables
  SELECT (SELECT max(input) FROM spans)
  SELECT 1 WHERE EXISTS(SELECT 1 FROM system.tables)
  SELECT 1 WHERE 1 IN (SELECT 1 FROM spans)
  SELECT 1 WHERE 1 IN spans
  SELECT 1 WHERE 1 IN (spans)
  SELECT 1 WHERE 1 IN ((spans))
  SELECT 1 WHERE 1 IN system.one
  SELECT 1 WHERE 1 IN (system.one)
  SELECT 1 WHERE 1 IN [spans]
  SELECT 1 WHERE 1 NOT IN (insights.spans)
  SELECT 1 WHERE 1 IN spans_v1
  SELECT 1 WHERE 1 GLOBAL IN (SELECT 1)
  WITH x AS (SELECT * FROM spans) SELECT * FROM x
  WITH spans_v1 AS (SELECT 1) SELECT * FROM spans_v1
  WITH traces_v1 AS (SELECT 1 AS a) SELECT * FROM traces_v1
  WITH a AS (SELECT * FROM a) SELECT * FROM a
  WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
  WITH a AS (SELECT 1) SELECT * FROM (WITH a AS (SELECT * FROM a) SELECT * FROM a)
  SELECT * FROM (WITH spans AS (SELECT 1) SELECT 1), spans
  WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT 1 FROM a) SELECT * FROM a
  WITH 'spans' AS t SELECT * FROM t
  SELECT * FROM {t:Identifier}
  SELECT * FROM {t:String}
  SELECT {t:Identifier} FROM spans_v1
  SELECT * FROM 'spans'
  SELECT * FROM spans_v1()
  SELECT * FROM traces_of_days_v1
  SELECT * FROM traces_of_days_v1()
  SELECT * FROM traces_of_days_v1(first_day = '2026-01-01')
  SELECT * FROM traces_of_days_v1(first_day = '2026-01-01', last_day = (SELECT today()))
  SELECT * FROM traces_of_days_v1(first_day = '2026-01-01'') --', last_day = '2026-01-01')
  SELECT * FROM traces_of_days_v1(first_day = '2026-01-01', last_day = '2026-01-01', x = 1)
  TABLE spans
  SELECT * FROM VALUES('a Int8', 1)
`)

const TABLE_FUNCTIONS = q(`
  file('/etc/passwd')
  file('/etc/passwd', 'LineAsString')
  url('http://169.254.169.254/latest/meta-data')
  urlCluster('c', 'http://127.0.0.1')
  s3('https://bucket.example/x.csv')
  s3Cluster('c', 'https://bucket.example/x.csv')
  gcs('https://x')
  azureBlobStorage('x')
  hdfs('hdfs://x')
  remote('127.0.0.1', system.one)
  remoteSecure('127.0.0.1', system.one)
  cluster('default', system.one)
  clusterAllReplicas('default', system.one)
  postgresql('127.0.0.1:5432', 'a', 'b', 'c', 'd')
  mysql('127.0.0.1:3306', 'a', 'b', 'c', 'd')
  mongodb('127.0.0.1', 'a', 'b', 'c', 'd')
  sqlite('x.db', 'y')
  redis('127.0.0.1', 'key', 'key String')
  jdbc('x', 'y')
  odbc('x', 'y')
  executable('id', 'TSV', 'x String')
  executablePool('id', 'TSV', 'x String')
  merge('insights', '.*')
  merge(currentDatabase(), 'spans')
  mergeTreeIndex('insights', 'spans')
  numbers(1000000000000)
  numbers_mt(1000000000000)
  zeros(1e12)
  generateRandom('x String')
  generateSeries(1, 10)
  generate_series(1, 10)
  values('x String', 'a')
  input('x String')
  null('x String')
  view(SELECT * FROM spans)
  viewExplain('EXPLAIN', '', (SELECT 1))
  dictionary('d')
  format(JSONEachRow, '{}')
  fuzzJSON('x')
  loop('spans')
  python('x')
  deltaLake('x')
  iceberg('x')
  hudi('x')
  timeSeriesData('x')
  arrowFlight('x')
  ytsaurus('x')
  paimon('x')
  prometheusQuery('x')
  filesystem('/')
`).map((call) => `SELECT * FROM ${call}`)

const FUNCTIONS = q(`
  file('/etc/passwd')
  sleep(3)
  sleepEachRow(3)
  dictGet('d', 'a', 1)
  dictGetString('d', 'a', 1)
  dictGetOrDefault('d', 'a', 1, 2)
  dictHas('d', 1)
  joinGet('t', 'v', 1)
  joinGetOrNull('t', 'v', 1)
  getSetting('max_threads')
  getSettingOrDefault('x', 1)
  getServerSetting('max_connections')
  getMergeTreeSetting('x')
  getMacro('shard')
  hostName()
  hostname()
  FQDN()
  fullHostName()
  version()
  uptime()
  buildId()
  serverUUID()
  tcpPort()
  getServerPort('http_port')
  currentUser()
  user()
  currentDatabase()
  database()
  currentProfiles()
  currentRoles()
  currentSchemas(true)
  connectionId()
  queryID()
  initialQueryID()
  getOSKernelVersion()
  getClientHTTPHeader('authorization')
  displayName()
  shardNum()
  globalVariable('version')
  filesystemAvailable()
  filesystemCapacity()
  zookeeperSessionUptime()
  showCertificate()
  hasColumnInTable('insights', 'spans', 'input')
  evalMLMethod(1, 2)
  catboostEvaluate('x', 1)
  aiGenerate('x')
  aiClassify('x', ['y'])
  aiEmbed('x')
  arrayReduce('sum', [1])
  arrayReduceInRanges('sum', [(1, 2)], [1])
  initializeAggregation('sum', 1)
  finalizeAggregation(1)
  runningAccumulate(1)
  throwIf(1, 'x')
  logTrace('x')
  addressToLine(1)
  addressToSymbol(1)
  demangle('x')
  tid()
  trap('x')
  blockNumber()
  rowNumberInAllBlocks()
  transactionID()
  formatRow('CSV', 1)
  formatQuery('SELECT 1')
  fuzzQuery('SELECT 1')
  generateRandomStructure(1)
  structureToProtobufSchema('x')
  encrypt('aes-128-ecb', 'x', 'k')
  decrypt('aes-128-ecb', 'x', 'k')
  reinterpret('x', 'UInt64')
  CAST('x', 'AggregateFunction(sum, UInt64)')
  CAST('x' AS AggregateFunction(sum, UInt64))
  'x'::AggregateFunction(sum, UInt64)
  CAST('{}', 'JSON')
  CAST('x', name)
  JSONExtract('{}', 'AggregateFunction(sum, UInt64)')
  JSONExtract('{}', name)
  accurateCastOrNull('x', 'Object(''json'')')
  in(1, spans)
  notIn(1, spans)
  globalIn(1, spans)
  nullIn(1, spans)
  "file"('/etc/passwd')
  \`sleep\`(1)
  insights.file('x')
  system.file('x')
  COLUMNS('.*')
  COLUMNS(name)
  indexHint(1)
  ignore(1)
  identity(1)
  __getScalar('x')
  _CAST(1, 'String')
  viewIfPermitted(1)
  flameGraph(1)
  aggThrow(0.1)(1)
  sumResample(0, 100, 1)(1, 2)
  nothing(1)
`).map((call) => `SELECT ${call} FROM spans_v1`)

const STATEMENTS = q(`
  INSERT INTO spans SELECT 1
  INSERT INTO FUNCTION file('x') SELECT 1
  ALTER TABLE spans DELETE WHERE 1
  DELETE FROM spans WHERE 1
  UPDATE spans SET name = '' WHERE 1
  DROP TABLE spans
  DROP DATABASE insights
  TRUNCATE TABLE spans
  CREATE TABLE x (a Int8) ENGINE = Memory
  CREATE VIEW x AS SELECT 1
  CREATE FUNCTION f AS (x) -> x
  CREATE USER x
  GRANT ALL ON *.* TO default
  SET max_threads = 64
  SET readonly = 0
  USE system
  SHOW TABLES
  SHOW CREATE TABLE spans
  DESCRIBE TABLE spans
  DESCRIBE (SELECT 1)
  EXPLAIN SELECT 1
  EXISTS TABLE spans
  SYSTEM SHUTDOWN
  SYSTEM FLUSH LOGS
  KILL QUERY WHERE 1
  OPTIMIZE TABLE spans FINAL
  RENAME TABLE spans TO x
  ATTACH TABLE x
  DETACH TABLE spans
  BACKUP DATABASE insights TO Disk('x', 'y')
  CHECK TABLE spans
  EXECUTE AS default SELECT 1
  BEGIN TRANSACTION
  VALUES (1)
  FROM spans_v1 SELECT 1
  SELECT 1; DROP TABLE spans
  SELECT 1; SELECT 2
  SELECT 1;; SELECT 2
  ; SELECT 1
  SELECT 1 INTO OUTFILE '/tmp/x'
  SELECT 1 INTO OUTFILE '/tmp/x' TRUNCATE FORMAT CSV
  SELECT 1 FORMAT CSV
  SELECT 1 FORMAT Null
  SELECT 1 SETTINGS max_execution_time = 0
  SELECT 1 SETTINGS readonly = 0
  SELECT * FROM spans_v1 SETTINGS max_threads = 64
  SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)
  SELECT * FROM (SELECT * FROM spans_v1 SETTINGS additional_table_filters = {})
  SELECT * FROM spans_v1 FINAL
  SELECT * FROM spans_v1 SAMPLE 0.1
  SELECT * FROM spans_v1 PREWHERE 1
  SELECT * FROM spans_v1 ORDER BY name WITH FILL
  SELECT * FROM spans_v1 ORDER BY name COLLATE 'en'
  SELECT count() FROM spans_v1 GROUP BY name WITH TOTALS
  SELECT count() FROM spans_v1 GROUP BY name WITH CUBE
  SELECT * APPLY(toString) FROM spans_v1
  SELECT * REPLACE (1 AS name) FROM spans_v1
  SELECT * FROM spans_v1 LIMIT 1 WITH TIES
  SELECT * FROM spans_v1 LIMIT (SELECT 1)
  SELECT * FROM spans_v1 LIMIT -1
  SELECT 1 INTERSECT SELECT 1
  SELECT 1 EXCEPT SELECT 1
  SELECT
  SELECT 1 FROM
  SELECT 1 +
  (SELECT 1
  WITH
`)

/** Texts that are read differently by different readers. */
const WORDING = [
  'SELECT 1 /* /* */ FROM system.tables -- */',
  'SELECT 1 /* never ends',
  "SELECT 'never ends",
  'SELECT "never ends',
  'SELECT `never ends',
  'SELECT $$text$$',
  'SELECT $tag$text$tag$',
  'SELECT 1 # comment\n FROM system.tables',
  'SELECT 1 #! comment',
  'SELECT 1\0 FROM spans_v1',
  'SELECT 1\u00a0FROM spans_v1',
  'SELECT\u20031',
  'SELECT 1 \u2028 FROM spans_v1',
  'SELECT * FROM ѕрans_v1',
  'SELECT * FROM spans_v１',
  'SELECT ѕleep(1)',
  'SELECT ｆile(1)',
  'ＳELECT 1',
  'SELECT \u202e1',
  'SELECT 1 \ufeff',
  '\ufeffSELECT 1',
  'SELECT ‘a’ FROM spans_v1',
  "SELECT '\\xff\\xfe'",
  "SELECT '\\N'",
  'SELECT \ud800',
  "SELECT '\ud800'",
  'SELECT `a\\`b`',
  'SELECT "a""b"',
  'SELECT `a``b`',
  'SELECT `a\nb`',
  'SELECT `a\u200bb`',
  'SELECT ``',
  'SELECT @@version',
  'SELECT @x',
  'SELECT \\d',
  'SELECT 0x41',
  'SELECT 0b11',
  'SELECT 1_000',
  'SELECT .5',
  'SELECT 1e',
  'SELECT 1.',
  'SELECT a..b FROM spans_v1',
  'SELECT ~1',
  'SELECT 1 ^ 2',
  'SELECT 1 & 2',
  'SELECT a <=> b FROM spans_v1',
  'SELECT {x',
  'SELECT {x}',
  'SELECT {x:}',
  'SELECT {x:Nested(a String)}',
  'SELECT {x:Enum8(1)}',
  'SELECT {x:Variant(String)}',
  'SELECT {x:Dynamic}',
  'SELECT {x:JSON}',
  'SELECT {x:AggregateFunction(sum, UInt64)}',
  'SELECT {x:String) FROM system.tables --}',
  'SELECT {insights project:String}',
  "SELECT {x:DateTime('UTC''')}",
  'SELECT {x:String}, {x:UInt64}',
  'SELECT {CLICKHOUSE_DATABASE:Identifier}',
]

const TOO_MUCH = [
  `SELECT ${'('.repeat(200)}1${')'.repeat(200)}`,
  `SELECT ${'['.repeat(5000)}`,
  `SELECT ${'-'.repeat(1)}${' -'.repeat(3000)}1`,
  `SELECT ${'NOT '.repeat(3000)}1`,
  `SELECT ${'1+'.repeat(4000)}1`,
  `SELECT 1${'::String'.repeat(500)}`,
  `SELECT 1${'[1]'.repeat(500)}`,
  `SELECT 1${' IS NULL'.repeat(500)}`,
  `SELECT ${'CASE WHEN 1 THEN '.repeat(300)}`,
  `SELECT ${'if(1,'.repeat(500)}`,
  `SELECT ${'(SELECT '.repeat(50)}1${')'.repeat(50)}`,
  `SELECT * FROM ${'(SELECT * FROM '.repeat(50)}spans_v1${')'.repeat(50)}`,
  `SELECT 1 WHERE 1 IN (${'1,'.repeat(6000)}1)`,
  `SELECT ${'1,'.repeat(6000)}1`,
  `SELECT '${'x'.repeat(70_000)}'`,
  `SELECT * FROM ${'spans_v1,'.repeat(40)}spans_v1`,
  `SELECT 1${' UNION ALL SELECT 1 FROM spans_v1'.repeat(80)}`,
  `WITH ${Array.from({ length: 20 }, (_, i) => `a${i} AS (SELECT 1 FROM ${i === 0 ? 'spans_v1' : `a${i - 1} AS x, a${i - 1} AS y`})`).join(', ')} SELECT 1 FROM a19`,
  `SELECT {x:${'Array('.repeat(100)}String${')'.repeat(100)}}`,
  `SELECT sum${'If'.repeat(300)}(1)`,
  `SELECT ${'a.'.repeat(10)}b`,
  `SELECT ${'`'.repeat(1)}${'x'.repeat(200)}${'`'}`,
]

export const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  'other tables': OTHER_TABLES,
  'table functions': TABLE_FUNCTIONS,
  functions: FUNCTIONS,
  statements: STATEMENTS,
  wording: WORDING,
  'too much': TOO_MUCH,
}
