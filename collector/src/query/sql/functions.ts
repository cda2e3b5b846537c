// The functions that user SQL may call, by ClickHouse's names. What is not here cannot be called: nothing that reads files, tables, dictionaries,
// settings or the server, that sleeps, that takes a function's or a table's name as text, or that calls out.

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Over the rows of a group, or with OVER of a window. */
const AGGREGATES = words(`
  any anyHeavy anyLast any_respect_nulls anyLast_respect_nulls argMax argMin avg avgWeighted boundingRatio corr corrStable count covarPop covarSamp
  deltaSum deltaSumTimestamp entropy exponentialMovingAverage first_value last_value groupArray groupArrayInsertAt groupArrayLast groupArrayMovingAvg
  groupArrayMovingSum groupArraySample groupArraySorted groupBitAnd groupBitOr groupBitXor groupConcat groupUniqArray histogram intervalLengthSum
  kurtPop kurtSamp max maxIntersections min quantile quantileBFloat16 quantileDD quantileDeterministic quantileExact quantileExactExclusive
  quantileExactHigh quantileExactInclusive quantileExactLow quantileExactWeighted quantileGK quantileInterpolatedWeighted quantileTDigest
  quantileTDigestWeighted quantileTiming quantileTimingWeighted quantiles quantilesBFloat16 quantilesDD quantilesExact quantilesExactExclusive
  quantilesExactHigh quantilesExactInclusive quantilesExactLow quantilesExactWeighted quantilesGK quantilesTDigest quantilesTDigestWeighted
  quantilesTiming quantilesTimingWeighted median rankCorr retention sequenceCount sequenceMatch simpleLinearRegression skewPop skewSamp sparkbar
  stddevPop stddevPopStable stddevSamp stddevSampStable studentTTest sum sumCount sumKahan sumWithOverflow sumMap minMap maxMap topK topKWeighted
  uniq uniqCombined uniqCombined64 uniqExact uniqHLL12 varPop varPopStable varSamp varSampStable welchTTest mannWhitneyUTest windowFunnel`)

/** Endings of an aggregate's name, in any order and number. */
const COMBINATORS = words('If Array Distinct OrNull OrDefault Merge State ForEach')

const WINDOW_ONLY = words(
  'cume_dist denseRank lag lagInFrame lead leadInFrame nth_value ntile percentRank rank row_number',
)

const LOGIC = words(`
  and or not xor equals notEquals less lessOrEquals greater greaterOrEquals isDistinctFrom isNotDistinctFrom isNull isNotNull isZeroOrNull
  if multiIf ifNull nullIf coalesce assumeNotNull toNullable firstNonDefault greatest least clamp transform`)

const NUMBERS = words(`
  plus minus multiply divide divideOrNull intDiv intDivOrZero intDivOrNull modulo moduloOrZero moduloOrNull positiveModulo negate abs sign gcd lcm
  max2 min2 avg2 midpoint pi e exp exp2 exp10 log log2 log10 log1p sqrt cbrt sqr pow hypot sin cos tan asin acos atan atan2 sinh cosh tanh erf erfc sigmoid
  degrees radians factorial round roundBankers roundDown roundDuration roundAge roundToExp2 floor ceil trunc isFinite isInfinite isNaN ifNotFinite
  multiplyDecimal divideDecimal widthBucket bitAnd bitOr bitXor bitNot bitShiftLeft bitShiftRight bitTest bitCount bar rand rand64 randUniform
  randNormal randConstant formatReadableQuantity formatReadableSize formatReadableDecimalSize formatReadableTimeDelta parseReadableSize
  parseReadableSizeOrNull cosineDistance L1Distance L2Distance L1Norm L2Norm dotProduct`)

