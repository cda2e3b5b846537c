// The public names of the package: tables and pure functions, no runtime dependency.

export { CANONICAL_PARTS } from './content.ts'
export {
  type BlobRule,
  type Dialect,
  defineDialect,
  type EventRule,
  type KeyRule,
  type KindRule,
  type KindWord,
  type LogCallRule,
  type LogRule,
  type UsageMode,
} from './dialect.ts'
export { DIALECTS } from './dialects/all.ts'
export { ERROR_CLASSES, type ErrorClass, errorClass, errorFingerprint, type FailureFacts } from './error-class.ts'
export { Findings } from './findings.ts'
export { GEN_AI, RESOURCE_KEYS, type ResourceField } from './gen-ai.ts'
export { conclude, interpret } from './interpret.ts'
export { type KindEvidence, kindOf, OPERATION_KINDS } from './kinds.ts'
export {
  LOG_PROMPT_KEYS,
  LOG_SESSION_KEYS,
  LOG_USES,
  type LogFacts,
  type LogUse,
  logDurationNs,
  readLogCall,
  tellsOfCall,
} from './log-calls.ts'
export { assembleOutput, type ReplyParts } from './messages/assemble.ts'
export { type CanonicalContent, canonicalSystem, canonicalText } from './messages/canonical.ts'
export { type Conversation, toConversation } from './messages/conversation.ts'
export { messageOfEvent } from './messages/event-message.ts'
export { INDEXED_PREFIXES, type IndexedContent, type IndexedTarget, indexedContent } from './messages/indexed.ts'
export type { Side } from './messages/list.ts'
export { looksCanonical } from './messages/looks-canonical.ts'
export { type ToolCall, textOfMessages, toolCallsOf } from './messages/read.ts'
export { own } from './messages.ts'
export {
  COUNTING_KINDS,
  type Cost,
  FIELDS,
  type Field,
  type FieldType,
  type GenericPart,
  KINDS,
  type Kind,
  type KnownPart,
  type Message,
  type MessagePart,
  type Score,
  type Usage,
  type UsageRole,
  type UsageRule,
} from './model.ts'
export { isModelName, MAX_MODEL_CHARS, modelSpellings, providerOfModelName, splitVendor } from './models.ts'
export { isKnownProvider, isSelfHosted, normaliseProvider } from './providers.ts'
export { readRawUsage } from './raw-usage.ts'
export type { CanonicalFields, FieldValue } from './read-value.ts'
export {
  BASE_PREFIXES,
  dialectOfScope,
  ENTRIES,
  type Entry,
  EVENT_RULES,
  entryOfKey,
  FALLBACK_RANK,
  PREFIXES,
} from './rules.ts'
export type { ContentField, EventFacts, Interpretation, ScoreFacts, Source, SpanFacts } from './span-facts.ts'
export { MAX_UNMAPPED } from './unmapped.ts'
export { type DeclaredMode, modeOf, type ReportedUsage, settleUsage } from './usage.ts'
export { readUsageDetails } from './usage-details.ts'
export { U, USAGE_LENGTH } from './usage-vector.ts'
export { type Attribute, isList, jsonOfValue, textOfValue, type Value } from './value.ts'
