// Values of a provider's JSON in, typed ones or undefined out.

export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

export function textAt(value: unknown, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function listAt(value: unknown, name: string): readonly unknown[] {
  const found = isObject(value) ? value[name] : undefined
  return Array.isArray(found) ? found : []
}

export function objectAt(value: unknown, name: string): Json | undefined {
  const found = isObject(value) ? value[name] : undefined
  return isObject(found) ? found : undefined
}

/** Parameters of a request by their names in the conventions; those that it does not have are left out. */
export function parametersOf(body: Json, names: Readonly<Record<string, string>>): Record<string, unknown> {
  const parameters: Record<string, unknown> = {}
  for (const name in names) {
    const value = body[name]
    if (value !== undefined && value !== null) parameters[names[name] ?? name] = value
  }
  return parameters
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}
