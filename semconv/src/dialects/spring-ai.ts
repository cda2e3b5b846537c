// Spring AI (Micrometer observations: every value is text, 'none' is nothing), LangChain4j and Quarkus beside it.
import { defineDialect } from '../dialect.ts'

export const springAi = defineDialect({
  name: 'spring-ai',
  source: 'Spring AI 1.1, quarkus-langchain4j 1.x',
  scopes: ['org.springframework*', 'io.micrometer*', 'io.quarkus*', 'dev.langchain4j*'],
  marks: ['spring.ai.'],
  inputIncludesCache: true,
  keys: [
    { key: 'spring.ai.chat.client.conversation.id', field: 'session_id' },
    { key: 'spring.ai.chat.client.stream', field: 'stream' },
    { key: 'spring.ai.tool.definition.name', field: 'tool_name' },
    { key: 'spring.ai.tool.call.arguments', field: 'input' },
    { key: 'spring.ai.tool.call.result', field: 'output' },
    { key: 'db.vector.query.content', field: 'input', fallback: true },
    { key: 'db.vector.query.response.documents', field: 'output', fallback: true },
  ],
  kinds: { framework: 'chain' },
  kindKeys: [
    {
      key: 'spring.ai.kind',
      strength: 'strong',
      kinds: { chat_client: 'wrapper', advisor: 'chain', tool_call: 'tool', vector_store: 'retrieval' },
    },
  ],
})
