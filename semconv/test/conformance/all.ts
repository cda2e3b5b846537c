// Every payload of every dialect.
import type { Payload } from './payload.ts'
import { agentops, haystack, llamaIndex, mastra, strands, voice, voltagent } from './payloads/agents.ts'
import { braintrust, gateways, loongsuite, mcp, opik, posthog, sentry, weave } from './payloads/backends.ts'
import { claudeCode, codex, copilot, geminiCli } from './payloads/coding-agents.ts'
import { everyKey } from './payloads/every-key.ts'
import { genkit, googleAdk, googleGenAi } from './payloads/google.ts'
import { langfuse } from './payloads/langfuse.ts'
import { langsmith } from './payloads/langsmith.ts'
import { logfire } from './payloads/logfire.ts'
import { openInference } from './payloads/openinference.ts'
import { otelDeprecated } from './payloads/otel-deprecated.ts'
import { otelGenAi } from './payloads/otel-gen-ai.ts'
import { laminar, litellm, microsoft, mlflow, openlit, springAi } from './payloads/platforms.ts'
import { pydanticAi } from './payloads/pydantic-ai.ts'
import { robust } from './payloads/robust.ts'
import { traceloop } from './payloads/traceloop.ts'
import { vercelAi } from './payloads/vercel-ai.ts'

export const PAYLOADS: readonly Payload[] = [
  otelGenAi,
  robust,
  otelDeprecated,
  openInference,
  traceloop,
  vercelAi,
  langsmith,
  langfuse,
  pydanticAi,
  logfire,
  openlit,
  laminar,
  mlflow,
  googleAdk,
  genkit,
  googleGenAi,
  strands,
  mastra,
  voltagent,
  haystack,
  llamaIndex,
  agentops,
  voice,
  claudeCode,
  codex,
  geminiCli,
  copilot,
  litellm,
  microsoft,
  springAi,
  braintrust,
  weave,
  posthog,
  sentry,
  opik,
  gateways,
  mcp,
  loongsuite,
  everyKey,
].flat()
