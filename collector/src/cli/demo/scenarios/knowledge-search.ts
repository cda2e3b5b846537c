// Retrieval-augmented answering: embed the question, retrieve, rerank, answer with citations.
import { SpanKind } from '@opentelemetry/api'
import {
  DOCUMENTS,
  type Document,
  KNOWLEDGE_QUESTIONS,
  KNOWLEDGE_SYSTEM,
  type KnowledgeQuestion,
} from '../content/knowledge.ts'
import { maybeFail } from '../failures.ts'
import { assistantSays, userSays } from '../messages.ts'
import { callModel } from '../model-call.ts'
import { EMBEDDING_MODEL, MODELS, RERANK_MODEL } from '../models.ts'
import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'
import type { Judgement, Step } from '../step.ts'
import { countTokens } from '../tokens.ts'

export const knowledgeSearch: Scenario = {
  service: 'docs-search',
  version: '1.12.0',
  scope: 'docs-search',
  weight: 22,
  run({ random, opinions, trace }) {
    const asked = random.pick(KNOWLEDGE_QUESTIONS)
    const workflow = { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'answer-question' }
    trace('invoke_workflow answer-question', { kind: SpanKind.INTERNAL, attributes: workflow }, (step) => {
      embed(step, random, asked.question)
      const found = retrieve(step, random, asked)
      const best = rerank(step, random, asked, found)
      const ok = callModel(step, random, {
        model: random.pick([MODELS.geminiFlash, MODELS.geminiFlash, MODELS.gpt4oMini]),
        system: KNOWLEDGE_SYSTEM,
        history: [
          userSays(`${best.map((it) => `[${it.id}] ${it.title}. ${it.text}`).join('\n\n')}\n\n${asked.question}`),
        ],
        reply: assistantSays(asked.answer),
        stream: true,
        temperature: 0,
        prompt: { name: 'answer-with-citations', version: '3' },
        failure: maybeFail(random, 0.03),
      })
      if (ok) step.judge(groundedness(opinions, best))
      else step.fail({ type: 'workflow_failed', exception: 'WorkflowError', message: 'the answer step failed' })
    })
  },
}

function embed(parent: Step, random: Random, question: string): void {
  const attributes = {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': EMBEDDING_MODEL.provider,
    'gen_ai.request.model': EMBEDDING_MODEL.request,
    'gen_ai.response.model': EMBEDDING_MODEL.request,
    'gen_ai.embeddings.dimension.count': EMBEDDING_MODEL.dimensions,
    'gen_ai.request.encoding_formats': ['float'],
    'gen_ai.usage.input_tokens': countTokens(question),
    'server.address': EMBEDDING_MODEL.host,
  }
  parent.run(`embeddings ${EMBEDDING_MODEL.request}`, { kind: SpanKind.CLIENT, attributes }, (step) => {
    step.wait(random.around(70))
  })
}

function retrieve(parent: Step, random: Random, asked: KnowledgeQuestion): Document[] {
  const relevant = DOCUMENTS.filter((it) => asked.sources.includes(it.id))
  const others = DOCUMENTS.filter((it) => !asked.sources.includes(it.id)).slice(0, 5 - relevant.length)
  const found = [...relevant, ...others]
  const attributes = {
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.data_source.id': 'help-center',
    'gen_ai.retrieval.query.text': asked.question,
    'gen_ai.retrieval.top_k': found.length,
  }
  parent.run('retrieval help-center', { kind: SpanKind.CLIENT, attributes }, (step) => {
    step.wait(random.around(35))
    step.set({ 'gen_ai.retrieval.documents': JSON.stringify(scored(found, random, 0.71)) })
  })
  return found
}

function rerank(parent: Step, random: Random, asked: KnowledgeQuestion, found: readonly Document[]): Document[] {
  const best = asked.sources.flatMap((id) => found.filter((it) => it.id === id))
  const attributes = {
    'gen_ai.operation.name': 'rerank',
    'gen_ai.provider.name': RERANK_MODEL.provider,
    'gen_ai.request.model': RERANK_MODEL.request,
    'server.address': RERANK_MODEL.host,
  }
  parent.run(`rerank ${RERANK_MODEL.request}`, { kind: SpanKind.CLIENT, attributes }, (step) => {
    step.wait(random.around(120))
    step.set({ 'gen_ai.retrieval.documents': JSON.stringify(scored(best, random, 0.94)) })
  })
  return best
}

/** As a judge model tells it of a share of the answers. */
function groundedness(random: Random, sources: readonly Document[]): Judgement {
  const isGrounded = random.chance(0.85)
  const score = isGrounded ? 0.8 + random.next() * 0.2 : 0.3 + random.next() * 0.35
  const explanation = isGrounded
    ? `Each claim is in ${sources.map(({ id }) => `[${id}]`).join(', ')}.`
    : 'A claim of the answer is in none of the documents.'
  return { name: 'groundedness', score: Number(score.toFixed(2)), explanation }
}

function scored(documents: readonly Document[], random: Random, top: number) {
  return documents.map((it, rank) => ({
    id: it.id,
    title: it.title,
    score: Number((top - rank * 0.06 - random.next() * 0.03).toFixed(3)),
  }))
}
