// The dialects in order of trust: for each field the first one that holds a value wins.
import type { Dialect } from '../dialect.ts'
import { otelGenAi } from './otel-gen-ai.ts'
import { otelGenAiDeprecated } from './otel-gen-ai-deprecated.ts'

export const DIALECTS: readonly Dialect[] = [otelGenAi, otelGenAiDeprecated]
