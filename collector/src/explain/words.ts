// Rules, roles and reasons as rows name them -> what they mean, in words.
import type { UsageRole, UsageRule } from '@hanzo/insights-semconv'

type PlainRule = Exclude<UsageRule, `${string}+reasoning`> | 'estimated'

const RULES: Readonly<Record<PlainRule, string>> = {
  '': 'nothing to decide: the input or its cached part is unknown, or nothing was cached',
  raw_usage: "the provider's own usage object, whose form says what includes what",
  total_says_exclusive:
    'the reported total adds up only with the cached tokens added, so the input did not include them: added',
  cache_exceeds_input: 'more tokens were cached than the input had, so the input did not include them: added',
  declared_exclusive: 'this emitter is known to leave cached tokens out of its input: added',
  declared_inclusive: 'this emitter, or its convention, counts cached tokens in its input: kept as reported',
  ambiguous: 'nothing tells whether the input includes the cached tokens: kept as reported',
  estimated: 'nobody told it: estimated from the content by a tokenizer',
}

export function ruleText(rule: string): string {
  const [plain = '', reasoning] = rule.split('+')
  const text = isRule(plain) ? RULES[plain] : `unknown rule ${plain}`
  return reasoning === undefined ? text : `${text}; reasoning tokens were not part of the output: added`
}

const isRule = (rule: string): rule is PlainRule => Object.hasOwn(RULES, rule)

const ROLES: Readonly<Record<UsageRole, string>> = {
  '': 'reports no usage',
  call: 'a model call of its own',
  repeat: 'a wrapper that repeats the usage of a span below it',
  summary: 'a step that reports usage and calls no model itself',
  log: 'a call that a log record tells of',
}

const COUNTS: Readonly<Record<UsageRole, string>> = {
  '': '',
  call: 'counts at once',
  repeat: 'never counts',
  summary: 'counts when nothing below it does, which is settled once its trace is idle',
  log: 'counts until a span of the same call is there, which is settled once its trace is idle',
}

const SETTLED: Readonly<Record<string, string>> = {
  alone: 'settled: it counts, for nothing below it does',
  descendant: 'settled: it does not count, for a span below it does',
  same_call: 'settled: it does not count, for another row tells of the same call',
  restored: 'settled: as it arrived',
}

/** @param reason of the last settlement; '' when there was none */
export function roleText(role: string, reason: string): string {
  if (!isRole(role)) return `unknown role ${role}`
  return [ROLES[role], SETTLED[reason] ?? COUNTS[role]].filter(Boolean).join(': ')
}

const isRole = (role: string): role is UsageRole => Object.hasOwn(ROLES, role)

const COST_SOURCES: Readonly<Record<string, string>> = {
  computed: 'the sum below',
  estimated: 'the sum below, over tokens that were estimated',
  reported: 'as the sender reported it, who knows discounts and contracts',
  response_cache: 'nothing: the answer came out of a cache, and no model was called',
}

export const sourceText = (source: string): string => COST_SOURCES[source] ?? 'unknown'

const TIME_FLAGS: Readonly<Record<string, string>> = {
  no_start: 'it has no start time: the time of receipt is used',
  no_end: 'it has no end time: its duration is 0',
  end_before_start: 'it ends before it starts: its duration is 0',
  end_out_of_range: 'it ends ten years after its start: its duration is 0',
  future: 'it starts more than a day ahead: the time of receipt is used',
  out_of_range: 'its start is out of range: the time of receipt is used',
}

export const timeText = (flag: string): string | undefined => TIME_FLAGS[flag]
