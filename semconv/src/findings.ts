// The attributes and events of one span, collected; then asked field by field. The object side of the rules.
import { memberAt, parseBlob, toValue } from './blob-value.ts'
import type { KindWord } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { EVENT, EventFindings } from './event-findings.ts'
import { kindOfValue } from './kinds.ts'
import type { Usage } from './model.ts'
import { FIELDS, type Field, type FieldType } from './model.ts'
import { normaliseProvider } from './providers.ts'
import { readRawUsage } from './raw-usage.ts'
import { type FieldValue, readValue } from './read-value.ts'
import type { Refinable } from './refine.ts'
import { BASE_PREFIXES, dialectOfScope, type Entry, entryOfKey, FALLBACK_RANK, prefixesNear } from './rules.ts'
import type { EventFacts, ScoreFacts, SpanFacts } from './span-facts.ts'
import { Unmapped } from './unmapped.ts'
import { readUsageDetails } from './usage-details.ts'
import { textOfValue, type Value } from './value.ts'
import type { Known, Unlisted, Winner } from './winner.ts'

export const FIELD_NAMES = Object.keys(FIELDS) as Field[]
const NUMBER_OF = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<Field, number>>
/** Rank of what a dialect's own function says where nothing else did. */
const GIVEN_RANK = 500_000
/** Metadata beyond this is an app's mistake; the attributes still have it. */
const MAX_METADATA = 256

export class Findings implements Refinable {
  readonly spanName: string
  readonly scopeName: string
  readonly scopeVersion: string
  readonly winners: (Winner | undefined)[] = new Array(FIELD_NAMES.length)
  readonly indexed: Unlisted[] = []
  readonly events = new EventFindings()
  readonly unmapped = new Unmapped()
  readonly metadataEntries = new Map<string, string>()
  /** Dialects of this span, numbers in DIALECTS: the scope's first, then those that keys give away. */
  readonly dialects: number[] = []
  /** The usage is that of another span, although this one is a call. */
  isRepeat = false
  raw: { usage: Usage & { searches?: number }; key: string } | undefined
  details: { usage: Usage & { total?: number }; key: string } | undefined
  private readonly known: Known[] = []
  private readonly unlisted: Unlisted[] = []
  private readonly parsed = new Map<string, unknown>()
  private told: { word: KindWord; key: string; dialect: number; strength: number } | undefined

  private readonly lookUp: (key: string) => Value

  /** @param lookUp finds an attribute of any key, for the rules that ask for one by a name that the span itself gives */
  constructor(
    { name = '', scopeName = '', scopeVersion = '' }: Pick<SpanFacts, 'name' | 'scopeName' | 'scopeVersion'>,
    lookUp: (key: string) => Value,
  ) {
    this.lookUp = lookUp
    this.spanName = name
    this.scopeName = scopeName
    this.scopeVersion = scopeVersion
    const dialect = dialectOfScope(scopeName)
    if (dialect >= 0) this.dialects.push(dialect)
  }

  /** An attribute of any key; what no table and no beginning names means nothing. */
  attribute(key: string, value: Value, position: number): void {
    const entry = entryOfKey(key)
    if (entry) this.entry(entry, value, position)
    else this.unlistedKey(key, value, position)
  }

  /** An attribute whose key a table names. */
  entry(entry: Entry, value: Value, position: number): void {
    this.known.push({ entry, value, position })
    for (const dialect of entry.marks) this.mark(dialect)
    if (entry.metadata !== undefined) this.metadata(entry.metadata, textOfValue(value))
  }

  private unlistedKey(key: string, value: Value, position: number): void {
    let isKept = false
    let isMapped = false
    for (const { prefix, form, dialect } of prefixesNear(key)) {
      if (!key.startsWith(prefix)) continue
      if (form !== 'mark') isMapped = true
      if (form === 'indexed') this.indexed.push({ key, value, position })
      else isKept = true
      if (dialect >= 0) this.mark(dialect)
      if (form === 'metadata' && key.length > prefix.length) this.metadata(key.slice(prefix.length), textOfValue(value))
    }
    if (isKept) this.unlisted.push({ key, value, position })
    if (!isMapped && (isKept || BASE_PREFIXES.some((prefix) => key.startsWith(prefix)))) this.unmapped.add(key)
  }

