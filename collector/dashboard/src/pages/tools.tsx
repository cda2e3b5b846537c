// The range of the URL in; tools with their figures out.
import { GroupsPage, type GroupsSpec } from '../groups/groups-page.tsx'

const SPEC: GroupsSpec = {
  title: 'Tools',
  path: 'tools',
  names: [['tool_name', 'tool']],
  figures: ['spans', 'errors', 'error_rate', 'p50_ms', 'p95_ms'],
}

export const Tools = () => <GroupsPage spec={SPEC} />
