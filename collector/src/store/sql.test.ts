import { expect, it } from 'vitest'
import { distributedTables, renderSql, splitStatements } from './sql.ts'

const one = { database: 'insights' }
const cluster = { database: 'insights', cluster: 'main' }

it('makes plain tables for one server and replicated ones for a cluster', () => {
  const sql = 'CREATE TABLE {database}.t {on_cluster} ENGINE = {MergeTree} SETTINGS {dedup_window}'
  expect(renderSql(sql, one)).toBe(
    'CREATE TABLE `insights`.t  ENGINE = MergeTree() SETTINGS non_replicated_deduplication_window = 100000',
  )
  expect(renderSql(sql, cluster)).toBe(
    "CREATE TABLE `insights`.t ON CLUSTER `main` ENGINE = ReplicatedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}') " +
      'SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 604800',
  )
})

it('hands engine arguments on', () => {
  expect(renderSql('{ReplacingMergeTree(version_time)}', one)).toBe('ReplacingMergeTree(version_time)')
  expect(renderSql('{ReplacingMergeTree(version_time)}', cluster)).toBe(
    "ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', version_time)",
  )
})

it('reads local tables on one server and distributed ones in a cluster', () => {
  expect(renderSql('FROM {spans}', one)).toBe('FROM `insights`.spans')
  expect(renderSql('FROM {spans}', cluster)).toBe('FROM `insights`.spans_distributed')
  expect(distributedTables(one)).toEqual([])
  expect(distributedTables(cluster)).toContain(
    'CREATE OR REPLACE TABLE `insights`.spans_distributed ON CLUSTER `main` AS `insights`.spans ENGINE = Distributed(`main`, `insights`, spans, cityHash64(project_id))',
  )
})

it("leaves ClickHouse's own parameters alone and refuses a placeholder that nobody defined", () => {
  expect(renderSql('day >= {first_day:Date}', one)).toBe('day >= {first_day:Date}')
  expect(() => renderSql('FROM {spanz}', one)).toThrow('unknown placeholder {spanz}')
})

it('quotes names that came from configuration', () => {
  expect(renderSql('{database}.t', { database: 'a`b' })).toBe('`a\\`b`.t')
})

it('splits at a semicolon that ends a line, and nowhere else', () => {
  expect(splitStatements("-- about a\nSELECT ';', 1; -- no\n;\nSELECT 2;\n\n-- only a comment\n")).toEqual([
    "-- about a\nSELECT ';', 1; -- no",
    'SELECT 2',
  ])
})
