// The schema in; docs/config.md and the JSON schema out.
import { z } from 'zod'
import { CONFIG_KEYS, type ConfigKey } from './keys.ts'
import { configSchema } from './schema.ts'

/** JSON schema (draft 2020-12) of insights.yaml, for editors. */
export function configJsonSchema(): object {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'insights.yaml' }
}

const HEAD = `# Configuration

<!-- Made from collector/src/config/schema.ts. Do not edit: change the schema, then run vitest with -u. -->

Every setting can be given in three places. A flag wins over a variable, a variable over \`insights.yaml\`, the file over
the default. The file is \`insights.yaml\` in the working directory, or what \`--config\` or \`INSIGHTS_CONFIG\` names.

\`\`\`yaml
# yaml-language-server: $schema=./insights.schema.json
http_listen: 0.0.0.0:4318
api_keys:
  shop: \${env:SHOP_KEY}
clickhouse:
  url: https://clickhouse.example:8443
  password: \${env:CLICKHOUSE_PASSWORD:-}
retention:
  shop: 30
\`\`\`

* \`insights config print\` shows each value in force with its source; secrets print as \`***\`.
* \`insights config schema > insights.schema.json\` gives editors completion and checks.
* \`\${env:NAME}\` and \`\${env:NAME:-default}\` take a variable, \`$$\` is a dollar. Nothing else is expanded.
* Sizes are bytes or \`64 MiB\`. A door is \`host:port\`, a bare port (loopback) or \`off\`; port 0 picks a free one.
* Relative paths start from the file that names them, else from the working directory.
* A door that listens beyond loopback needs \`api_keys\`, or \`auth: none\` said aloud.
* A variable set to nothing counts as unset.
`

/** The text of docs/config.md. */
export function configDocs(): string {
  return `${[HEAD, table('Settings', ''), ...groups().map(([name, text]) => table(name, text))].join('\n')}`
}

function groups(): [name: string, description: string][] {
  return Object.entries(configSchema.shape).flatMap(([name, schema]): [string, string][] =>
    CONFIG_KEYS.some(({ path }) => path.startsWith(`${name}.`)) ? [[name, schema.meta()?.description ?? '']] : [],
  )
}

function table(name: string, description: string): string {
  const rows = CONFIG_KEYS.filter(({ path }) =>
    description === '' ? !path.includes('.') : path.startsWith(`${name}.`),
  )
  const title = description === '' ? `## ${name}` : `## \`${name}\`\n\n${description}`
  return `${title}\n\n| key | variable | flag | default | |\n|---|---|---|---|---|\n${rows.map(row).join('')}`
}

function row({ path, env, flag, fallback, format, description }: ConfigKey): string {
  const cells = [`\`${path}\``, `\`${env}\``, `\`${flag} <${format}>\``, fallback ? `\`${fallback}\`` : '', description]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}