const TEXTS = words(`
  empty notEmpty length lengthUTF8 lower upper lowerUTF8 upperUTF8 initcap initcapUTF8 reverse reverseUTF8 concat concatWithSeparator substring
  substringUTF8 substringIndex substringIndexUTF8 left leftUTF8 right rightUTF8 leftPad leftPadUTF8 rightPad rightPadUTF8 trimLeft trimRight trimBoth
  startsWith startsWithUTF8 startsWithCaseInsensitive endsWith endsWithUTF8 endsWithCaseInsensitive position positionCaseInsensitive positionUTF8
  positionCaseInsensitiveUTF8 locate countSubstrings countSubstringsCaseInsensitive like notLike ilike notILike match extract extractAll
  extractGroups extractAllGroupsHorizontal extractAllGroupsVertical regexpExtract regexpPosition regexpQuoteMeta countMatches
  countMatchesCaseInsensitive replaceOne replaceAll replaceRegexpOne replaceRegexpAll translate translateUTF8 splitByChar splitByString
  splitByRegexp splitByWhitespace splitByNonAlpha alphaTokens tokens ngrams arrayStringConcat hasToken hasTokenCaseInsensitive hasSubsequence
  multiSearchAny multiSearchAnyCaseInsensitive multiSearchAllPositions multiSearchFirstIndex multiSearchFirstPosition editDistance
  damerauLevenshteinDistance jaroSimilarity jaroWinklerSimilarity stringJaccardIndex ngramDistance ngramSearch ngramSearchCaseInsensitive soundex format
  repeat space ascii char hex unhex bin unbin bitmaskToArray base64Encode base64Decode tryBase64Decode base64URLEncode base64URLDecode base58Encode
  encodeURLComponent decodeURLComponent encodeXMLComponent decodeXMLComponent decodeHTMLComponent extractTextFromHTML isValidUTF8 toValidUTF8
  isValidASCII normalizeUTF8NFC normalizeUTF8NFD normalizeUTF8NFKC normalizeUTF8NFKD removeDiacriticsUTF8 firstLine naturalSortKey
  appendTrailingCharIfAbsent toStringCutToZero
  protocol domain domainWithoutWWW topLevelDomain firstSignificantSubdomain cutToFirstSignificantSubdomain port path pathFull queryString fragment
  queryStringAndFragment extractURLParameter extractURLParameters extractURLParameterNames URLHierarchy URLPathHierarchy cutWWW cutQueryString
  cutFragment cutQueryStringAndFragment cutURLParameter netloc
  IPv4NumToString IPv4StringToNum IPv4StringToNumOrNull IPv6NumToString IPv6StringToNum isIPv4String isIPv6String isIPAddressInRange IPv4CIDRToRange
  MD5 SHA1 SHA224 SHA256 SHA512 sipHash64 sipHash128 cityHash64 farmHash64 metroHash64 murmurHash3_32 murmurHash3_64 murmurHash3_128 xxHash32 xxHash64
  intHash32 intHash64 halfMD5 CRC32 CRC64 generateUUIDv4 UUIDStringToNum UUIDNumToString`)

const JSON_TEXTS = words(`
  isValidJSON JSONHas JSONLength JSONType JSONKey JSONExtractString JSONExtractInt JSONExtractUInt JSONExtractFloat JSONExtractBool JSONExtractRaw
  JSONExtractArrayRaw JSONExtractKeys JSONExtractKeysAndValuesRaw JSONArrayLength JSON_VALUE JSON_QUERY JSON_EXISTS toJSONString simpleJSONHas
  simpleJSONExtractString simpleJSONExtractInt simpleJSONExtractUInt simpleJSONExtractFloat simpleJSONExtractBool simpleJSONExtractRaw`)