  private mark(dialect: number): void {
    if (!this.dialects.includes(dialect)) this.dialects.push(dialect)
  }

  event(event: EventFacts): void {
    this.events.add(event)
  }

  /** Decides every field, once all attributes and events are there. */
  settle(): void {
    this.dialects.sort((a, b) => this.place(a) - this.place(b))
    this.known.push(...this.events.known)
    for (const { entry, value, position } of this.known) {
      for (const use of entry.fields) {
        if (use.scoped && !this.dialects.includes(use.dialect)) continue
        this.offer(use, entry.key, value, position)
      }
      for (const use of entry.kinds) {
        if (!(use.rule.scoped && !this.dialects.includes(use.dialect))) this.kindTold(use.rule, use.dialect, value)
      }
    }
    for (const { entry, value } of this.known) if (entry.blobs.length > 0) this.blobs(entry, value)
    for (const { field, key, value } of this.events.contents)
      this.offer({ field, type: FIELDS[field], rank: GIVEN_RANK, dialect: this.dialects[0] ?? 0 }, key, value, EVENT)
    for (const dialect of this.dialects) DIALECTS[dialect]!.refine?.(this)
  }

  // The scope's own dialect stays first, then the others by trust, the conventions that all build on last.
  private place(dialect: number): number {
    if (dialect === dialectOfScope(this.scopeName)) return -1
    return DIALECTS[dialect]!.isBase === true ? DIALECTS.length + dialect : dialect
  }

  /** The more trusted key wins, and of equal keys the later one; what an event says fills only what is empty. */
  private offer(
    use: { field: Field; type: FieldType; rank: number; dialect: number },
    key: string,
    value: Value,
    position: number,
  ): void {
    const at = NUMBER_OF[use.field]
    const holder = this.winners[at]
    if (holder && (use.rank > holder.rank || position === EVENT)) return
    const read = readValue(value, use.type)
    if (read === undefined) return
    // A framework's name where the provider belongs is used only when nobody names the provider.
    const isFramework = use.field === 'provider' && normaliseProvider(String(read)) === ''
    const rank = isFramework && use.rank < FALLBACK_RANK ? use.rank + FALLBACK_RANK : use.rank
    if (holder && rank > holder.rank) return
    this.winners[at] = { value: read, rank, dialect: use.dialect, key, position }
  }

  private kindTold(rule: Entry['kinds'][number]['rule'], dialect: number, value: Value): void {
    const text = textOfValue(value)
    const word = text.length > 200 ? undefined : kindOfValue(rule, text)
    if (word === undefined) return
    const strength = (rule.strength === 'strong' ? 0 : 1000) + dialect
    if (!this.told || strength < this.told.strength) this.told = { word, key: rule.key, dialect, strength }
  }

  private blobs(entry: Entry, value: Value): void {
    for (const use of entry.blobs) {
      if (use.rule.scoped && !this.dialects.includes(use.dialect)) continue
      const blob = this.parse(entry.key, value)
      if (typeof blob !== 'object' || blob === null) continue
      if (use.rule.form === 'metadata') this.metadataOf(blob)
      if (use.rule.form === 'usage_details') this.details = fuller(this.details, readUsageDetails(blob), entry.key)
      for (const { path, field, type, rank } of use.members) {
        const member = toValue(memberAt(blob, path))
        if (member !== undefined)
          this.offer({ field, type, rank, dialect: use.dialect }, `${entry.key}.${path.join('.')}`, member, MEMBER)
      }
      for (const path of use.rawUsage) this.rawUsage(memberAt(blob, path), entry.key)
    }
  }

  private metadataOf(blob: object): void {
    if (Array.isArray(blob)) return
    for (const [key, value] of Object.entries(blob))
      this.metadata(key, typeof value === 'string' ? value : JSON.stringify(value))
  }

