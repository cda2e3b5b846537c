// Words that begin something of the grammar: they are no names unless quoted.

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Never the name of a column, table or alias without quotes. */
export const RESERVED: ReadonlySet<string> = new Set(
  words(`
  ALL AND ANTI ANY ARRAY AS ASC ASOF BETWEEN BY CASE CAST CROSS DESC DISTINCT ELSE END EXCEPT EXISTS FETCH FILTER FINAL FORMAT FROM FULL GLOBAL
  GROUP HAVING ILIKE IN INNER INTERSECT INTO IS JOIN LEFT LIKE LIMIT NATURAL NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER PASTE PREWHERE QUALIFY
  RIGHT SAMPLE SELECT SEMI SETTINGS THEN UNION USING VALUES WHEN WHERE WINDOW WITH`),
)

/** Of other statements, or of what this API does not need; `what` says so. */
export const REFUSED: Readonly<Record<string, string>> = {
  SETTINGS: 'settings are given by the server, not by the query',
  FORMAT: 'the answer is JSON always',
  INTO: 'a query writes nothing',
  FINAL: 'views have no FINAL',
  PREWHERE: 'views have no PREWHERE; write WHERE',
  SAMPLE: 'views have no SAMPLE',
  INTERSECT: 'INTERSECT is not taken; write IN',
  EXCEPT: 'EXCEPT of queries is not taken; write NOT IN',
  GLOBAL: 'GLOBAL is not taken',
  NATURAL: 'NATURAL is not taken; write USING (…)',
  PASTE: 'PASTE JOIN is not taken',
  FETCH: 'FETCH is not taken; write LIMIT',
}

export const UNITS: Readonly<Record<string, string>> = {
  NANOSECOND: 'toIntervalNanosecond',
  MICROSECOND: 'toIntervalMicrosecond',
  MILLISECOND: 'toIntervalMillisecond',
  SECOND: 'toIntervalSecond',
  MINUTE: 'toIntervalMinute',
  HOUR: 'toIntervalHour',
  DAY: 'toIntervalDay',
  WEEK: 'toIntervalWeek',
  MONTH: 'toIntervalMonth',
  QUARTER: 'toIntervalQuarter',
  YEAR: 'toIntervalYear',
}

/** `EXTRACT(unit FROM time)`. */
export const PARTS: Readonly<Record<string, string>> = {
  SECOND: 'toSecond',
  MINUTE: 'toMinute',
  HOUR: 'toHour',
  DAY: 'toDayOfMonth',
  WEEK: 'toISOWeek',
  MONTH: 'toMonth',
  QUARTER: 'toQuarter',
  YEAR: 'toYear',
}
