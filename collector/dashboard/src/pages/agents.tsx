// The range of the URL in; agents with their figures out.
import { GroupsPage, type GroupsSpec } from '../groups/groups-page.tsx'

const SPEC: GroupsSpec = {
  title: 'Agents',
  path: 'agents',
  names: [['agent_name', 'agent']],
  figures: ['spans', 'errors', 'error_rate', 'p50_ms', 'p95_ms', 'calls', 'input_tokens', 'output_tokens', 'cost_usd'],
}

export const Agents = () => <GroupsPage spec={SPEC} />
