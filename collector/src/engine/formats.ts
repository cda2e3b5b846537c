// An output format name -> the Content-Type that ClickHouse answers with.

const TSV = 'text/tab-separated-values; charset=UTF-8'
const PLAIN = 'text/plain; charset=UTF-8'

const RULES: readonly (readonly [RegExp, string])[] = [
  [
    /^JSON(Each|CompactEach|StringsEach|CompactStringsEach)Row|^NDJSON|^JSONLines/i,
    'application/x-ndjson; charset=UTF-8',
  ],
  [/^JSON/i, 'application/json; charset=UTF-8'],
  [/^(TSV|TabSeparated)/i, TSV],
  [/^CSVWithNames/i, 'text/csv; charset=UTF-8; header=present'],
  [/^CSV/i, 'text/csv; charset=UTF-8; header=absent'],
  [/^XML$/i, 'application/xml; charset=UTF-8'],
  [/^Markdown$/i, 'text/markdown; charset=UTF-8'],
  [/^Prometheus$/i, 'text/plain; version=0.0.4; charset=UTF-8'],
  [
    /^(Native|RowBinary|Parquet|Arrow|ORC|Avro|MsgPack|Protobuf|BSON|CapnProto|RawBLOB|Npy)/i,
    'application/octet-stream',
  ],
]

/** Falls back to plain text, as ClickHouse does for Pretty, Vertical and Values. */
export function contentTypeOf(format: string): string {
  return RULES.find(([pattern]) => pattern.test(format))?.[1] ?? PLAIN
}