const TIMES = words(`
  now now64 today yesterday toYear toQuarter toMonth toWeek toISOWeek toISOYear toYearWeek toDayOfYear toDayOfMonth toDayOfWeek toDaysInMonth toHour toMinute
  toSecond toMillisecond toMicrosecond toNanosecond toStartOfYear toStartOfISOYear toStartOfQuarter toStartOfMonth toStartOfWeek toLastDayOfMonth
  toLastDayOfWeek toMonday toStartOfDay toStartOfHour toStartOfMinute toStartOfSecond toStartOfMillisecond toStartOfFiveMinutes toStartOfTenMinutes
  toStartOfFifteenMinutes toStartOfInterval toRelativeYearNum toRelativeMonthNum toRelativeWeekNum toRelativeDayNum toRelativeHourNum
  toRelativeMinuteNum toRelativeSecondNum toYYYYMM toYYYYMMDD toYYYYMMDDhhmmss YYYYMMDDToDate YYYYMMDDhhmmssToDateTime toUnixTimestamp
  toUnixTimestamp64Second toUnixTimestamp64Milli toUnixTimestamp64Micro toUnixTimestamp64Nano fromUnixTimestamp fromUnixTimestamp64Second
  fromUnixTimestamp64Milli fromUnixTimestamp64Micro fromUnixTimestamp64Nano toTimezone timezoneOf timezoneOffset timeSlot timeSlots dateDiff age
  dateTrunc dateName monthName formatDateTime formatDateTimeInJodaSyntax parseDateTime parseDateTimeOrNull parseDateTimeBestEffort
  parseDateTimeBestEffortOrNull parseDateTimeBestEffortOrZero parseDateTime64BestEffort parseDateTime64BestEffortOrNull makeDate makeDate32
  makeDateTime makeDateTime64 addYears addQuarters addMonths addWeeks addDays addHours addMinutes addSeconds addMilliseconds addInterval subtractYears
  subtractQuarters subtractMonths subtractWeeks subtractDays subtractHours subtractMinutes subtractSeconds subtractMilliseconds subtractInterval
  toIntervalYear toIntervalQuarter toIntervalMonth toIntervalWeek toIntervalDay toIntervalHour toIntervalMinute toIntervalSecond
  toIntervalMillisecond toIntervalMicrosecond toIntervalNanosecond tumble tumbleStart tumbleEnd`)

const CONVERSIONS = [
  'toString',
  'toFixedString',
  'toBool',
  'toUUID',
  'toUUIDOrNull',
  'toUUIDOrZero',
  'toIPv4',
  'toIPv4OrNull',
  'toIPv6',
  'toIPv6OrNull',
  'toTypeName',
  'toDecimalString',
  'toLowCardinality',
  'materialize',
  'accurateCastOrNull',
  ...['Int', 'UInt', 'Float', 'Decimal']
    .flatMap((name) =>
      (name === 'Float' ? ['32', '64'] : name === 'Decimal' ? ['32', '64', '128'] : ['8', '16', '32', '64', '128']).map(
        (bits) => `to${name}${bits}`,
      ),
    )
    .concat('toDate', 'toDate32', 'toDateTime', 'toDateTime64')
    .flatMap((name) => [name, `${name}OrNull`, `${name}OrZero`]),
]

const COLLECTIONS = words(`
  array arrayElement arrayElementOrNull range arrayConcat arrayPushBack arrayPushFront arrayPopBack arrayPopFront arraySlice arrayResize arraySort
  arrayReverseSort arrayReverse arrayDistinct arrayUniq arrayEnumerate arrayEnumerateUniq arrayEnumerateDense arrayCompact arrayFlatten arrayZip
  arrayJoin arrayDifference arrayIntersect arrayUnion arrayExcept arrayRemove arrayMap arrayFilter arrayExists arrayAll arrayCount arrayFirst
  arrayFirstOrNull arrayFirstIndex arrayLast arrayLastOrNull arrayLastIndex arrayFill arraySplit arrayFold arraySum arrayAvg arrayMin arrayMax
  arrayProduct arrayCumSum arrayCumSumNonNegative arrayDotProduct arrayJaccardIndex arrayWithConstant has hasAny hasAll hasSubstr indexOf countEqual
  emptyArrayToSingle emptyArrayString tuple tupleElement tupleConcat tuplePlus tupleMinus
  map mapFromArrays mapKeys mapValues mapContainsKey mapContainsKeyLike mapContainsValue mapContainsValueLike mapExtractKeyLike mapExtractValueLike
  mapAdd mapSubtract mapConcat mapUpdate mapFilter mapApply mapExists mapAll mapSort mapReverseSort`)

