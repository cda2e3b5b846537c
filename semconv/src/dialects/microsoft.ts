// Semantic Kernel, Agent Framework, AutoGen, Microsoft.Extensions.AI and the Azure AI SDKs.
import { defineDialect } from '../dialect.ts'

export const microsoft = defineDialect({
  name: 'microsoft',
  source:
    'Semantic Kernel 1.x, Agent Framework 1.x, AutoGen 0.7, Microsoft.Extensions.AI 10, azure-ai-inference/projects/agents 1.x',
  scopes: [
    'Microsoft.SemanticKernel*',
    'semantic_kernel*',
    'Experimental.Microsoft.*',
    'Microsoft.Extensions.AI*',
    'agent_framework*',
    'Microsoft.Agents*',
    'autogen*',
    'Azure.AI*',
    'azure.ai*',
  ],
  marks: ['executor.', 'edge_group.', 'gen_ai.thread.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.thread.id', field: 'session_id' },
    { key: 'gen_ai.thread.run.id', field: 'response_id', fallback: true },
    { key: 'service_tier', field: 'service_tier', scoped: true },
    { key: 'workflow.name', field: 'workflow_name', scoped: true },
    { key: 'executor.id', field: 'agent_name', fallback: true },
  ],
  kinds: {
    process_thread_run: 'agent',
    start_thread_run: 'agent',
    create_thread: 'span',
    create_message: 'span',
    list_messages: 'span',
    list_run_steps: 'span',
    submit_tool_outputs: 'chain',
  },
  spanNames: {
    'workflow.build': 'span',
    'workflow.run': 'chain',
    'executor.process': 'chain',
    'edge_group.process': 'span',
    'message.send': 'span',
  },
})
