// The configuration in; what of it one project may know out.
import type { Config } from './config/schema.ts'
import type { ProjectSettings } from './query/settings-route.ts'

export function settingsOf(config: Config, project: string): ProjectSettings {
  const days = config.retention.get(project)
  const own = config.redact.get(project)
  const policy = own ?? config.redact.get('*')
  return {
    project,
    retention: { days: days ?? config.retentionDays, from: days === undefined ? 'all' : 'project' },
    redaction:
      policy === undefined
        ? null
        : {
            from: own === undefined ? 'all' : 'project',
            rules: [...policy.rules],
            fields: [...policy.fields],
            patterns: policy.patterns.map(({ name, mode }) => ({ name, mode })),
          },
    limits: {
      max_body_bytes: config.limits.maxBodyBytes,
      max_public_body_bytes: config.limits.maxPublicBodyBytes,
    },
  }
}
