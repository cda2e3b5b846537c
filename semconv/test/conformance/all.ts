// Every payload of every dialect.
import type { Payload } from './payload.ts'
import { agentops } from './payloads/agentops.ts'
import { braintrust } from './payloads/braintrust.ts'
import { claudeCode } from './payloads/claude-code.ts'
import { codex } from './payloads/codex.ts'
import { copilot } from './payloads/copilot.ts'
import { everyKey } from './payloads/every-key.ts'
import { gateways } from './payloads/gateways.ts'
import { geminiCli } from './payloads/gemini-cli.ts'
import { genkit } from './payloads/genkit.ts'
import { googleAdk } from './payloads/google-adk.ts'
import { googleGenAi } from './payloads/google-gen-ai.ts'
import { hanzo } from './payloads/hanzo.ts'
import { haystack } from './payloads/haystack.ts'
import { laminar } from './payloads/laminar.ts'
import { langfuse } from './payloads/langfuse.ts'
import { langsmith } from './payloads/langsmith.ts'
import { litellm } from './payloads/litellm.ts'
import { llamaIndex } from './payloads/llama-index.ts'
import { logfire } from './payloads/logfire.ts'
import { logfireMore } from './payloads/logfire-more.ts'
import { loongsuite } from './payloads/loongsuite.ts'
import { mastra } from './payloads/mastra.ts'
import { mcp } from './payloads/mcp.ts'
import { microsoft } from './payloads/microsoft.ts'
import { mlflow } from './payloads/mlflow.ts'
import { openInference } from './payloads/openinference.ts'
import { openInferenceMore } from './payloads/openinference-more.ts'
import { openlit } from './payloads/openlit.ts'
import { opik } from './payloads/opik.ts'
import { otelDeprecated } from './payloads/otel-deprecated.ts'
import { otelGenAi } from './payloads/otel-gen-ai.ts'
import { otelGenAiMore } from './payloads/otel-gen-ai-more.ts'
import { posthog } from './payloads/posthog.ts'
import { pydanticAi } from './payloads/pydantic-ai.ts'
import { robust } from './payloads/robust.ts'
import { sentry } from './payloads/sentry.ts'
import { springAi } from './payloads/spring-ai.ts'
import { strands } from './payloads/strands.ts'
import { traceloop } from './payloads/traceloop.ts'
import { traceloopMore } from './payloads/traceloop-more.ts'
import { vercelAi } from './payloads/vercel-ai.ts'
import { vercelAiMore } from './payloads/vercel-ai-more.ts'
import { vercelAiMore2 } from './payloads/vercel-ai-more2.ts'
import { voice } from './payloads/voice.ts'
import { voltagent } from './payloads/voltagent.ts'
import { weave } from './payloads/weave.ts'

export const PAYLOADS: readonly Payload[] = [
  otelGenAi,
  otelGenAiMore,
  robust,
  otelDeprecated,
  openInference,
  openInferenceMore,
  traceloop,
  traceloopMore,
  vercelAi,
  vercelAiMore,
  vercelAiMore2,
  langsmith,
  langfuse,
  pydanticAi,
  logfire,
  logfireMore,
  openlit,
  laminar,
  mlflow,
  googleAdk,
  genkit,
  googleGenAi,
  strands,
  mastra,
  voltagent,
  hanzo,
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
