// The dialects in order of trust: for each field the first one that holds a value wins. What an app or its SDK says on purpose comes before
// what a convention copies; the two conventions that everyone builds on come before what a library has besides them.
import type { Dialect } from '../dialect.ts'
import { agentops, braintrust, opik, posthog, sentry, signoz, weave } from './backends.ts'
import { claudeCode, codex, copilot, geminiCli } from './coding-agents.ts'
import { googleGenAi, haystack, llamaIndex, loongsuite, mcp, voice } from './frameworks.ts'
import { cloudflare, openrouter, vercelGateway } from './gateways.ts'
import { genkit } from './genkit.ts'
import { googleAdk } from './google-adk.ts'
import { hanzo } from './hanzo.ts'
import { laminar } from './laminar.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { litellm } from './litellm.ts'
import { logfire } from './logfire.ts'
import { mastra } from './mastra.ts'
import { microsoft } from './microsoft.ts'
import { mlflow } from './mlflow.ts'
import { openInference } from './openinference.ts'
import { openlit } from './openlit.ts'
import { otelGenAi } from './otel-gen-ai.ts'
import { otelGenAiDeprecated } from './otel-gen-ai-deprecated.ts'
import { springAi } from './spring-ai.ts'
import { strands } from './strands.ts'
import { traceloop } from './traceloop.ts'
import { vercelAi } from './vercel-ai.ts'
import { voltagent } from './voltagent.ts'

export const DIALECTS: readonly Dialect[] = [
  hanzo,
  langfuse,
  otelGenAi,
  otelGenAiDeprecated,
  openInference,
  vercelAi,
  langsmith,
  logfire,
  mastra,
  claudeCode,
  codex,
  geminiCli,
  copilot,
  googleAdk,
  strands,
  genkit,
  laminar,
  traceloop,
  openlit,
  litellm,
  mlflow,
  microsoft,
  springAi,
  voltagent,
  braintrust,
  weave,
  posthog,
  sentry,
  signoz,
  opik,
  agentops,
  openrouter,
  cloudflare,
  vercelGateway,
  googleGenAi,
  haystack,
  llamaIndex,
  mcp,
  loongsuite,
  voice,
]
