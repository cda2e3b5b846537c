// The clients of the hosted product as an app would import them.
export { OpenAI } from '@posthog/ai/openai'
export { PostHog } from 'posthog-node'
