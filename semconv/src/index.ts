// The public names of the package: tables and pure functions, no runtime dependency.
export {
  type Dialect,
  defineDialect,
  type EventRule,
  type IndexedPart,
  type IndexedRule,
  type KeyRule,
} from './dialect.ts'
export { DIALECTS } from './dialects/all.ts'
export { GEN_AI, RESOURCE_KEYS, type ResourceField } from './gen-ai.ts'
export { type Content, type EventFacts, type Interpretation, interpret, type SpanFacts } from './interpret.ts'
export { type KindEvidence, kindOf, OPERATION_KINDS } from './kinds.ts'
export { assembleOutput, type ReplyParts } from './messages/assemble.ts'
export { type CanonicalContent, canonicalSystem, canonicalText } from './messages/canonical.ts'
export { type Conversation, toConversation } from './messages/conversation.ts'
export { messageOfEvent } from './messages/event-message.ts'
export { INDEXED_PREFIXES, type IndexedContent, type IndexedTarget, indexedContent } from './messages/indexed.ts'
export type { Side } from './messages/list.ts'
export { looksCanonical } from './messages/looks-canonical.ts'
export { type ToolCall, textOfMessages, toolCallsOf } from './messages/read.ts'
export { type LooseMessage, own, textOf, toMessage } from './messages.ts'
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
  type UsageRule,
} from './model.ts'
export { isModelName, MAX_MODEL_CHARS, modelSpellings, providerOfModelName, splitVendor } from './models.ts'
export { isKnownProvider, isSelfHosted, normaliseProvider } from './providers.ts'
export type { CanonicalFields, FieldValue } from './read-value.ts'
export { type ReportedUsage, settleUsage } from './usage.ts'
export { U, USAGE_LENGTH } from './usage-vector.ts'
export { type Attribute, isList, jsonOfValue, textOfValue, type Value } from './value.ts'