  private parse(key: string, value: Value): unknown {
    if (this.parsed.has(key)) return this.parsed.get(key)
    const parsed = parseBlob(textOfValue(value))
    this.parsed.set(key, parsed)
    return parsed
  }

  // ---- what a dialect's own function may ask and say

  value(key: string): Value {
    this.unmapped.asked(key)
    const found =
      this.known.findLast(({ entry }) => entry.key === key) ?? this.unlisted.findLast((it) => it.key === key)
    return found ? found.value : this.lookUp(key)
  }

  text(key: string): string | undefined {
    const text = textOfValue(this.value(key))
    return text === '' ? undefined : text
  }

  json(key: string): unknown {
    const value = this.value(key)
    return value === undefined ? undefined : this.parse(key, value)
  }

  *withPrefix(prefix: string): Iterable<readonly [rest: string, value: Value]> {
    this.unmapped.askedFor(prefix)
    for (const { key, value } of this.unlisted) if (key.startsWith(prefix)) yield [key.slice(prefix.length), value]
    for (const { entry, value } of this.known)
      if (entry.key.startsWith(prefix)) yield [entry.key.slice(prefix.length), value]
  }

  hasPrefix(prefix: string): boolean {
    return (
      this.known.some(({ entry }) => entry.key.startsWith(prefix)) ||
      this.unlisted.some(({ key }) => key.startsWith(prefix))
    )
  }

  winner(field: Field): Winner | undefined {
    return this.winners[NUMBER_OF[field]]
  }

  has(field: Field): boolean {
    return this.winners[NUMBER_OF[field]] !== undefined
  }

  get(field: Field): FieldValue | undefined {
    return this.winners[NUMBER_OF[field]]?.value
  }

  give(field: Field, value: FieldValue | undefined, key: string): void {
    if (!this.has(field)) this.set(field, value, key)
  }

  set(field: Field, value: FieldValue | undefined, key: string): void {
    if (value === undefined || value === '') return
    const position =
      this.known.find(({ entry }) => entry.key === key && FIELDS[field] === 'content')?.position ?? MEMBER
    const holder = this.winners[NUMBER_OF[field]]
    // A value read again out of the same key is still told by that key's dialect.
    const dialect = holder?.key === key ? holder.dialect : (this.dialects[0] ?? 0)
    this.winners[NUMBER_OF[field]] = { value, rank: GIVEN_RANK, dialect, key, position }
  }

  drop(field: Field): void {
    this.winners[NUMBER_OF[field]] = undefined
  }

  get kind(): KindWord | undefined {
    return this.told?.word
  }

  /** How the kind was told: strongly (before the operation), weakly, or not at all. */
  get kindTelling(): { word: KindWord; key: string; dialect: number; isStrong: boolean } | undefined {
    return this.told && { ...this.told, isStrong: this.told.strength < 1000 }
  }

  repeats(): void {
    this.isRepeat = true
  }

  score(score: ScoreFacts): void {
    this.events.scores.push(score)
  }

  setKind(word: KindWord): void {
    this.told = { word, key: this.spanName, dialect: this.dialects[0] ?? 0, strength: -1 }
  }

  metadata(key: string, value: string | undefined): void {
    if (value === undefined) this.metadataEntries.delete(key)
    else if (this.metadataEntries.size < MAX_METADATA || this.metadataEntries.has(key))
      this.metadataEntries.set(key, value)
  }

  rawUsage(usage: unknown, key: string): void {
    this.raw = fuller(this.raw, readRawUsage(usage), key)
  }

  entries(): Iterable<Known> {
    return this.known
  }
}

/** Position of a value that is a part of an attribute. */
const MEMBER = -2

/** Which of two objects of usage tells more, whatever order they came in. */
function fuller<Told extends object>(
  now: { usage: Told; key: string } | undefined,
  usage: Told | undefined,
  key: string,
): { usage: Told; key: string } | undefined {
  if (usage === undefined) return now
  const more = now === undefined ? 1 : Object.keys(usage).length - Object.keys(now.usage).length
  return more > 0 || (more === 0 && now !== undefined && key < now.key) ? { usage, key } : now
}
