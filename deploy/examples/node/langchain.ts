// LangChain.js: the OpenInference instrumentation makes the spans.
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain'
import { HanzoInsights } from '@hanzo/insights'
import * as callbacks from '@langchain/core/callbacks/manager'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { ChatOpenAI } from '@langchain/openai'

const insights = new HanzoInsights({ serviceName: 'recipe-langchain' }).register()
new LangChainInstrumentation().manuallyInstrument(callbacks)

const chain = ChatPromptTemplate.fromTemplate('How large is {city}?').pipe(new ChatOpenAI({ model: 'gpt-4o' }))

const reply = await insights.trace({ name: 'answer', userId: 'user_123' }, () => chain.invoke({ city: 'Berlin' }))

await insights.shutdown()
console.log(reply.content)
