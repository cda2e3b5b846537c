// The range of the URL in; versions of prompts with their figures out.
import { GroupsPage, type GroupsSpec } from '../groups/groups-page.tsx'

const SPEC: GroupsSpec = {
  title: 'Prompts',
  path: 'prompts/usage',
  names: [
    ['prompt_name', 'prompt'],
    ['prompt_version', 'prompt_version'],
  ],
  figures: [
    'spans',
    'errors',
    'error_rate',
    'p50_ms',
    'p95_ms',
    'calls',
    'input_tokens',
    'output_tokens',
    'cost_usd',
    'unpriced_calls',
  ],
}

export const Prompts = () => <GroupsPage spec={SPEC} />