/** Other names of the above, all in lower case and understood in any case. */
const ALIASES: Readonly<Record<string, string>> = {
  any_value: 'any',
  array_agg: 'groupArray',
  array_to_string: 'arrayStringConcat',
  ceiling: 'ceil',
  char_length: 'lengthUTF8',
  character_length: 'lengthUTF8',
  concat_ws: 'concatWithSeparator',
  current_date: 'today',
  current_timestamp: 'now',
  date_diff: 'dateDiff',
  date_format: 'formatDateTime',
  date_trunc: 'dateTrunc',
  day: 'toDayOfMonth',
  dayofmonth: 'toDayOfMonth',
  dayofweek: 'toDayOfWeek',
  dayofyear: 'toDayOfYear',
  dense_rank: 'denseRank',
  extractallgroups: 'extractAllGroupsVertical',
  flatten: 'arrayFlatten',
  group_concat: 'groupConcat',
  hour: 'toHour',
  instr: 'positionCaseInsensitive',
  lcase: 'lower',
  levenshteindistance: 'editDistance',
  ln: 'log',
  lpad: 'leftPad',
  ltrim: 'trimLeft',
  mapcontains: 'mapContainsKey',
  max_by: 'argMax',
  mid: 'substring',
  min_by: 'argMin',
  minute: 'toMinute',
  mod: 'modulo',
  month: 'toMonth',
  percent_rank: 'percentRank',
  power: 'pow',
  quarter: 'toQuarter',
  regexp_extract: 'regexpExtract',
  regexp_replace: 'replaceRegexpAll',
  replace: 'replaceAll',
  rpad: 'rightPad',
  rtrim: 'trimRight',
  second: 'toSecond',
  std: 'stddevPop',
  stddev: 'stddevSamp',
  stddev_pop: 'stddevPop',
  stddev_samp: 'stddevSamp',
  string_agg: 'groupConcat',
  substr: 'substring',
  time_bucket: 'toStartOfInterval',
  trim: 'trimBoth',
  truncate: 'trunc',
  ucase: 'upper',
  unnest: 'arrayJoin',
  var_pop: 'varPop',
  var_samp: 'varSamp',
  week: 'toWeek',
  year: 'toYear',
}

/** Their last argument is the name of a data type, written as a text. */
export const TYPED_FUNCTIONS: ReadonlySet<string> = new Set([
  'JSONExtract',
  'JSONExtractKeysAndValues',
  'accurateCastOrNull',
])
/** Their first argument may be a bare unit: `dateDiff(day, a, b)`. */
export const UNIT_FUNCTIONS: ReadonlySet<string> = new Set(['dateDiff', 'dateTrunc', 'age', 'dateName'])

const aggregates = new Set(AGGREGATES)
const windowOnly = new Set(WINDOW_ONLY)
const scalars = new Set([
  ...[LOGIC, NUMBERS, TEXTS, JSON_TEXTS, TIMES, CONVERSIONS, COLLECTIONS].flat(),
  ...TYPED_FUNCTIONS,
])

export type FunctionKind = 'scalar' | 'aggregate' | 'window'

export interface KnownFunction {
  name: string
  kind: FunctionKind
}

/** Every name without combinators and aliases. */
export const FUNCTION_NAMES: readonly string[] = [...aggregates, ...windowOnly, ...scalars]

const byLowerCase = new Map<string, string>([
  ...FUNCTION_NAMES.map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(ALIASES),
])

const MAX_NAME = 64

/** By exact name, an alias, or in another case; undefined = not allowed. */
export function findFunction(word: string): KnownFunction | undefined {
  if (word.length > MAX_NAME) return undefined
  const name = kindOf(word) === undefined ? (byLowerCase.get(word.toLowerCase()) ?? word) : word
  const kind = kindOf(name)
  return kind === undefined ? undefined : { name, kind }
}

function kindOf(name: string): FunctionKind | undefined {
  if (scalars.has(name)) return 'scalar'
  if (windowOnly.has(name)) return 'window'
  return isAggregate(name) ? 'aggregate' : undefined
}

// `sumIf`, `uniqArrayIf`, `quantilesTDigestMerge`: an aggregate with endings.
function isAggregate(name: string): boolean {
  if (aggregates.has(name)) return true
  return COMBINATORS.some((ending) => name.endsWith(ending) && isAggregate(name.slice(0, -ending.length)))
}
